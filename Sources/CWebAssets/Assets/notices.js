// What is missing and why, and how each source is doing.

import { age, count, foreign, make, plural } from "./dom.js";

const words = { fresh: "just read", cached: "kept", stale: "old", partial: "not whole", failed: "missing", skipped: "not asked" };

/** More dots than this are no longer seen one by one. */
const dotsMax = 24;

/** A source that gave nothing, less than it has or an old list for a reason. */
export const isLacking = (source) => source.error !== null;

/** `null` where all is well. */
export function missing(answer, retry) {
  const lacking = answer.upstreams.filter(isLacking);
  if (lacking.length === 0) return null;
  const isLoading = lacking.every((source) => source.error.type.endsWith(":still-loading"));
  const gone = lacking.filter((source) => source.state === "failed").length;
  const title = isLoading ? "Lists are still being read"
    : answer.complete ? "Some lists are older than they should be"
      : gone ? `${plural(gone, "source")} of ${answer.upstreams.length} missing` : "Not everything is here";
  return make(
    "div", { class: `notice ${isLoading ? "calm" : ""}`, role: "status", "data-notice": "missing" },
    make("h2", { text: title }), make("ul", {}, lacking.map(line)),
    !isLoading && make("button", { class: "button", type: "button", onclick: retry, text: "Ask again" }),
  );
}

function line(source) {
  const { error } = source;
  const again = error.retry_after_seconds ? ` It may be asked again in ${error.retry_after_seconds} s.` : "";
  return make(
    "li", {}, make("strong", { text: source.id }), ` (${source.provider}) ${standing(source)}. `,
    make("span", { class: "why" }, `${error.title}: `, foreign(error.detail), /[.。]$/.test(error.detail) ? "" : ".", again),
  );
}

function standing(source) {
  const old = source.age_seconds === null ? "" : `, read ${age(source.age_seconds)}`;
  if (source.state === "failed") return "gives nothing";
  if (source.state === "stale") return `is shown from an old list${old}`;
  if (source.state === "skipped") return "was not asked";
  return `has given ${plural(source.matched, "matching image")} so far${old}`;
}

/** The gateway's refusal instead of a list. */
export function refusal(problem, retry) {
  const sources = (problem.upstreams ?? []).filter(isLacking);
  const again = problem.retryAfter ? ` Try again in ${problem.retryAfter} s.` : "";
  return make(
    "div", { class: "notice bad", role: "alert", "data-notice": "refusal" },
    make("h2", { text: problem.title }),
    make("p", {}, foreign(`${problem.detail ?? ""}${again}`)),
    problem.request_id && make("p", { class: "why" }, `Request ${problem.request_id}`),
    sources.length > 0 && make("ul", {}, sources.map(line)),
    make("button", { class: "button", type: "button", onclick: retry, text: "Try again" }), " ",
    problem.status === 400 && make("a", { class: "button", href: "/", text: "Start over" }),
  );
}

/** How the sources are doing in a line, and each of them behind it. */
export function sources(upstreams, isOpen) {
  const ages = upstreams.map((source) => source.age_seconds).filter((one) => one !== null);
  const oldest = ages.length ? `, oldest list read ${age(Math.max(...ages))}` : "";
  const dots = upstreams.slice(0, dotsMax).map((source) => make("span", { class: `dot ${source.state}` }));
  return make(
    "details", { open: isOpen },
    make(
      "summary", { "data-focus": "sources" }, make("span", { class: "dots", "aria-hidden": "true" }, dots),
      `${plural(upstreams.length, "source")}${oldest}`,
    ),
    make("ul", {}, upstreams.map(card)),
  );
}

function card(source) {
  const facts = [source.provider, words[source.state], source.age_seconds === null ? null : `read ${age(source.age_seconds)}`];
  return make(
    "li", { class: "source", "data-source": source.id },
    make(
      "div", { class: "title" },
      make("span", { class: `dot ${source.state}`, "aria-hidden": "true" }),
      make("span", { text: source.id, title: source.id }), make("span", { class: "quiet", text: count(source.matched) }),
    ),
    make("div", { class: "quiet", text: facts.filter(Boolean).join(" · ") }),
    source.error && make("div", { class: "quiet", text: source.error.title }),
  );
}
