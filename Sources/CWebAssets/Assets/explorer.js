// The explorer: joins the list, the image beside it, keys and buttons.

import * as address from "./address.js";
import { showDetail } from "./detail.js";
import { announce, wireCopy } from "./dom.js";
import { showChips } from "./facets.js";
import { known, load, path, rows, setActions } from "./listing.js";
import { curl } from "./snippets.js";
import { go, onChange, start, view } from "./view.js";

/** Typing that pauses this long is a question. */
const typingPause = 120;

const part = (id) => document.getElementById(id);
const [search, detail, facets] = ["search", "detail", "facets"].map(part);

let reading = new AbortController();
let typing = 0;

function toggle(name, value) {
  go((it) => (it.filters.get(name)?.includes(value) ? address.remove(it, name, value) : address.add(it, name, value)));
}

function reset() {
  search.value = "";
  go((it) => { it.filters.clear(); it.q = ""; });
}

onChange(({ isOtherList, isArrival }) => {
  if (isArrival || document.activeElement !== search) search.value = view.q;
  const select = part("latest");
  select.value = view.latest;
  if (select.value !== view.latest) select.append(new Option(`Latest by ${view.latest}`, view.latest, true, true));
  showChips(part("chips"), view, { toggle, clear: () => go((it) => it.filters.clear()) });
  if (isOtherList) load();
  showImage();
});

// MARK: One image

function openImage(id) {
  go((it) => { it.image = id; });
  detail.focus({ preventScroll: true });
}

function closeImage() {
  const id = view.image;
  go((it) => { it.image = ""; });
  rows().find((row) => row.dataset.id === id)?.focus({ preventScroll: true });
}

function showImage() {
  for (const row of rows()) row.ariaSelected = String(row.dataset.id === view.image);
  const isSame = detail.dataset.id === view.image && !detail.hidden;
  detail.hidden = !view.image;
  part("frame").classList.toggle("opened", Boolean(view.image));
  detail.dataset.id = view.image;
  if (!view.image || isSame) return;
  reading.abort();
  reading = new AbortController();
  showDetail(detail, view.image, known(view.image), { close: closeImage, signal: reading.signal });
}

// MARK: Keys and buttons

search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    // One entry of the history for a search, not one for each letter.
    const isNew = view.q === "";
    go((it) => { it.q = search.value; }, { replace: !isNew });
  }, typingPause);
});
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "Enter") {
    event.preventDefault();
    rows().find((row) => row.tabIndex === 0)?.focus();
  } else if (event.key === "Escape" && search.value === "") {
    search.blur();
  }
});
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || part("key-dialog").open) return;
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    showFilters(false);
    search.focus();
    search.select();
  } else if (event.key === "Escape" && facets.classList.contains("shown")) {
    showFilters(false);
  } else if (event.key === "Escape" && view.image && !isTyping) {
    closeImage();
  }
});

function showFilters(isShown) {
  facets.classList.toggle("shown", isShown);
  part("filters").ariaExpanded = String(isShown);
  if (isShown) facets.querySelector("button")?.focus();
}

part("filters").addEventListener("click", () => showFilters(true));
part("latest").addEventListener("change", (event) => go((it) => { it.latest = event.target.value; }));
part("refresh").addEventListener("click", async () => {
  await load({ fresh: true });
  announce("Asked again");
});
wireCopy(part("copy-search"), () => curl(path(address.listParameters(view))));
document.addEventListener("key-changed", () => load());

setActions({ open: (id) => id && openImage(id), toggle, done: () => showFilters(false), reset });
start();
