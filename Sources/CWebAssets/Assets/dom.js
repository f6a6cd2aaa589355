// Elements and texts. Whatever comes from a cloud is set as text, never as markup.

/** An element; attributes by name, `on…` as listeners, children as nodes or texts, nothing for null. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "text") element.append(value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts new content in place and gives the focus back to what stands for the same thing. */
export function replaceKeepingFocus(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  const { scrollTop } = parent;
  parent.replaceChildren(...children.flat().filter(Boolean));
  parent.scrollTop = scrollTop;
  if (focused) parent.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

let isPressed = false;
let released = null;
addEventListener("pointerdown", () => { isPressed = true; }, true);
for (const kind of ["pointerup", "pointercancel"]) {
  addEventListener(kind, () => {
    isPressed = false;
    // The click comes first.
    setTimeout(() => { released?.(); released = null; });
  }, true);
}

/** Acts now, or once the pointer is up: what is replaced under a finger loses the click. The last one counts. */
export function whenReleased(action) {
  if (isPressed) released = action;
  else action();
}

/** The language to set a text in, so that it gets its own faces and line breaks; null for Latin ones. */
export function language(text) {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  return /\p{Script=Han}/u.test(text) ? "zh-CN" : null;
}

/** A provider's own text: in its language, and unable to turn the direction of what stands around it. */
export function foreign(text, attributes = {}) {
  return make("bdi", { lang: language(text), ...attributes, text });
}

export function unknown() {
  return make("span", { class: "unknown", text: "unknown" });
}

const numbers = new Intl.NumberFormat("en");
export const count = (number) => numbers.format(number);

export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A day; the whole date belongs into a title. */
export const day = (date) => (date ? date.slice(0, 10) : null);

/** An age in words. */
export function age(seconds) {
  if (seconds < 5) return "just now";
  for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60]]) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit} ago`;
  }
  return `${seconds} s ago`;
}

export function bytes(size) {
  if (size === null || size === undefined) return null;
  for (const [unit, factor] of [["TiB", 2 ** 40], ["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]]) {
    if (size >= factor) return `${(size / factor).toFixed(size / factor < 10 ? 1 : 0)} ${unit}`;
  }
  return `${size} B`;
}

export function announce(text) {
  document.getElementById("announce").textContent = text;
}

/** Copies, also where the page came without TLS and browsers keep the clipboard to themselves. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { class: "visually-hidden", readonly: true });
    area.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  announce("Copied");
}

/** A button that copies what `content` gives at the moment it is pressed, and says so. */
export function copyButton(label, content, attributes = {}) {
  const button = make("button", { type: "button", class: "button copy", ...attributes, text: label });
  wireCopy(button, content);
  return button;
}

export function wireCopy(button, content) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await copy(content());
    button.textContent = "Copied";
    button.classList.add("done");
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove("done");
    }, 1400);
  });
}
