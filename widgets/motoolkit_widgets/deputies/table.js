// A table whose rows can be ticked; see _table.py.
function element(tag, properties = {}, ...children) {
  const found = Object.assign(document.createElement(tag), properties);
  found.append(...children);
  return found;
}

function box(label, ticked, change) {
  const found = element("input", { type: "checkbox", checked: ticked });
  found.setAttribute("aria-label", label);
  found.addEventListener("change", () => change(found.checked));
  return found;
}

function render({ model, el }) {
  const names = new Map(); // of the rows on the page: their boxes, and the places for what is wrong
  const chosen = () => new Set(model.get("chosen"));

  function choose(values, ticked) {
    const all = chosen();
    for (const value of values) ticked ? all.add(value) : all.delete(value);
    model.set("chosen", [...all]);
    model.save_changes();
  }

  function line(row, headings) {
    const ticks = box(row.name, false, (ticked) => choose([row.value], ticked));
    const wrong = element("div", { className: "mo-tick-wrong", id: `mo-${crypto.randomUUID()}` });
    const cells = row.cells.map((text, i) => {
      const cell = element("td", { textContent: text });
      if (model.get("whole").includes(headings[i])) cell.className = "mo-tick-whole";
      return cell;
    });
    const drawn = element("tr", { title: row.hint ?? "" }, element("td", {}, ticks), ...cells);
    if (row.quiet) drawn.classList.add("mo-tick-quiet");
    drawn.addEventListener("click", (event) => {
      if (event.target !== ticks && !String(getSelection())) ticks.click();
    });
    // A sentence needs more room than a column has.
    const below = element("tr", { hidden: true }, element("td"), element("td", { colSpan: cells.length }, wrong));
    names.set(row.value, { ticks, wrong, drawn, below });
    return [drawn, below];
  }

  function draw() {
    const focused = document.activeElement?.closest("tr")?.dataset.value;
    names.clear();
    const rows = model.get("rows");
    const headings = model.get("headings");
    const every = box(model.get("every"), false, (ticked) => choose(rows.map((row) => row.value), ticked));
    every.className = "mo-tick-every";
    const head = headings.map((text) => element("th", { textContent: text, scope: "col" }));
    const body = element("tbody");
    for (const row of rows) {
      const drawn = line(row, headings);
      drawn[0].dataset.value = row.value;
      body.append(...drawn);
    }
    const table = element(
      "table",
      { className: "mo-ticks-table" },
      element("caption", { textContent: model.get("label") }),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, every), ...head)),
      body,
    );
    const nothing = element("p", { className: "mo-tick-nothing", textContent: model.get("nothing") });
    el.replaceChildren(rows.length ? table : nothing);
    tick();
    mark();
    if (focused) names.get(focused)?.ticks.focus();
  }

  function tick() {
    const all = chosen();
    let ticked = 0;
    for (const [value, { ticks, drawn }] of names) {
      ticks.checked = all.has(value);
      drawn.classList.toggle("mo-tick-chosen", ticks.checked);
      ticked += ticks.checked;
    }
    const every = el.querySelector(".mo-tick-every");
    if (every) {
      every.checked = ticked > 0 && ticked === names.size;
      every.indeterminate = ticked > 0 && ticked < names.size;
    }
  }

  function mark() {
    const marks = model.get("marks");
    for (const [value, { ticks, wrong, below }] of names) {
      const [severity, text] = marks[value] ?? ["", ""];
      wrong.textContent = text;
      wrong.dataset.severity = severity;
      below.hidden = !text;
      ticks.setAttribute("aria-invalid", String(severity === "error"));
      if (text) ticks.setAttribute("aria-describedby", wrong.id);
      else ticks.removeAttribute("aria-describedby");
    }
  }

  model.on("change:rows", draw);
  model.on("change:chosen", tick);
  model.on("change:marks", mark);
  draw();
  return () => {
    model.off("change:rows", draw);
    model.off("change:chosen", tick);
    model.off("change:marks", mark);
  };
}

export default { render };
