// The reference: rendered from /openapi.json, which the gateway makes of its own tables.

import { ask, Refusal } from "./client.js";
import { make } from "./dom.js";
import { inline, paragraphs } from "./prose.js";
import { makeTrial } from "./trial.js";

const content = document.getElementById("content");
const contents = document.getElementById("contents");
let api;

/** What stands behind `$ref`, with the name it stands under. */
function resolve(value) {
  if (!value?.$ref) return value;
  const found = value.$ref.split("/").slice(1).reduce((part, key) => part?.[key], api);
  return { ...found, $name: value.$ref.split("/").pop() };
}

const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

// MARK: Pieces

/** A schema in a few words; names of schemas are links. */
function kind(schema) {
  if (!schema) return "";
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    return make("a", { href: `#schema-${slug(name)}`, text: name });
  }
  if (schema.oneOf) return make("span", {}, schema.oneOf.flatMap((one, index) => [index ? " or " : "", kind(one)]));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const types = [schema.type].flat().filter(Boolean);
  if (types.includes("array")) return make("span", {}, "array of ", kind(schema.items));
  const text = types.join(" or ") || "any";
  return schema.format ? `${text}, ${schema.format}` : text;
}

function bounds(schema) {
  const item = schema?.items ?? schema ?? {};
  return [
    item.enum && item.enum.filter((one) => one !== null).join(" · "),
    item.minimum !== undefined && `at least ${item.minimum}`, item.maximum < Number.MAX_SAFE_INTEGER && `at most ${item.maximum}`,
    item.maxLength && `at most ${item.maxLength} characters`, schema?.maxItems && `at most ${schema.maxItems} values`,
    item.pattern?.length < 40 && `matches ${item.pattern}`, item.default !== undefined && `default ${item.default}`,
  ].filter(Boolean).join("; ");
}

function member(name, schema, description, { note, run } = {}) {
  const words = bounds(schema);
  return make(
    "div", { class: "member" },
    make("div", { class: "term" }, make("code", { text: name }), make("span", { class: "kind" }, kind(schema), note ? `, ${note}` : "")),
    make("div", {}, make("p", {}, inline(description ?? "")), words && make("p", { class: "words", text: words }), run),
  );
}

function section(id, title, ...children) {
  return make("section", { id, "aria-label": title }, make("h2", {}, title), children);
}

// MARK: Routes

function operation(path, method, value) {
  const trial = method === "get" && !value.tags.includes("admin") && path !== "/assets/{version}/{name}" ? makeTrial(tryPath(path, value)) : null;
  return make(
    "section", { id: slug(value.operationId) },
    make("h2", { text: value.summary }),
    make("div", { class: "path" }, make("span", { class: `verb ${method}`, text: method.toUpperCase() }), make("code", { text: path })),
    paragraphs(value.description), trial?.element ?? null,
    parameters(value, trial), answers(value),
  );
}

/** A path that works: examples for what the path needs, and few rows. */
function tryPath(path, value) {
  const filled = (value.parameters ?? []).map(resolve).filter((one) => one.in === "path")
    .reduce((text, one) => text.replace(`{${one.name}}`, encodeURIComponent(one.example).replaceAll("%3A", ":")), path);
  return path === "/v1/images" ? `${filled}?limit=2` : filled;
}

function parameters(value, trial) {
  const all = (value.parameters ?? []).map(resolve);
  if (all.length === 0) return null;
  return [make("h3", { text: "Parameters" }), make("div", { class: "members" }, all.map((one) => {
    const example = Array.isArray(one.example) ? one.example.join(",") : one.example;
    const isRunnable = trial && one.in === "query" && example !== undefined;
    const run = isRunnable && make("button", {
      type: "button", class: "button run", "data-run": one.name, text: `${one.name}=${example}`, onclick: () => trial.set(one.name, String(example)),
    });
    const note = [one.in === "query" ? "" : one.in, one.required ? "required" : ""].filter(Boolean).join(", ");
    return member(one.name, one.schema, one.description, { note, run });
  }))];
}

function answers(value) {
  const all = Object.entries(value.responses).map(([status, answer]) => [status, resolve(answer)]);
  const good = all.filter(([status]) => status < 400);
  const bad = all.filter(([status]) => status >= 400);
  return [
    make("h3", { text: "Answers" }),
    make("div", { class: "members" }, good.map(([status, answer]) => make(
      "div", { class: "member" },
      make("div", { class: "term" }, make("code", { text: status }), make("span", { class: "kind" }, contentKinds(answer))),
      make(
        "div", {}, make("p", {}, inline(answer.description)),
        make("div", { class: "words" }, `Headers: ${Object.keys(answer.headers ?? {}).join(", ")}`),
      ),
    ))),
    bad.length > 0 && make("h3", { text: "Problems" }),
    make("div", { class: "pills" }, bad.map(([status]) => make("a", { href: `#problem-${status}`, text: status }))),
  ];
}

function contentKinds(answer) {
  return Object.entries(answer.content ?? {}).flatMap(([type, body], index) => [
    index ? " or " : "", type === "application/json" ? kind(body.schema) : type,
  ]);
}

// MARK: The rest

function schema(name, value) {
  const members = Object.entries(value.properties ?? {}).map(([key, one]) => member(
    key, one, resolve(one).description, { note: value.required?.includes(key) ? "" : "not always" },
  ));
  return make("section", { id: `schema-${slug(name)}` }, make("h2", { text: name }), paragraphs(value.description), make("div", { class: "members" }, members));
}

function problems() {
  return Object.entries(api.components.responses).map(([, value]) => {
    const examples = Object.values(Object.values(value.content)[0].examples).map((one) => one.value);
    return make(
      "section", { id: `problem-${examples[0].status}` }, make("h2", { text: String(examples[0].status) }),
      make("div", { class: "members" }, examples.map((one) => make(
        "div", { class: "member" },
        make("div", { class: "term" }, make("code", { text: one.type.split(":").pop() })), make("div", {}, make("p", {}, inline(one.detail))),
      ))),
    );
  });
}

function headers() {
  return section("headers", "Headers", make("div", { class: "members" }, Object.entries(api.components.headers).map(
    ([name, value]) => member(name, value.schema, value.description),
  )));
}

function security() {
  const all = Object.entries(api.components.securitySchemes).map(([name, one]) => member(
    one.type === "http" ? "Authorization: Bearer KEY" : `${one.name}: KEY`, { type: one.in ?? "header" }, one.description ?? `The scheme ${name}.`,
  ));
  return section("keys", "Keys", make("p", { text: "Needed where the configuration names clients; any of these will do." }), make("div", { class: "members" }, all));
}

function render() {
  const operations = Object.entries(api.paths).flatMap(([path, item]) => ["get", "post"]
    .filter((method) => item[method]).map((method) => ({ path, method, value: item[method] })));
  const groups = api.tags.map((tag) => ({ tag, operations: operations.filter(({ value }) => value.tags[0] === tag.name) }));
  content.replaceChildren(
    make("h1", { text: api.info.title }), make("p", { class: "lead", text: api.info.summary }),
    make("section", { id: "overview" }, paragraphs(api.info.description)), security(),
    ...groups.flatMap(({ tag, operations: all }) => [
      tag.name === "admin" ? make("section", { id: "admin" }, make("h2", { text: "Admin port" }), paragraphs(tag.description)) : "",
      ...all.map(({ path, method, value }) => operation(path, method, value)),
    ]),
    make("section", { id: "problems" }, make("h2", { text: "Problems" }), make("p", {}, inline("Every error is `application/problem+json` (RFC 9457); its `type` is `urn:image-gateway:problem:` and one of these words."))),
    ...problems(), ...Object.entries(api.components.schemas).map(([name, value]) => schema(name, value)), headers(),
  );
  const link = (id, text) => make("a", { href: `#${id}`, text });
  contents.replaceChildren(
    make("h2", { text: "Start" }), link("overview", "Overview"), link("keys", "Keys"),
    ...groups.flatMap(({ tag, operations: all }) => [
      make("h2", { text: tag.name[0].toUpperCase() + tag.name.slice(1) }), ...all.map(({ path, method, value }) => link(slug(value.operationId), `${method.toUpperCase()} ${path}`)),
    ]),
    make("h2", { text: "Reference" }), link("problems", "Problems"),
    ...Object.keys(api.components.schemas).map((name) => link(`schema-${slug(name)}`, name)), link("headers", "Headers"),
  );
  // The address may name a place that has only come to be now.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

async function start() {
  try {
    api = (await ask("/openapi.json")).value;
    render();
  } catch (error) {
    const text = error instanceof Refusal ? `${error.problem.title}: ${error.message}` : error.message;
    content.replaceChildren(
      make("p", { text: `The document cannot be read. ${text}` }),
      make("button", { class: "button", type: "button", text: "Try again", onclick: start }),
    );
  }
}

document.addEventListener("key-changed", start);
start();
