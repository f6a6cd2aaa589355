// The little Markdown that descriptions use: paragraphs, strong, emphasis, code.

import { make } from "./dom.js";

const marks = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/;

/** Nodes for a line of text. */
export function inline(text) {
  return text.split(marks).filter(Boolean).map((part) => {
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) return make("code", { text: part.slice(1, -1) });
    if (part.length > 4 && part.startsWith("**") && part.endsWith("**")) return make("strong", { text: part.slice(2, -2) });
    if (part.length > 2 && part.startsWith("*") && part.endsWith("*")) return make("em", { text: part.slice(1, -1) });
    return part;
  });
}

/** A paragraph for each that blank lines set apart. */
export function paragraphs(text) {
  return (text ?? "").split(/\n\s*\n/).filter(Boolean).map((one) => make("p", {}, inline(one)));
}
