// The field that people type in; see _typeahead.py. ARIA 1.2's editable combobox with a listbox.
const PAUSE = 120; // milliseconds without a key before the kernel is asked
const SLOW = 400; // milliseconds after which people are told to wait
const TALLEST = 340;

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const marked = (pieces) => pieces.map(([text, hit]) => (hit ? make("mark", {}, text) : text));
const plain = (pieces) => pieces.map(([text]) => text).join("");

class Field {
  constructor(model, el) {
    this.model = model;
    // Each field is a module of its own, so neither a count nor the time would tell two of them apart.
    this.id = `mo-ta-${Math.random().toString(36).slice(2)}`;
    this.number = 0; // of the last question; answers to others are dropped
    this.timer = 0;
    this.waiting = false; // for the answer to what is typed now
    this.afterwards = null; // what to do when it is there
    this.options = [];
    this.active = -1;
    this.moved = false; // the user chose the highlighted one, not we
    this.taken = null; // the name of what was just chosen, until the kernel says it too
    this.build(el);
    this.listen();
  }

  build(el) {
    const { id } = this;
    this.label = make("label", { for: id });
    this.input = make("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
    });
    this.list = make("div", { class: "mo-ta-list", popover: "manual" });
    this.items = make("div", { id: `${id}-list`, role: "listbox" });
    this.said = make("div", { class: "mo-ta-said" });
    this.list.append(this.items, this.said);
    this.error = make("div", { id: `${id}-error`, class: "mo-ta-error" });
    this.heard = make("div", { class: "mo-ta-heard", role: "status", "aria-live": "polite" });
    this.chips = make("ul");
    // JupyterLab's shortcuts are not for those who press keys here.
    this.root = make("div", { class: "mo-typeahead", "data-lm-suppress-shortcuts": "true" });
    this.root.append(this.label, this.input, this.list, this.error, this.chips, this.heard);
    el.append(this.root);
  }

  listen() {
    const { input, model } = this;
    input.addEventListener("input", () => this.ask(PAUSE));
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("click", () => this.open || (input.select(), this.ask(0)));
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => this.leave());
    // The field keeps the focus while the mouse is in the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.items.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose([...this.items.children].indexOf(item));
    });
    this.chips.addEventListener("click", (event) => {
      const at = [...this.chips.children].indexOf(event.target.closest("li"));
      if (event.target.closest("button")) this.remove(at);
    });
    this.place = this.place.bind(this);
    const changes = {
      "msg:custom": (answer) => this.answered(answer),
      "change:chosen_label change:unmatched": () => {
        this.taken = null;
        this.showChosen();
      },
      "change:_chips": () => this.showChips(),
      "change:label change:placeholder change:error change:unmatched change:disabled change:required": () => this.show(),
    };
    for (const [events, handler] of Object.entries(changes)) model.on(events, handler);
    this.stop = () => {
      for (const [events, handler] of Object.entries(changes)) model.off(events, handler);
      clearTimeout(this.timer);
      this.close();
    };
    this.show();
    this.showChosen();
    this.showChips();
  }

  get texts() { return this.model.get("_texts"); }
  get several() { return this.model.get("multiple"); }
  get chosen() { return this.several ? "" : this.taken ?? this.model.get("chosen_label"); }
  get open() { return this.input.getAttribute("aria-expanded") === "true"; }

  // What is typed and has to be searched for; the name of what is chosen has not.
  get sought() { return this.input.value === this.chosen ? "" : this.input.value; }

  show() {
    const { model, input } = this;
    const unmatched = model.get("unmatched");
    const wrong = model.get("error") || (unmatched && filled(this.texts.unmatched, { text: unmatched }));
    this.label.textContent = model.get("label");
    this.label.hidden = !model.get("label");
    this.error.textContent = wrong;
    this.root.classList.toggle("mo-needed", model.get("required"));
    input.placeholder = model.get("placeholder");
    input.disabled = model.get("disabled");
    input.setAttribute("aria-required", String(model.get("required")));
    input.setAttribute("aria-invalid", String(Boolean(wrong)));
    if (wrong) input.setAttribute("aria-describedby", this.error.id);
    else input.removeAttribute("aria-describedby");
  }

  showChosen() {
    // What is being typed is left alone, unless the kernel chose something.
    if (document.activeElement === this.input && !this.model.get("value") && this.input.value) return;
    this.input.value = this.chosen || this.model.get("unmatched");
  }

  showChips() {
    const chips = this.model.get("_chips").map(({ label, hint }) => {
      const name = filled(this.texts.remove, { label });
      return make("li", { title: hint }, label, make("button", { type: "button", "aria-label": name }, "×"));
    });
    this.chips.replaceChildren(...chips);
  }

  ask(pause) {
    clearTimeout(this.timer);
    this.waiting = true;
    const number = ++this.number;
    this.timer = setTimeout(() => {
      this.model.send({ search: this.sought, number });
      this.timer = setTimeout(() => this.say(this.texts.searching), SLOW);
    }, pause);
  }

  say(text, shown = true) {
    this.said.textContent = text;
    this.said.hidden = !shown;
    this.heard.textContent = text;
    if (document.activeElement === this.input) this.unfold();
  }

  answered({ number, options = [], total = 0, capped = false, failed = "" }) {
    if (number !== this.number) return;
    clearTimeout(this.timer);
    this.waiting = false;
    this.options = options;
    this.items.replaceChildren(...options.map((option, at) => this.item(option, at)));
    this.highlight(options.length ? 0 : -1);
    this.moved = false;
    const all = !failed && !capped && total > 0 && options.length === total;
    this.say(failed || this.told(options.length, total, capped), !all);
    const afterwards = this.afterwards;
    this.afterwards = null;
    if (afterwards) afterwards();
  }

  told(shown, total, capped) {
    const { texts } = this;
    if (total === 0) return capped ? texts.short : texts.none;
    if (capped) return texts.capped;
    if (shown < total) return filled(texts.more, { shown, n: total });
    return total === 1 ? texts.one : filled(texts.many, { n: total });
  }

  item({ label, hint }, at) {
    const made = make("div", { id: `${this.id}-${at}`, role: "option", "aria-selected": "false" }, ...marked(label));
    if (hint.length) made.append(make("span", { class: "mo-ta-hint", title: plain(hint) }, ...marked(hint)));
    return made;
  }

  highlight(at) {
    this.active = at;
    [...this.items.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === at)));
    if (at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.id}-${at}`);
    this.items.children[at].scrollIntoView({ block: "nearest" });
  }

  unfold() {
    this.input.setAttribute("aria-expanded", "true");
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    this.place();
    this.list.scrollTop = 0;
    addEventListener("scroll", this.place, { capture: true, passive: true });
    addEventListener("resize", this.place);
  }

  // Below the field, or above it where there is more room.
  place(event) {
    if (event && event.target === this.list) return;
    const { left, top, bottom, width } = this.input.getBoundingClientRect();
    const below = innerHeight - bottom - 8;
    const above = below < 160 && top > below;
    Object.assign(this.list.style, {
      left: `${left}px`, width: `${width}px`,
      top: above ? "auto" : `${bottom + 2}px`, bottom: above ? `${innerHeight - top + 2}px` : "auto",
      maxHeight: `${Math.min(TALLEST, above ? top - 8 : below)}px`,
    });
  }

  close() {
    this.input.setAttribute("aria-expanded", "false");
    this.highlight(-1);
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    removeEventListener("scroll", this.place, { capture: true });
    removeEventListener("resize", this.place);
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.options.length - 1;
    const keys = {
      ArrowDown: () => (this.open ? this.move(this.active < last ? this.active + 1 : 0) : this.ask(0)),
      ArrowUp: () => (this.open ? this.move(this.active > 0 ? this.active - 1 : last) : this.ask(0)),
      Home: this.open && this.moved && (() => this.move(0)),
      End: this.open && this.moved && (() => this.move(last)),
      Enter: () => this.enter(),
      Escape: () => (this.open ? this.forget() : this.restore()),
      Backspace: this.several && !this.input.value && (() => this.remove(this.chips.children.length - 1)),
    };
    const key = keys[event.key];
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    key();
  }

  move(at) {
    this.moved = true;
    this.highlight(at);
  }

  enter() {
    if (this.waiting && this.input.value) {
      this.afterwards = () => this.enter();
      this.ask(0);
    } else if (this.open || this.sought) this.choose(Math.max(this.active, 0));
  }

  choose(at) {
    const option = this.options[at];
    if (!option) return this.unfold();
    const label = plain(option.label);
    this.taken = this.several ? null : label;
    this.input.value = this.several ? "" : label;
    this.heard.textContent = filled(this.texts.chosen, { label });
    this.forget();
    this.model.send({ choose: option.value });
  }

  restore() {
    this.input.value = this.chosen;
    this.forget();
    if (this.model.get("unmatched")) this.model.send({ left: "" });
  }

  remove(at) {
    const chip = this.model.get("_chips")[at];
    if (!chip) return;
    this.heard.textContent = filled(this.texts.removed, chip);
    this.model.send({ remove: chip.value });
    this.input.focus();
  }

  // Nothing is on its way any more.
  forget() {
    clearTimeout(this.timer);
    this.number++;
    this.waiting = false;
    this.afterwards = null;
    this.options = [];
    this.close();
  }

  // What was moved to is taken, and the only hit; other text stays and is told to have chosen nothing.
  leave() {
    const typed = this.input.value.trim();
    if (this.open && this.moved) return this.choose(this.active);
    // Who goes on at once is faster than the kernel, which is yet to hear what was chosen.
    if (typed === this.chosen.trim()) return this.forget();
    if (typed && this.waiting) {
      this.afterwards = () => this.leave();
      return this.ask(0);
    }
    if (typed && this.options.length === 1) return this.choose(0);
    this.forget();
    this.model.send({ left: typed });
  }
}

export default {
  render({ model, el }) {
    const field = new Field(model, el);
    return () => field.stop();
  },
};
