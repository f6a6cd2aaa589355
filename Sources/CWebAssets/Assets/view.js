// The view that is shown, and the address bar that holds it. Every change goes through `go`.

import { readView, writeView } from "./address.js";

export const view = readView(location.search);

const listeners = [];

/** Called after each change, with whether the list is another one; at once for the first view. */
export function onChange(listener) {
  listeners.push(listener);
}

/** Takes a changed view into the address and onto the screen. */
export function go(change, { replace = false } = {}) {
  const before = listPart();
  change(view);
  const target = location.pathname + writeView(view);
  if (replace) history.replaceState(null, "", target);
  else if (target !== location.pathname + location.search) history.pushState(null, "", target);
  tell(before !== listPart());
}

export function start() {
  addEventListener("popstate", () => {
    const before = listPart();
    Object.assign(view, readView(location.search));
    tell(before !== listPart(), true);
  });
  tell(true, true);
}

const listPart = () => writeView({ ...view, image: "" });

function tell(isOtherList, isArrival = false) {
  for (const listener of listeners) listener({ isOtherList, isArrival });
}
