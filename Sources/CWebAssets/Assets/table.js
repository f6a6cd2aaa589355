// The table: one row an image, sorted by the gateway, moved through with arrows.

import { bytes, day, foreign, make, unknown } from "./dom.js";

const columns = [
  { key: "name", title: "Name", sort: "name" },
  { key: "system", title: "System", sort: "os_distribution,-os_version" },
  { key: "architecture", title: "Arch" },
  { key: "place", title: "Where", sort: "provider,region" },
  { key: "visibility", title: "Visibility" },
  { key: "disk", title: "Min disk", sort: "min_disk_gb" },
  { key: "created", title: "Created", sort: "created_at", startsDescending: true },
];

const hues = {
  ubuntu: 18, debian: 340, centos: 275, "centos-stream": 285, rocky: 158, almalinux: 200, rhel: 2, fedora: 215,
  "windows-server": 207, windows: 207, freebsd: 355, opensuse: 95, sles: 110, arch: 198, kylin: 190, openeuler: 225,
  tencentos: 222, opencloudos: 205, euleros: 8, ol: 12,
};

/** A body to append rows to, under a head that sorts. */
export function makeTable(view, { sort, open, row }) {
  const head = make("tr", {}, columns.map((column) => heading(column, view, sort)));
  const body = make("tbody", {
    onclick: (event) => open(event.target.closest("tr")?.dataset.id),
    onkeydown: (event) => moved(event, open),
    // Whoever comes to a row by tabbing or clicking goes on from there.
    onfocusin: (event) => { rove(event.target.closest("tr")); row?.(event.target.closest("tr")); },
  });
  const table = make("table", { role: "grid", "aria-label": "Images" }, make("thead", {}, head), body);
  return { table, body };
}

function heading(column, view, sort) {
  const name = `column-${column.key}`;
  if (!column.sort) return make("th", { class: name, scope: "col" }, make("span", { class: "plain", text: column.title }));
  const current = directionOf(column, view.sort);
  const next = current === null ? (column.startsDescending ? "descending" : "ascending")
    : current === "ascending" ? "descending" : "ascending";
  return make(
    "th", { class: name, scope: "col", "aria-sort": current ?? "none" },
    make("button", {
      type: "button", "data-focus": `sort:${column.key}`, text: column.title,
      onclick: () => sort(next === "ascending" ? column.sort : reversed(column.sort)),
    }),
  );
}

function directionOf(column, sort) {
  if (sort === column.sort) return "ascending";
  return sort === reversed(column.sort) ? "descending" : null;
}

function reversed(sort) {
  return sort.split(",").map((one) => (one.startsWith("-") ? one.slice(1) : `-${one}`)).join(",");
}

export function makeRow(image, isOpen) {
  const place = `${image.provider} · ${image.region}`;
  return make(
    "tr", { "data-id": image.id, "data-focus": image.id, tabindex: -1, "aria-selected": String(isOpen) },
    make(
      "td", { class: "column-name", title: image.name },
      make("span", { class: "line" }, foreign(image.name || "(no name)", { class: "name-text" }), stateOf(image)),
      make("span", { class: "below" }, [systemText(image), knownArchitecture(image), place].filter(Boolean).join(" · ")),
    ),
    make("td", { class: "column-system", title: image.os.label }, system(image)),
    make("td", { class: "column-architecture" }, image.architecture === "unknown" ? unknown() : image.architecture),
    make("td", { class: "column-place", title: place }, `${image.provider} `, make("span", { class: "quiet", text: image.region })),
    make("td", { class: "column-visibility" }, image.visibility ?? unknown()),
    make("td", { class: "column-disk", title: bytes(image.size_bytes) && `image of ${bytes(image.size_bytes)}` }, disk(image)),
    make("td", { class: "column-created", title: image.created_at }, day(image.created_at) ?? unknown()),
  );
}

const knownArchitecture = (image) => (image.architecture === "unknown" ? null : image.architecture);

function disk(image) {
  return image.min_disk_gb === null ? make("span", { class: "unknown", text: "–" }) : `${image.min_disk_gb} GB`;
}

function stateOf(image) {
  if (!image.status || image.status === "available") return null;
  return make("span", { class: `state ${image.status}`, text: image.status });
}

export function systemText(image) {
  return [image.os.distribution ?? (image.os.family === "unknown" ? null : image.os.family), image.os.version].filter(Boolean).join(" ");
}

function system(image) {
  const text = systemText(image);
  return make("span", { class: "system" }, badge(image), text ? make("span", { class: "label", text }) : unknown());
}

export function badge(image) {
  const name = image.os.distribution;
  const element = make("span", { class: name ? "badge" : "badge none", "aria-hidden": "true", text: name ? letters(name) : "?" });
  if (name) element.style.setProperty("--hue", hues[name] ?? hue(name));
  return element;
}

function letters(name) {
  const [first, second] = name.split("-");
  return (first[0] + (second ? second[0] : first[1] ?? "")).toUpperCase();
}

function hue(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return sum;
}

// MARK: Keys

export function rove(row) {
  if (!row) return;
  for (const other of row.parentElement.querySelectorAll('tr[tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
}

function moved(event, open) {
  const row = event.target.closest("tr");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const page = 10;
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (event.key in steps) {
    event.preventDefault();
    const rows = row.parentElement.rows;
    const index = Math.min(rows.length - 1, Math.max(0, row.sectionRowIndex + steps[event.key]));
    rows[index].focus({ preventScroll: true });
    rows[index].scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    open(row.dataset.id);
  }
}
