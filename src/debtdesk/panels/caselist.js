// The list of cases: a table whose rows open with a click, or with their button by keyboard.
// Texts come ready and are set as text, never as markup.

function make(tag, css, text) {
  const node = document.createElement(tag);
  if (css) node.className = css;
  if (text !== undefined) node.textContent = text;
  return node;
}

function render({ model, el }) {
  const root = make("div", "debtdesk-cases");
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  const search = make("input", "debtdesk-cases-search");
  search.type = "search";
  const table = make("table", "debtdesk-table");
  const none = make("p", "debtdesk-note");
  const frame = make("div", "debtdesk-cases-frame");
  frame.append(table);
  root.append(search, frame, none);
  el.append(root);

  const open = (row) => model.send({ open: row.reference });

  function filter() {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const line of table.tBodies[0] ? table.tBodies[0].rows : []) {
      const text = line.textContent.toLowerCase();
      line.hidden = !words.every((word) => text.includes(word));
      if (!line.hidden) shown += 1;
    }
    none.textContent = shown ? "" : model.get("labels").none;
  }

  function draw() {
    const labels = model.get("labels");
    const rows = model.get("rows");
    const focused = root.contains(document.activeElement) && document.activeElement.dataset.reference;
    search.placeholder = labels.search;
    search.setAttribute("aria-label", labels.search);
    search.hidden = rows.length < 8;
    table.replaceChildren();
    const caption = make("caption", "", labels.caption);
    const head = make("thead");
    const names = make("tr");
    for (const column of model.get("columns")) {
      const cell = make("th", column.number ? "number" : "", column.label);
      cell.scope = "col";
      names.append(cell);
    }
    head.append(names);
    const body = make("tbody");
    for (const row of rows) {
      const line = make("tr", row.here ? "debtdesk-cases-here" : "");
      if (row.here) line.setAttribute("aria-current", "true");
      model.get("columns").forEach((column, place) => {
        const cell = make(place === 1 ? "th" : "td", column.number ? "number" : column.key === "updated" ? "day" : "");
        if (place === 1) cell.scope = "row";
        if (column.key === "open") {
          const button = make("button", "debtdesk-cases-open", row.here ? labels.here : labels.open);
          button.type = "button";
          button.dataset.reference = row.reference;
          button.setAttribute("aria-label", `${row.here ? labels.here : labels.open} ${row.reference}`);
          button.addEventListener("click", (event) => {
            event.stopPropagation();
            open(row);
          });
          cell.append(button);
        } else cell.textContent = row[column.key] ?? "";
        line.append(cell);
      });
      line.addEventListener("click", () => {
        if (!String(window.getSelection())) open(row);
      });
      body.append(line);
    }
    table.append(caption, head, body);
    filter();
    if (focused) {
      const again = [...table.querySelectorAll("button")].find((b) => b.dataset.reference === focused);
      if (again) again.focus();
    }
  }

  search.addEventListener("input", filter);
  const names = ["change:rows", "change:columns", "change:labels"];
  for (const name of names) model.on(name, draw);
  draw();
  return () => names.forEach((name) => model.off(name, draw));
}

export default { render };
