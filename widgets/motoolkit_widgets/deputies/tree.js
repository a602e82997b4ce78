// A tree of units to choose one from; see _tree.py.  The keys are those of the ARIA tree pattern.
function render({ model, el }) {
  const open = new Set();
  const items = new Map();
  let focused = "";
  const nodes = () => model.get("nodes");
  const children = (parent) => nodes().filter((node) => node.parent === parent);
  const node = (value) => nodes().find((each) => each.value === value);
  const shown = () => [...items.keys()];

  function unfold(value) {
    for (let at = node(value)?.parent; at; at = node(at)?.parent) open.add(at);
  }

  function choose(value) {
    model.set("value", model.get("value") === value ? "" : value);
    model.save_changes();
  }

  function fold(value, unfolded) {
    unfolded ? open.add(value) : open.delete(value);
    draw(value);
  }

  function focus(value) {
    if (!items.has(value)) return;
    items.get(focused)?.setAttribute("tabindex", "-1");
    focused = value;
    items.get(value).setAttribute("tabindex", "0");
    items.get(value).focus();
  }

  function item(each, level, siblings, at) {
    const below = children(each.value);
    const found = document.createElement("li");
    found.setAttribute("role", "treeitem");
    found.setAttribute("tabindex", "-1");
    found.setAttribute("aria-level", level);
    found.setAttribute("aria-setsize", siblings);
    found.setAttribute("aria-posinset", at + 1);
    found.setAttribute("aria-selected", String(model.get("value") === each.value));
    found.setAttribute("aria-label", each.note ? `${each.label} (${each.note})` : each.label);
    if (below.length) found.setAttribute("aria-expanded", String(open.has(each.value)));
    found.style.paddingLeft = `${(level - 1) * 18 + 4}px`;
    found.dataset.value = each.value;
    // Without it a letter is a command to JupyterLab, which looks at the item itself ("dd" deletes a cell).
    found.dataset.lmSuppressShortcuts = "true";
    const arrow = document.createElement("span");
    arrow.className = "mo-tree-arrow";
    arrow.setAttribute("aria-hidden", "true");
    arrow.textContent = below.length ? (open.has(each.value) ? "▾" : "▸") : "";
    arrow.addEventListener("click", (event) => {
      event.stopPropagation();
      if (below.length) fold(each.value, !open.has(each.value));
    });
    const note = document.createElement("span");
    note.className = "mo-tree-note";
    note.textContent = each.note;
    found.append(arrow, each.label, " ", note);
    found.addEventListener("click", () => {
      focused = each.value;
      choose(each.value);
    });
    return found;
  }

  function draw(wanted) {
    items.clear();
    const list = document.createElement("ul");
    list.setAttribute("role", "tree");
    list.setAttribute("aria-label", model.get("label"));
    list.className = "mo-tree";
    const add = (parent, level) => {
      const here = children(parent);
      here.forEach((each, at) => {
        const drawn = item(each, level, here.length, at);
        items.set(each.value, drawn);
        list.append(drawn);
        if (open.has(each.value)) add(each.value, level + 1);
      });
    };
    add("", 1);
    const within = el.contains(document.activeElement);
    const top = el.firstChild?.scrollTop ?? 0;
    list.addEventListener("keydown", key);
    el.replaceChildren(list);
    list.scrollTop = top;
    if (!items.has(focused)) focused = items.has(model.get("value")) ? model.get("value") : shown()[0];
    items.get(focused)?.setAttribute("tabindex", "0");
    if (wanted || within) focus(wanted ?? focused);
  }

  const KEYS = {
    ArrowDown: (values, at) => focus(values[at + 1]),
    ArrowUp: (values, at) => focus(values[at - 1]),
    Home: (values) => focus(values[0]),
    End: (values) => focus(values.at(-1)),
    ArrowRight: (values, at, below) => {
      if (below && !open.has(focused)) fold(focused, true);
      else if (below) focus(values[at + 1]);
    },
    ArrowLeft: (_values, _at, below) => {
      if (below && open.has(focused)) fold(focused, false);
      else focus(node(focused)?.parent);
    },
    Enter: () => choose(focused),
    " ": () => choose(focused),
  };

  function key(event) {
    const act = KEYS[event.key];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    // JupyterLab has keys of its own, and the page would scroll.
    event.preventDefault();
    event.stopPropagation();
    const values = shown();
    act(values, values.indexOf(focused), children(focused).length > 0);
  }

  function begin() {
    for (const each of children("")) open.add(each.value);
    unfold(model.get("value"));
    draw();
  }

  function selected() {
    unfold(model.get("value"));
    draw();
  }

  model.on("change:nodes", begin);
  model.on("change:value", selected);
  begin();
  return () => {
    model.off("change:nodes", begin);
    model.off("change:value", selected);
  };
}

export default { render };
