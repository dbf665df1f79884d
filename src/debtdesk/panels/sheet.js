// An editable table of real inputs: input methods, Tab, selects and screen readers work as they do in any form.
// Rows are keyed by id. Only what changed is patched; a cell that is being typed in is never overwritten.

const YES = /^(yes|y|true|1|是|对|√|✓|✔|x)$/i;
let instances = 0;

function make(tag, css, attributes = {}) {
  const node = document.createElement(tag);
  if (css) node.className = css;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

// Cells of a block copied from a spreadsheet: tabs between cells, lines between rows, quotes around what holds either.
export function parseBlock(text) {
  const lines = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const line = lines[lines.length - 1];
    const last = line.length - 1;
    if (quoted) {
      if (c !== '"') line[last] += c === "\n" ? " " : c;
      else if (text[i + 1] === '"') line[last] += text[++i];
      else quoted = false;
    } else if (c === '"' && line[last] === "") quoted = true;
    else if (c === "\t") line.push("");
    else if (c === "\n") lines.push([""]);
    else if (c !== "\r") line[last] += c;
  }
  while (lines.length > 1 && lines[lines.length - 1].every((cell) => cell.trim() === "")) lines.pop();
  return lines.map((line) => line.map((cell) => cell.trim()));
}

class Sheet {
  constructor(model, el) {
    this.model = model;
    this.number = ++instances;
    this.views = new Map();
    this.undo = null;
    this.root = make("div", "debtdesk-sheet", { "data-lm-suppress-shortcuts": "true" });
    el.append(this.root);
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    this.root.addEventListener("paste", (event) => this.paste(event));
    this.listeners = {
      "change:columns": () => this.build(),
      "change:labels": () => this.build(),
      "change:rows": () => this.patch(),
      "change:problems": () => this.tell(),
      "change:notes": () => this.tell(),
      "change:computed": () => this.tell(),
    };
    for (const [name, listener] of Object.entries(this.listeners)) model.on(name, listener);
    this.build();
  }

  end() {
    for (const [name, listener] of Object.entries(this.listeners)) this.model.off(name, listener);
  }

  get columns() { return this.model.get("columns"); }
  get rows() { return this.model.get("rows"); }
  get fields() { return this.columns.filter((c) => c.kind !== "shown"); }
  get typed() { return this.fields.filter((c) => c.kind !== "hidden"); }
  label(name, values = {}) {
    return (this.model.get("labels")[name] || "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  }

  // --- drawing -------------------------------------------------------------------------------------------

  build() {
    const held = this.focused();
    this.views.clear();
    this.table = make("div", "debtdesk-sheet-table", { role: "table", "aria-label": this.label("title") });
    this.head = this.line(make("div", "debtdesk-sheet-row debtdesk-sheet-head", { role: "row" }), (column) => {
      const cell = make("div", `debtdesk-sheet-cell is-${column.kind}`, { role: "columnheader" });
      cell.textContent = column.label;
      if (column.help) cell.title = column.help;
      return cell;
    });
    this.head.append(make("div", "debtdesk-sheet-tools"));
    this.lists = make("div", "", { hidden: "" });
    for (const column of this.columns.filter((c) => c.kind === "text" && c.options.length)) {
      const list = make("datalist", "", { id: this.list(column) });
      for (const option of column.options) list.append(make("option", "", { value: option[1] }));
      this.lists.append(list);
    }
    this.add = this.button("add", () => this.addAtEnd());
    this.undoBar = make("span", "debtdesk-sheet-undo");
    this.hint = make("span", "debtdesk-sheet-hint");
    this.hint.textContent = this.label("hint");
    this.live = make("div", "debtdesk-sheet-live", { role: "status", "aria-live": "polite" });
    const foot = make("div", "debtdesk-sheet-foot");
    foot.append(this.add, this.undoBar, this.hint);
    this.table.append(this.head);
    this.root.replaceChildren(this.table, this.lists, foot, this.live);
    this.patch();
    if (held) this.focus(held.id, held.key);
  }

  line(row, cellOf) {
    row.append(make("div", "debtdesk-sheet-number"));
    const lines = make("div", "debtdesk-sheet-lines");
    const visible = this.columns.filter((c) => c.kind !== "hidden");
    for (const n of [...new Set(visible.map((c) => c.line))].sort()) {
      const columns = visible.filter((c) => c.line === n);
      const grid = make("div", "debtdesk-sheet-line", { role: "presentation" });
      grid.style.gridTemplateColumns = columns.map((c) => `minmax(0, ${c.width}fr)`).join(" ");
      grid.style.flexGrow = columns.reduce((sum, c) => sum + c.width, 0);
      grid.append(...columns.map(cellOf));
      lines.append(grid);
    }
    row.append(lines);
    return row;
  }

  list(column) { return `debtdesk-list-${this.number}-${column.key}`; }

  button(name, action) {
    const button = make("button", `debtdesk-sheet-${name}`, { type: "button", "data-lm-suppress-shortcuts": "true" });
    button.textContent = this.label(name);
    button.addEventListener("click", action);
    return button;
  }

  view(row) {
    const view = { id: row.id, cells: new Map(), settled: {} };
    view.node = make("div", "debtdesk-sheet-group", { role: "rowgroup" });
    const line = this.line(make("div", "debtdesk-sheet-row", { role: "row" }), (column) => {
      const cell = make("div", `debtdesk-sheet-cell is-${column.kind}`, { role: "cell" });
      const input = this.input(column, view);
      view.cells.set(column.key, input);
      cell.append(input);
      return cell;
    });
    view.place = line.querySelector(".debtdesk-sheet-number");
    const tools = make("div", "debtdesk-sheet-tools");
    view.remove = this.button("remove", () => this.removeRow(view.id));
    view.remove.textContent = "✕";
    view.remove.tabIndex = -1;
    tools.append(view.remove);
    line.append(tools);
    view.help = make("div", "debtdesk-sheet-help", { id: `debtdesk-help-${this.number}-${row.id}`, hidden: "" });
    view.node.append(line, view.help);
    return view;
  }

  input(column, view) {
    if (column.kind === "shown") return make("output", "");
    const input = make(column.kind === "choice" ? "select" : "input", "", { "data-lm-suppress-shortcuts": "true" });
    if (column.kind === "choice") {
      for (const option of column.options) input.append(new Option(option[1], option[0]));
    } else {
      input.type = column.kind === "flag" ? "checkbox" : "text";
      input.autocomplete = "off";
      input.spellcheck = false;
      input.placeholder = column.hint || " ";
      if (column.kind === "amount") input.inputMode = "decimal";
      if (column.kind === "text" && column.options.length) input.setAttribute("list", this.list(column));
    }
    input.addEventListener("change", () => this.commit(view, column));
    return input;
  }

  read(column, input) { return column.kind === "flag" ? (input.checked ? "yes" : "") : input.value; }

  write(column, input, text) {
    if (column.kind === "flag") input.checked = text !== "";
    else if (column.kind === "choice") {
      input.querySelector("[data-unknown]")?.remove();
      if (![...input.options].some((o) => o.value === text)) {
        const option = new Option(text || "–", text);
        option.dataset.unknown = "";
        input.prepend(option);
      }
      input.value = text;
      input.title = input.selectedOptions[0]?.textContent || "";
    } else {
      input.value = text;
      input.title = text.length > 10 ? text : "";
    }
  }

  patch() {
    const rows = this.rows;
    const held = this.focused();
    const kept = new Set(rows.map((r) => r.id));
    for (const [id, view] of this.views) {
      if (!kept.has(id)) { view.node.remove(); this.views.delete(id); }
    }
    let before = this.head;
    rows.forEach((row, index) => {
      let view = this.views.get(row.id);
      if (!view) this.views.set(row.id, (view = this.view(row)));
      if (before.nextSibling !== view.node) before.after(view.node);
      before = view.node;
      view.place.textContent = index + 1;
      view.remove.setAttribute("aria-label", `${this.label("remove")} ${index + 1}`);
      view.remove.title = this.label("remove");
      for (const column of this.typed) {
        const input = view.cells.get(column.key);
        const text = row[column.key] ?? "";
        input.setAttribute("aria-label", `${index + 1} ${column.label}`);
        if (view.settled[column.key] === text) continue;
        const typing = input === document.activeElement && this.read(column, input) !== (view.settled[column.key] ?? "");
        view.settled[column.key] = text;
        if (!typing && this.read(column, input) !== text) this.write(column, input, text);
      }
    });
    if (held && this.views.has(held.id) && !this.focused()) this.focus(held.id, held.key);
    this.tell();
  }

  tell() {
    const problems = this.model.get("problems");
    const notes = this.model.get("notes");
    const shown = this.model.get("computed");
    for (const [id, view] of this.views) {
      const wrong = problems[id] || {};
      const doubtful = notes[id] || {};
      const lines = [];
      for (const column of this.columns) {
        const input = view.cells.get(column.key);
        if (!input) continue;
        if (column.kind === "shown") { input.textContent = (shown[id] || {})[column.key] ?? ""; continue; }
        const text = wrong[column.key] || doubtful[column.key];
        input.classList.toggle("is-wrong", column.key in wrong);
        input.classList.toggle("is-doubtful", !(column.key in wrong) && column.key in doubtful);
        input.toggleAttribute("aria-invalid", column.key in wrong);
        if (column.key in wrong) input.setAttribute("aria-invalid", "true");
        if (!text) { input.removeAttribute("aria-describedby"); continue; }
        const line = make("div", column.key in wrong ? "is-wrong" : "is-doubtful");
        line.id = `${view.help.id}-${column.key}`;
        const name = make("b");
        name.textContent = column.label;
        line.append(name, ` ${text}`);
        lines.push(line);
        input.setAttribute("aria-describedby", line.id);
      }
      for (const [source, css] of [[wrong, "is-wrong"], [doubtful, "is-doubtful"]]) {
        if (!source[""]) continue;
        const line = make("div", css);
        line.textContent = source[""];
        lines.push(line);
      }
      const said = lines.map((l) => l.className + l.textContent).join("\n");
      if (said !== view.said) view.help.replaceChildren(...lines);
      view.said = said;
      view.help.hidden = lines.length === 0;
    }
  }

  // --- changing ------------------------------------------------------------------------------------------

  set(rows) {
    this.model.set("rows", rows);
    this.model.save_changes();
  }

  commit(view, column) {
    const text = this.read(column, view.cells.get(column.key));
    if ((view.settled[column.key] ?? "") === text) return;
    view.settled[column.key] = text;
    this.offerUndo(null);
    this.set(this.rows.map((row) => (row.id === view.id ? { ...row, [column.key]: text } : row)));
  }

  blank() {
    const row = { id: `new-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}` };
    for (const column of this.fields) row[column.key] = column.default || "";
    return row;
  }

  isBlank(row) { return this.typed.every((c) => ["", c.default || ""].includes((row[c.key] ?? "").trim())); }

  addAtEnd() {
    const last = this.rows[this.rows.length - 1];
    if (last && this.isBlank(last)) this.focus(last.id, this.typed[0].key);
    else this.addRow(this.rows.length);
  }

  addRow(index, key) {
    const row = this.blank();
    this.set([...this.rows.slice(0, index), row, ...this.rows.slice(index)]);
    this.focus(row.id, key || this.typed[0].key);
  }

  removeRow(id) {
    const rows = this.rows;
    const index = rows.findIndex((r) => r.id === id);
    if (index < 0) return;
    const row = rows[index];
    const key = this.focused()?.key || this.typed[0].key;
    this.set(rows.filter((r) => r.id !== id));
    this.offerUndo("removed", { n: index + 1 }, () => {
      const now = this.rows;
      this.set([...now.slice(0, index), row, ...now.slice(index)]);
      this.focus(row.id, key);
    });
    const next = rows[index + 1] || rows[index - 1];
    if (next) this.focus(next.id, key);
    else this.add.focus();
  }

  moveRow(id, step) {
    const rows = [...this.rows];
    const index = rows.findIndex((r) => r.id === id);
    const to = index + step;
    if (to < 0 || to >= rows.length) return;
    [rows[index], rows[to]] = [rows[to], rows[index]];
    this.set(rows);
  }

  offerUndo(name, values, action) {
    this.undoBar.replaceChildren();
    if (!name) return;
    const text = this.label(name, values);
    const undo = this.button("undo", () => { this.offerUndo(null); action(); });
    this.undoBar.append(text, " ", undo);
    this.live.textContent = text;
  }

  // A word of a choice or flag, in either language, becomes its value; what is not known is kept as it is.
  meant(column, text) {
    if (column.kind === "flag") return YES.test(text) ? "yes" : "";
    if (column.kind !== "choice") return text;
    const word = text.toLowerCase();
    const found = column.options.find((option) => option.some((o) => o.toLowerCase() === word));
    return found ? found[0] : text;
  }

  paste(event) {
    const at = this.focused();
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!at || !/[\t\n]/.test(text.replace(/\s+$/, ""))) return;
    event.preventDefault();
    event.stopPropagation();
    const active = document.activeElement;
    const columns = this.fields;
    let block = parseBlock(text);
    const heads = block[0].map((name) => columns.find((c) =>
      [c.key, c.label, ...c.aliases].some((a) => a.toLowerCase() === name.toLowerCase())));
    const named = heads.filter(Boolean).length >= 2 && heads.length - heads.filter(Boolean).length <= heads.length / 2;
    if (named) block = block.slice(1);
    const first = columns.findIndex((c) => c.key === at.key);
    const target = (n) => (named ? heads[n] : columns[first + n]);
    const before = this.rows;
    const rows = before.map((r) => ({ ...r }));
    const top = rows.findIndex((r) => r.id === at.id);
    block.forEach((line, n) => {
      if (!rows[top + n]) rows.push(this.blank());
      line.forEach((cell, m) => { const c = target(m); if (c) rows[top + n][c.key] = this.meant(c, cell); });
    });
    // What stood in the focused cell counts as typed: let the pasted text replace it.
    const view = this.views.get(at.id);
    const column = columns[first];
    this.write(column, active, view.settled[at.key] ?? "");
    this.set(rows);
    this.offerUndo("pasted", { rows: block.length }, () => { this.set(before); this.focus(at.id, at.key); });
  }

  // --- moving --------------------------------------------------------------------------------------------

  focused() {
    const active = document.activeElement;
    if (!active || !this.root.contains(active)) return null;
    for (const [id, view] of this.views) {
      for (const [key, input] of view.cells) if (input === active) return { id, key };
      if (view.remove === active) return { id, key: this.typed[0].key };
    }
    return null;
  }

  focus(id, key) {
    const input = this.views.get(id)?.cells.get(key);
    if (!input) return;
    input.focus();
    if (input.select) input.select();
  }

  step(at, distance, adds) {
    const rows = this.rows;
    const to = rows.findIndex((r) => r.id === at.id) + distance;
    if (rows[to]) this.focus(rows[to].id, at.key);
    else if (adds && to === rows.length) this.addAtEnd();
  }

  pressed(event) {
    if (event.isComposing || event.keyCode === 229) return;
    event.stopPropagation(); // the room's own keys (a, b, d d, Enter …) stay out of the table
    const at = this.focused();
    if (!at) return;
    const input = document.activeElement;
    const column = this.columns.find((c) => c.key === at.key);
    const view = this.views.get(at.id);
    const meta = event.ctrlKey || event.metaKey;
    const vertical = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const own = input.tagName === "SELECT" || input.hasAttribute("list");
    const commit = () => input.tagName !== "BUTTON" && this.commit(view, column);
    let handled = true;
    if (vertical && event.altKey && !own) { commit(); this.moveRow(at.id, vertical); }
    else if (vertical && (meta || !own) && !event.shiftKey && !event.altKey) { commit(); this.step(at, vertical, false); }
    else if (event.key === "Enter" && input.tagName !== "BUTTON" && !event.altKey) {
      commit();
      this.step(at, event.shiftKey ? -1 : 1, !event.shiftKey);
    } else if (event.key === "Escape" && input.tagName !== "BUTTON") {
      this.write(column, input, view.settled[at.key] ?? "");
      if (input.select) input.select();
    } else if (meta && event.key === "Delete") this.removeRow(at.id);
    else if (meta && event.key.toLowerCase() === "s") { commit(); this.model.send({ kind: "save" }); }
    else handled = false;
    if (handled) event.preventDefault();
  }
}

export default {
  render({ model, el }) {
    const sheet = new Sheet(model, el);
    return () => sheet.end();
  },
};
