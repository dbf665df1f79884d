// Tells the kernel whenever the page comes to the front again: from behind another tab of the room, or another window.

function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  const mark = document.createElement("div");
  mark.style.height = "1px";
  el.append(mark);
  let hidden = false;
  const tell = () => {
    if (hidden && mark.offsetParent !== null && !document.hidden) {
      hidden = false;
      model.send({ seen: true });
    }
  };
  const watch = new ResizeObserver(() => {
    if (mark.offsetParent === null) hidden = true;
    else tell();
  });
  const turned = () => {
    if (document.hidden) hidden = true;
    else tell();
  };
  watch.observe(mark);
  document.addEventListener("visibilitychange", turned);
  return () => {
    watch.disconnect();
    document.removeEventListener("visibilitychange", turned);
  };
}

export default { render };
