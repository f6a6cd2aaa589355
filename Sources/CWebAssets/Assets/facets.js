// Counts that one can click, and the chips of what was clicked.

import { count, foreign, make, replaceKeepingFocus } from "./dom.js";
import { facetNames, filterNames } from "./address.js";

export const titles = {
  os_distribution: "Distribution", os_version: "Version", provider: "Provider", region: "Region",
  architecture: "Architecture", visibility: "Visibility", status: "Status", os_family: "Family",
  upstream: "Source", boot_mode: "Boot", name: "Name", id: "Id", tag: "Tag",
  created_after: "Created from", created_before: "Created before", updated_after: "Updated from",
  updated_before: "Updated before", min_disk_gb_max: "Fits disk (GB)", min_ram_mb_max: "Fits memory (MB)",
};

const firstShown = 8;
const openAtFirst = new Set(["os_distribution", "os_version", "provider", "region", "architecture"]);
const opened = new Map();
const unfolded = new Set();

/** Only these have a word for what is not known; elsewhere it cannot be asked for. */
const asksForUnknown = new Set(["os_family", "architecture"]);

export function showFacets(parent, view, counts, { toggle, done }) {
  const groups = facetNames
    .filter((name) => counts[name] && isWorthwhile(name, view, counts))
    .map((name) => group(name, view.filters.get(name) ?? [], counts[name], toggle));
  const head = make(
    "div", { class: "facets-head" }, "Filters",
    make("button", { class: "button primary", type: "button", onclick: done, "data-focus": "facets-done", text: "Show images" }),
  );
  replaceKeepingFocus(parent, head, groups);
}

/** Versions mean something within a distribution; sources where they say more than providers. */
function isWorthwhile(name, view, counts) {
  if (view.filters.has(name)) return true;
  if (name === "os_version") return view.filters.has("os_distribution");
  if (name === "upstream") {
    return Object.keys(counts.upstream).length > Object.keys(counts.provider ?? {}).length;
  }
  return Object.keys(counts[name]).length > 0;
}

function group(name, chosen, counts, toggle) {
  const values = Object.entries(counts);
  // A chosen value stays in sight, whether or not it matches anything now.
  for (const value of chosen) if (!(value in counts)) values.push([value, 0]);
  const isShort = values.length <= firstShown + 2 || unfolded.has(name);
  const shown = isShort ? values : values.filter(([value], index) => index < firstShown || chosen.includes(value));
  const all = !isShort && make("button", {
    class: "all", type: "button", "data-focus": `all:${name}`, text: `All ${values.length}`,
    onclick: (event) => {
      unfolded.add(name);
      event.currentTarget.closest("details").replaceWith(group(name, chosen, counts, toggle));
    },
  });
  return make(
    "details",
    {
      class: "facet", open: opened.get(name) ?? (openAtFirst.has(name) || chosen.length > 0),
      ontoggle: (event) => opened.set(name, event.currentTarget.open),
    },
    make("summary", { "data-focus": `facet:${name}` }, titles[name], chosen.length > 0 && make("span", { class: "set", text: String(chosen.length) })),
    shown.map(([value, number]) => option(name, value, number, chosen.includes(value), toggle)),
    all,
  );
}

function option(name, value, number, isChosen, toggle) {
  const isFixed = !isChosen && (value.includes(",") || value === "unknown" && !asksForUnknown.has(name));
  const text = foreign(value, { class: "name", title: value });
  const figure = make("span", { class: "number", text: count(number) });
  if (isFixed) return make("div", { class: "option fixed" }, text, figure);
  const box = make("input", {
    type: "checkbox", "data-focus": `${name}:${value}`, onchange: () => toggle(name, value),
  });
  box.checked = isChosen;
  return make("label", { class: "option" }, box, text, figure);
}

export function showChips(parent, view, { toggle, clear }) {
  const chips = filterNames.flatMap((name) => (view.filters.get(name) ?? []).map((value) => chip(name, value, toggle)));
  if (chips.length > 1) {
    chips.push(make("li", {}, make("button", { class: "clear", type: "button", "data-focus": "clear", onclick: clear, text: "Clear all" })));
  }
  parent.hidden = chips.length === 0;
  replaceKeepingFocus(parent, chips);
}

function chip(name, value, toggle) {
  return make(
    "li", { class: "chip" },
    make("span", { class: "text" }, make("span", { class: "field", text: `${titles[name]} ` }), foreign(value)),
    make("button", {
      type: "button", "aria-label": `Remove ${titles[name]} ${value}`, "data-focus": `chip:${name}:${value}`,
      onclick: () => toggle(name, value), text: "×",
    }),
  );
}
