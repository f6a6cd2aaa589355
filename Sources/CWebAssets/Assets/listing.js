// The list: asks for the first page and the counts, shows them, follows the cursor.

import * as address from "./address.js";
import { ask, Refusal } from "./client.js";
import { count, make, plural, replaceKeepingFocus, whenReleased } from "./dom.js";
import { showFacets } from "./facets.js";
import { missing, refusal, sources } from "./notices.js";
import { makeRow, makeTable, rove } from "./table.js";
import { go, view } from "./view.js";

const pageSize = 50;
/** More rows than this make browsers slow; whoever gets here narrows the question. */
const rowsMax = 5000;
/** While lists are still being read, the page asks again after this long, so many times. */
const loadingPause = 1500;
const loadingRepeatsMax = 120;

const part = (id) => document.getElementById(id);
const [board, more, notices] = ["board", "more", "notices"].map(part);

const nothingShown = () => ({ question: null, images: new Map(), answer: null, body: null });

/** What is shown: what was asked, images by id, the last answer, the body that rows are appended to. */
let shown = nothingShown();
let asking = new AbortController();
let waiting = 0;
let repeats = 0;
let isAppending = false;
/** What rows and facets do when they are chosen. */
let actions;

export function setActions(those) {
  actions = those;
}

export const path = (parameters) => `/v1/images${address.readable(parameters)}`;

/** An image of the list; nothing where it is not among the rows. */
export const known = (id) => shown.images.get(id);

export const rows = () => [...(shown.body?.rows ?? [])];

/** Asks anew; an answer that a newer question has overtaken is dropped. */
export async function load({ fresh = false, isRepeat = false } = {}) {
  clearTimeout(waiting);
  if (!isRepeat) repeats = 0;
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  board.classList.add("waiting");
  const chosen = address.facetNames.filter((name) => view.filters.has(name));
  const counted = address.facetNames.filter((name) => !chosen.includes(name));
  const parameters = address.listParameters(view);
  parameters.set("limit", pageSize);
  if (counted.length) parameters.set("facets", counted.join(","));
  const question = path(parameters);
  try {
    const [list, ...counts] = await Promise.all([
      ask(question, { signal, fresh }), ...chosen.map((name) => countsWithout(name, signal)),
    ]);
    whenReleased(() => signal.aborted || show(question, list.value, Object.assign({}, list.value.facets, ...counts)));
  } catch (error) {
    if (!signal.aborted && error.name !== "AbortError") showFailure(question, error);
  }
}

/** What the other filters leave of a field, so that a second value can be chosen beside the first. */
async function countsWithout(name, signal) {
  const parameters = address.question(view, name);
  for (const [key, value] of Object.entries({ limit: 1, fields: "id", facets: name })) parameters.set(key, value);
  return ask(path(parameters), { signal }).then(({ value }) => value.facets, (error) => {
    if (error instanceof Refusal) return { [name]: {} };
    throw error;
  });
}

// MARK: Showing

function show(question, answer, counts) {
  board.classList.remove("waiting");
  const { table, body } = makeTable(view, { sort: (value) => go((it) => { it.sort = value; }), open: actions.open });
  shown = { question, images: new Map(), answer, body };
  append(answer.images);
  replaceKeepingFocus(board, answer.images.length ? table : nothing());
  rove(body.rows[0]);
  showFacets(part("facets"), view, counts, actions);
  replaceKeepingFocus(notices, missing(answer, () => load({ fresh: true })));
  showSources(answer.upstreams);
  showCount();
  showMore();
  repeatWhileLoading(answer);
}

/** A list that answers the same question stays: what could not be had is a newer one. */
function showFailure(question, error) {
  board.classList.remove("waiting");
  const problem = error instanceof Refusal ? error.problem : { title: "The page failed", detail: error.message };
  notices.replaceChildren(refusal(problem, () => load({ fresh: problem.status >= 502 })));
  if (shown.question !== question) showNoList(problem.upstreams ?? []);
  if (!(error instanceof Refusal)) throw error;
}

function showNoList(upstreams) {
  board.replaceChildren();
  more.replaceChildren();
  shown = nothingShown();
  showSources(upstreams);
  part("count").replaceChildren("No list");
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
    isFiltered && make("button", { class: "button", type: "button", text: "Start over", onclick: actions.reset }),
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
  const { signal } = asking;
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
