// Asks the gateway, with the key where there is one.

import { askKey, currentKey } from "./keyring.js";

/** What the gateway said instead of an answer (RFC 9457), or that it said nothing. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/**
 * The answer as text and as a value. `fresh` asks past every cache; `signal` gives the question up.
 * A refusal for want of a key asks for one and tries again.
 */
export async function ask(path, { signal, fresh = false } = {}) {
  for (;;) {
    const key = currentKey();
    const response = await send(path, key, signal, fresh);
    if (response.status === 401) {
      const complaint = key ? "The gateway does not know this key." : "";
      // Somebody else's question may have brought the key meanwhile.
      if (currentKey() !== key || await askKey(complaint)) continue;
    }
    const text = await response.text();
    const value = parsed(text);
    if (response.ok && value !== undefined) return { text, value };
    throw new Refusal(value?.title ? { ...value, retryAfter: response.headers.get("retry-after") } : {
      title: "Not the answer of a gateway", status: response.status,
      detail: `status ${response.status} without a description`,
    });
  }
}

async function send(path, key, signal, fresh) {
  const headers = { accept: "application/json" };
  if (key) headers.authorization = `Bearer ${key}`;
  try {
    return await fetch(path, {
      headers, signal, cache: fresh ? "no-cache" : "default", credentials: "same-origin", redirect: "error",
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal({
      title: "The gateway does not answer", status: 0,
      detail: "No connection to it came about, or it broke off.",
    });
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
