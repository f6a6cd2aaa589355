// The explorer: keeps the view, asks, shows. Every change of the view goes through `go`.

import * as address from "./address.js";
import { ask, Refusal } from "./client.js";
import { showDetail } from "./detail.js";
import { announce, count, make, plural, replaceKeepingFocus, wireCopy } from "./dom.js";
import { showChips, showFacets } from "./facets.js";
import { missing, refusal, sources } from "./notices.js";
import { curl } from "./snippets.js";
import { makeRow, makeTable, rove } from "./table.js";

const pageSize = 50;
/** More rows than this make browsers slow; whoever gets here narrows the question. */
const rowsMax = 5000;
/** Typing that pauses this long is a question. */
const typingPause = 120;
/** While lists are still being read, the page asks again after this long, so many times. */
const loadingPause = 1500;
const loadingRepeatsMax = 120;

const part = (id) => document.getElementById(id);
const [search, board, more, notices, detail, frame] = ["search", "board", "more", "notices", "detail", "frame"].map(part);

let view = address.readView(location.search);
/** What is shown: rows by id, the last answer, the body that rows are appended to. */
let shown = { images: new Map(), answer: null, body: null };
let listing = new AbortController();
let reading = new AbortController();
let typing = 0;
let waiting = 0;
let repeats = 0;
let isAppending = false;

// MARK: The view

/** Takes a changed view into the address and onto the screen. */
function go(change, { replace = false } = {}) {
  const before = address.writeView({ ...view, image: "" });
  change(view);
  const text = address.writeView(view);
  const target = `${location.pathname}${text}`;
  if (replace) history.replaceState(null, "", target);
  else if (target !== location.pathname + location.search) history.pushState(null, "", target);
  show(before);
}

function show(before) {
  if (document.activeElement !== search) search.value = view.q;
  const select = part("latest");
  select.value = view.latest;
  if (select.value !== view.latest) select.append(new Option(`Latest by ${view.latest}`, view.latest, true, true));
  showChips(part("chips"), view, { toggle, clear: () => go((it) => it.filters.clear()) });
  if (before !== address.writeView({ ...view, image: "" })) load();
  showImage();
}

function toggle(name, value) {
  go((it) => (it.filters.get(name)?.includes(value) ? address.remove(it, name, value) : address.add(it, name, value)));
}

addEventListener("popstate", () => {
  const before = address.writeView({ ...view, image: "" });
  view = address.readView(location.search);
  search.value = view.q;
  show(before);
});

// MARK: The list

/** Asks for the first page and the counts; an answer that a newer question has overtaken is dropped. */
async function load({ fresh = false, isRepeat = false } = {}) {
  clearTimeout(waiting);
  if (!isRepeat) repeats = 0;
  listing.abort();
  listing = new AbortController();
  const { signal } = listing;
  board.classList.add("waiting");
  const chosen = address.facetNames.filter((name) => view.filters.has(name));
  const parameters = address.listParameters(view);
  parameters.set("limit", pageSize);
  parameters.set("facets", address.facetNames.filter((name) => !chosen.includes(name)).join(","));
  try {
    const [list, ...counts] = await Promise.all([
      ask(path(parameters), { signal, fresh }), ...chosen.map((name) => countsWithout(name, signal)),
    ]);
    if (signal.aborted) return;
    showList(list.value, Object.assign({}, list.value.facets, ...counts));
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    showFailure(error);
  }
}

const path = (parameters) => `/v1/images${address.readable(parameters)}`;

/** What the other filters leave of a field, so that a second value can be chosen beside the first. */
async function countsWithout(name, signal) {
  const parameters = address.question(view, name);
  for (const [key, value] of Object.entries({ limit: 1, fields: "id", facets: name })) parameters.set(key, value);
  return ask(path(parameters), { signal }).then(({ value }) => value.facets, (error) => {
    if (error instanceof Refusal) return { [name]: {} };
    throw error;
  });
}

function showList(answer, counts) {
  board.classList.remove("waiting");
  const { table, body } = makeTable(view, { sort: (value) => go((it) => { it.sort = value; }), open: (id) => id && openImage(id) });
  shown = { images: new Map(), answer, body };
  append(answer.images);
  replaceKeepingFocus(board, answer.images.length ? table : nothing());
  rove(body.rows[0]);
  showFacets(part("facets"), view, counts, { toggle, done: () => showFilters(false) });
  replaceKeepingFocus(notices, missing(answer, () => load({ fresh: true })));
  showSources(answer.upstreams);
  showCount();
  showMore();
  repeatWhileLoading(answer);
}

function showFailure(error) {
  board.classList.remove("waiting");
  const problem = error instanceof Refusal ? error.problem : { title: "The page failed", detail: error.message };
  board.replaceChildren();
  more.replaceChildren();
  shown = { images: new Map(), answer: null, body: null };
  notices.replaceChildren(refusal(problem, () => load({ fresh: problem.status >= 502 })));
  showSources(problem.upstreams ?? []);
  part("count").replaceChildren("No list");
  if (!(error instanceof Refusal)) throw error;
}

function showSources(upstreams) {
  const isOpen = part("sources").querySelector("details")?.open ?? false;
  replaceKeepingFocus(part("sources"), upstreams.length > 0 && sources(upstreams, isOpen));
}

function nothing() {
  const isFiltered = view.filters.size > 0 || view.q;
  return make(
    "div", { class: "empty" }, make("h2", { text: "No image matches" }),
    make("p", { text: isFiltered ? "Fewer filters or other words may find one." : "The sources have none." }),
    isFiltered && make("button", {
      class: "button", type: "button", text: "Start over",
      onclick: () => { search.value = ""; go((it) => { it.filters.clear(); it.q = ""; }); },
    }),
  );
}

function showCount() {
  const { total, complete } = shown.answer;
  const what = view.latest ? "latest image" : "image";
  part("count").replaceChildren(
    make("strong", { text: count(total) }), ` ${total === 1 ? what : `${what}s`}`, complete ? "" : ", not all",
  );
  document.title = `${view.q ? `${view.q} · ` : ""}${plural(total, what)} · image-gateway`;
}

/** A list that is still being read is asked for again, as long as nobody has gone on in it. */
function repeatWhileLoading(answer) {
  const isLoading = answer.upstreams.some((source) => source.error?.type.endsWith(":still-loading"));
  if (!isLoading || repeats >= loadingRepeatsMax) return;
  waiting = setTimeout(() => {
    repeats += 1;
    if (shown.images.size <= pageSize && !document.hidden) load({ isRepeat: true });
    else repeatWhileLoading(answer);
  }, loadingPause);
}

// MARK: Paging

function append(images) {
  for (const image of images) {
    if (shown.images.has(image.id)) continue;
    shown.images.set(image.id, image);
    shown.body.append(makeRow(image, image.id === view.image));
  }
}

const sentinel = new IntersectionObserver((entries) => {
  if (entries.some((entry) => entry.isIntersecting)) appendPage();
}, { rootMargin: "600px" });

function showMore(error) {
  sentinel.unobserve(more);
  const { next_cursor: cursor, total } = shown.answer;
  if (error) {
    more.replaceChildren(`${error.message} `, make("button", { class: "button", type: "button", text: "Try again", onclick: appendPage }));
  } else if (!cursor) {
    more.replaceChildren(shown.images.size > pageSize ? "That is all." : "");
  } else if (shown.images.size >= rowsMax) {
    more.replaceChildren(`The first ${count(shown.images.size)} of ${count(total)}: narrow the question to see others.`);
  } else {
    more.replaceChildren("Reading more …");
    sentinel.observe(more);
  }
}

async function appendPage() {
  const cursor = shown.answer?.next_cursor;
  if (!cursor || isAppending || shown.images.size >= rowsMax) return;
  const { signal } = listing;
  isAppending = true;
  const parameters = address.listParameters(view);
  parameters.set("limit", pageSize);
  parameters.set("cursor", cursor);
  let failure;
  try {
    const { value } = await ask(path(parameters), { signal });
    if (signal.aborted) return;
    append(value.images);
    shown.answer.next_cursor = value.next_cursor;
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    failure = error;
  } finally {
    isAppending = false;
  }
  showMore(failure);
}

// MARK: One image

function openImage(id) {
  go((it) => { it.image = id; });
  detail.focus({ preventScroll: true });
}

function closeImage() {
  const id = view.image;
  go((it) => { it.image = ""; });
  shown.body?.querySelector(`tr[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}

function showImage() {
  for (const row of shown.body?.rows ?? []) row.ariaSelected = String(row.dataset.id === view.image);
  const isSame = detail.dataset.id === view.image && !detail.hidden;
  detail.hidden = !view.image;
  frame.classList.toggle("opened", Boolean(view.image));
  detail.dataset.id = view.image;
  if (!view.image || isSame) return;
  reading.abort();
  reading = new AbortController();
  showDetail(detail, view.image, shown.images.get(view.image), { close: closeImage, signal: reading.signal });
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
    shown.body?.querySelector('tr[tabindex="0"]')?.focus();
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
  } else if (event.key === "Escape" && part("facets").classList.contains("shown")) {
    showFilters(false);
  } else if (event.key === "Escape" && view.image && !isTyping) {
    closeImage();
  }
});

function showFilters(isShown) {
  part("facets").classList.toggle("shown", isShown);
  part("filters").ariaExpanded = String(isShown);
  if (isShown) part("facets").querySelector("button")?.focus();
}

part("filters").addEventListener("click", () => showFilters(true));
part("latest").addEventListener("change", (event) => go((it) => { it.latest = event.target.value; }));
part("refresh").addEventListener("click", async () => {
  await load({ fresh: true });
  announce("Asked again");
});
wireCopy(part("copy-search"), () => curl(path(address.listParameters(view))));
document.addEventListener("key-changed", () => load());

search.value = view.q;
show(null);
