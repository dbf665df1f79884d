// A button that hands a file over to the person's own computer. The file comes from the kernel when it is asked for,
// goes to the browser's downloads, and never lies among the notebooks.

// A page is printed from a frame that nobody sees, which no blocker of windows minds; the next one takes its place.
function print(url) {
  document.querySelector("iframe.debtdesk-printed")?.remove();
  const frame = document.createElement("iframe");
  frame.className = "debtdesk-printed";
  frame.setAttribute("aria-hidden", "true");
  frame.style.cssText = "position:fixed;width:0;height:0;border:0;visibility:hidden";
  frame.addEventListener("load", () => {
    frame.contentWindow.focus();
    frame.contentWindow.print();
    URL.revokeObjectURL(url);
  });
  frame.src = url;
  document.body.append(frame);
}

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jupyter-button widget-button debtdesk-download";
  const label = () => {
    button.textContent = model.get("description");
    button.title = model.get("tooltip");
  };
  const given = (message, buffers) => {
    if (!message || !message.name || !buffers.length) return;
    const url = URL.createObjectURL(new Blob([buffers[0]], { type: message.type || "application/octet-stream" }));
    if (message.print) {
      print(url);
      return;
    }
    const link = document.createElement("a");
    link.href = url;
    link.download = message.name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 30000);
  };
  button.addEventListener("click", () => model.send({ wanted: true }));
  model.on("change:description", label);
  model.on("change:tooltip", label);
  model.on("msg:custom", given);
  label();
  el.append(button);
  return () => {
    model.off("change:description", label);
    model.off("change:tooltip", label);
    model.off("msg:custom", given);
  };
}

export default { render };
