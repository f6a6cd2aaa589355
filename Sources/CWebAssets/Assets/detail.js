// One image: what is known of it, in the gateway's words and in its provider's own.

import { ask, Refusal } from "./client.js";
import { bytes, copyButton, foreign, make, unknown } from "./dom.js";
import { coloured, laidOut, memberText } from "./json.js";
import { curl, imagePath, terraform } from "./snippets.js";
import { badge, systemText } from "./table.js";

/** Fills the panel; what the list already knows stands there at once. */
export async function showDetail(panel, id, known, { close, signal }) {
  panel.replaceChildren(...(known ? content(known, close) : [header(id, close), make("p", { class: "note", text: "Reading …" })]));
  panel.scrollTop = 0;
  try {
    const [image, raw] = await Promise.all([
      ask(imagePath(id), { signal }), ask(`${imagePath(id)}?fields=raw`, { signal }),
    ]);
    if (signal.aborted) return;
    panel.replaceChildren(...content(image.value, close), ...rawPart(memberText(raw.text, "raw")));
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    if (!(error instanceof Refusal)) throw error;
    const where = known ? content(known, close) : [header(id, close)];
    panel.replaceChildren(...where, make(
      "div", { class: "notice bad", role: "alert" },
      make("h2", { text: error.problem.title }), make("p", {}, foreign(error.problem.detail ?? "")),
    ));
  }
}

function header(title, close) {
  return make(
    "header", {}, make("h2", {}, foreign(title)),
    make("button", { class: "close", type: "button", "aria-label": "Close", onclick: close, text: "×" }),
  );
}

function content(image, close) {
  const path = imagePath(image.id);
  const snippet = terraform(image);
  return [
    header(image.name || image.id, close),
    make("p", { class: "sub" }, image.status && make("span", { class: `state ${image.status}`, text: image.status }), `${image.provider} · ${image.region}`),
    image.description ? foreign(image.description, { class: "about note" }) : null,
    make(
      "div", { class: "actions" },
      copyButton("Copy id", () => image.id, { "data-copy": "id" }),
      copyButton("Copy provider's id", () => image.native_id, { "data-copy": "native" }),
      copyButton("Copy curl", () => curl(`${path}?fields=raw`), { "data-copy": "curl" }),
      snippet && copyButton("Copy Terraform", () => snippet, { "data-copy": "terraform" }),
    ),
    make("h3", { text: "Image" }), facts(image),
    make("h3", { text: "Terraform" }),
    snippet
      ? make("div", { class: "snippet" }, make("pre", {}, make("code", { text: snippet })))
      : make("p", { class: "note", text: `There is no Terraform data source for ${image.provider} images: use the provider's id.` }),
    make("h3", { text: "curl" }),
    make("div", { class: "snippet" }, make("pre", {}, make("code", { text: curl(`${path}?fields=raw`) }))),
  ].filter(Boolean);
}

function facts(image) {
  const system = systemText(image);
  const tags = (values) => (values.length ? values.map((one) => foreign(one, { class: "tag" })) : make("span", { class: "unknown", text: "none" }));
  const rows = [
    ["System", system ? make("span", { class: "system" }, badge(image), system) : unknown()],
    ["Family", image.os.family],
    ["Label", image.os.label === null ? unknown() : foreign(image.os.label)],
    ["Architecture", image.architecture],
    ["Boot", image.boot_mode ?? unknown()],
    ["Visibility", image.visibility ?? unknown()],
    ["Status", image.status ?? unknown()],
    ["Size", bytes(image.size_bytes) ?? unknown()],
    ["Min disk", image.min_disk_gb === null ? unknown() : `${image.min_disk_gb} GB`],
    ["Min memory", image.min_ram_mb === null ? unknown() : `${image.min_ram_mb} MB`],
    ["Created", image.created_at ?? unknown()],
    ["Updated", image.updated_at ?? unknown()],
    ["Tags", tags(image.tags)],
    ["Sources", tags(image.sources)],
    ["Id", make("code", {}, foreign(image.id))],
    ["Provider's id", make("code", {}, foreign(image.native_id))],
  ];
  return make("dl", {}, rows.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", {}, value)]));
}

function rawPart(text) {
  const title = make("h3", { text: "The provider's own object" });
  if (text === null || text.trim() === "null") return [title, make("p", { class: "note", text: "None is kept." })];
  const laid = laidOut(text);
  return [title, make(
    "div", { class: "snippet" },
    make("pre", { class: "raw", tabindex: 0, "aria-label": "The provider's own object" }, make("code", {}, coloured(laid))),
    copyButton("Copy", () => laid, { "data-copy": "raw" }),
  )];
}
