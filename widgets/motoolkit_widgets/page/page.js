// What a form needs of its page; see _page.py.
const CONTROLS = "input, select, textarea, button";

function mark(form) {
  // A letter in a drop-down is no command to JupyterLab ("dd" deletes a cell there); it looks at the
  // control itself, not at what is around it.
  for (const control of form.querySelectorAll(CONTROLS)) control.dataset.lmSuppressShortcuts = "true";
  for (const input of form.querySelectorAll(".mo-day input[type=text]")) calendar(input);
  for (const field of form.querySelectorAll(".mo-field")) {
    const control = field.querySelector("input, select, textarea");
    if (!control || control.getAttribute("role") === "combobox") continue;
    const below = field.querySelector(".mo-wrong") ?? field.querySelector(".mo-hint");
    if (below && !below.id) below.id = `mo-${crypto.randomUUID()}`;
    control.setAttribute("aria-invalid", String(field.classList.contains("mo-error")));
    control.setAttribute("aria-required", String(field.classList.contains("mo-required")));
    if (below) control.setAttribute("aria-describedby", below.id);
    else control.removeAttribute("aria-describedby");
  }
}

// A calendar beside each field for a day; what it gives is written as if it were typed.
function calendar(input) {
  if (input.dataset.moCalendar) return;
  input.dataset.moCalendar = "true";
  const day = document.createElement("input");
  Object.assign(day, { type: "date", tabIndex: -1, className: "mo-calendar" });
  day.setAttribute("aria-hidden", "true");
  day.addEventListener("change", () => {
    if (!day.value) return;
    input.value = day.value.split("-").reverse().join("-");
    for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
  });
  day.addEventListener("click", () => {
    const typed = /^(\d\d)-(\d\d)-(\d{4})$/.exec(input.value);
    if (typed) day.value = `${typed[3]}-${typed[2]}-${typed[1]}`;
    day.showPicker();
  });
  input.after(day);
}

function focus(form, name) {
  // The control may still be on its way to the page.
  let tries = 40;
  const step = () => {
    const found = form.querySelector(`.${name}`);
    const control = found?.matches(CONTROLS) ? found : found?.querySelector(CONTROLS);
    if (control) {
      control.focus();
      control.scrollIntoView({ block: "nearest" });
    } else if (tries-- > 0) setTimeout(step, 50);
  };
  step();
}

function render({ model, el }) {
  const place = `motoolkit/${model.get("name")}`;
  const form = () => el.closest(".mo-form") ?? document.body;
  const told = (message) => {
    if (message.keep !== undefined) {
      if (message.keep) sessionStorage.setItem(place, message.keep);
      else sessionStorage.removeItem(place);
    }
    if (message.focus) focus(form(), message.focus);
  };
  model.on("msg:custom", told);
  let waiting = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => mark(form()));
  });
  const start = () => {
    if (!el.isConnected) return requestAnimationFrame(start);
    observer.observe(form(), { subtree: true, childList: true, attributeFilter: ["class"] });
    mark(form());
    model.send({ found: sessionStorage.getItem(place) });
  };
  start();
  return () => {
    observer.disconnect();
    model.off("msg:custom", told);
  };
}

export default { render };
