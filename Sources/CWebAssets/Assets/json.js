// JSON as it came: laid out anew and coloured without going through numbers, which would round them.

import { make } from "./dom.js";

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/** The text of one member of an object's text, exactly as written; null where there is none. */
export function memberText(text, name) {
  let depth = 0;
  let start = -1;
  let wanted = false;
  for (const match of text.matchAll(tokens)) {
    const token = match[0];
    if (start >= 0 && depth === 1 && (token === "," || token === "}")) return text.slice(start, match.index);
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    if (depth === 1 && token === ":" && wanted && start < 0) start = match.index + 1;
    wanted = depth === 1 && token === JSON.stringify(name);
  }
  return null;
}

/** The same JSON with a line for each member. */
export function laidOut(text) {
  let depth = 0;
  let out = "";
  let before = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const [token] of text.matchAll(tokens)) {
    const isClosing = token === "}" || token === "]";
    if (isClosing) depth -= 1;
    if (isClosing ? before !== "{" && before !== "[" : before === "{" || before === "[") out += line();
    out += token;
    if (token === "{" || token === "[") depth += 1;
    if (token === ",") out += line();
    if (token === ":") out += " ";
    before = token;
  }
  return out;
}

/** Coloured pieces of a laid-out text. */
export function coloured(text) {
  const pieces = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const token = match[0];
    pieces.append(text.slice(end, match.index));
    end = match.index + token.length;
    const kind = kindOf(token, text.slice(end, end + 1));
    pieces.append(kind ? make("span", { class: kind, text: token }) : token);
  }
  pieces.append(text.slice(end));
  return pieces;
}

function kindOf(token, next) {
  if (token.startsWith('"')) return next === ":" ? "json-key" : "json-text";
  return /^[{}[\]:,]$/.test(token) ? null : "json-other";
}
