// Shows one of the days that are drawn already; the arrow keys, Home and End work as in any slider.
(data) => {
  const script = document.currentScript;
  const waiting = ".mo-identity:not([data-ready])";
  const own = script && script.closest(waiting);
  const root = own || document.querySelector(waiting);
  if (!root) return;
  root.dataset.ready = "true";
  const stage = root.querySelector(".mo-identity-stage");
  const make = (name, style, attributes) => {
    const element = document.createElement(name);
    element.style.cssText = style;
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    return element;
  };
  const quiet = (text) => {
    const element = make("span", "opacity: 0.75; font-variant-numeric: tabular-nums");
    element.textContent = text;
    return element;
  };
  const label = make("label", "display: flex; gap: 10px; align-items: center; flex-wrap: wrap; margin: 6px 0");
  label.append(data.label);
  const slider = make("input", "flex: 1 1 220px; max-width: 460px; margin: 0; accent-color: #2f6fa8", {
    type: "range", min: 0, max: data.days.length - 1, step: 1,
    // JupyterLab would fold headings by the arrow keys; it looks for this on the very element.
    "data-lm-suppress-shortcuts": "true",
  });
  slider.value = data.at;
  const show = () => {
    const at = Number(slider.value);
    slider.setAttribute("aria-valuetext", data.days[at]);
    slider.title = data.days[at];
    if (stage.dataset.at !== String(at)) stage.innerHTML = data.frames[at];
    stage.dataset.at = String(at);
  };
  stage.dataset.at = String(data.at);
  slider.addEventListener("input", show);
  label.append(quiet(data.days[0]), slider, quiet(data.days[data.days.length - 1]));
  root.insertBefore(label, stage);
  show();
}
