// A request one can change and send, with its answer beneath.

import { askKey, currentKey } from "./keyring.js";
import { copyButton, make, wireCopy } from "./dom.js";
import { coloured, laidOut } from "./json.js";
import { curl } from "./snippets.js";

/** More of an answer than this is not shown: nobody reads it here. */
const shownMax = 60000;
const shownHeaders = [
  "content-type", "etag", "age", "cache-control", "cache-status", "link", "retry-after", "allow", "server-timing", "x-request-id",
];

/** The form and a function that sets a parameter to an example and sends. */
export function makeTrial(path) {
  const input = make("input", { type: "text", spellcheck: "false", autocomplete: "off", "aria-label": "Path and query" });
  input.value = path;
  const output = make("output");
  const copy = make("button", { type: "button", class: "button", text: "Copy curl" });
  wireCopy(copy, () => curl(input.value));
  const send = () => run(input.value, output);
  const form = make(
    "form", { onsubmit: (event) => { event.preventDefault(); send(); } },
    input, make("button", { type: "submit", class: "button primary", text: "Run" }), copy,
  );
  const element = make("div", { class: "trial" }, form, output);
  const set = (name, value) => {
    const url = new URL(path, location.origin);
    url.searchParams.set(name, value);
    input.value = url.pathname + url.search.replaceAll("%2C", ",").replaceAll("%3A", ":");
    element.scrollIntoView({ block: "nearest" });
    send();
  };
  return { element, set };
}

async function run(path, output) {
  if (!path.startsWith("/") || path.startsWith("//")) return say(output, "The path begins with one slash.");
  try {
    const key = currentKey();
    const headers = { accept: "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) };
    const response = await fetch(path, { headers, credentials: "same-origin" });
    if (response.status === 401 && await askKey(key ? "The gateway does not know this key." : "")) return run(path, output);
    show(output, response, await response.text());
  } catch (error) {
    say(output, `No answer: ${error.message}`);
  }
}

function say(output, text) {
  output.replaceChildren(make("p", { class: "status", text }));
}

function show(output, response, text) {
  const isCut = text.length > shownMax;
  const body = /json/.test(response.headers.get("content-type") ?? "") && !isCut ? laidOut(text) : text.slice(0, shownMax);
  const short = (value) => (value.length > 72 ? `${value.slice(0, 71)}…` : value);
  const fields = shownHeaders.filter((name) => response.headers.has(name)).map((name) => `${name}: ${short(response.headers.get(name))}`);
  output.replaceChildren(
    make("p", { class: "status" }, make("strong", { class: response.ok ? "" : "bad", text: String(response.status) }), ` ${fields.join(" · ")}`),
    make(
      "div", { class: "snippet" },
      make("pre", { tabindex: 0 }, make("code", {}, coloured(body), isCut ? " …" : "")), copyButton("Copy", () => text),
    ),
  );
}
