// The client key: asked for when the gateway wants one, kept for this tab alone.

const slot = "image-gateway-key";
const dialog = document.getElementById("key-dialog");
const form = document.getElementById("key-form");
const input = document.getElementById("key-input");
const wrong = document.getElementById("key-wrong");
const forget = document.getElementById("key-forget");
const opener = document.getElementById("key");

let asking = null;

export function currentKey() {
  return sessionStorage.getItem(slot) ?? "";
}

/** Asks once, however many requests were refused meanwhile. Answers whether there is a new key. */
export function askKey(complaint = "") {
  if (complaint) say(complaint);
  asking ??= new Promise((resolve) => {
    input.value = "";
    forget.hidden = !currentKey();
    dialog.showModal();
    input.focus();
    dialog.addEventListener("close", () => {
      asking = null;
      say("");
      showOpener();
      resolve(dialog.returnValue === "changed");
    }, { once: true });
  });
  return asking;
}

function say(text) {
  wrong.textContent = text;
  wrong.hidden = !text;
}

function showOpener() {
  opener.hidden = !currentKey();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const key = input.value.trim();
  // What a header field cannot hold (RFC 9110 §5.5) is no key.
  if (!/^[\x21-\x7e]+$/.test(key)) return say("A key is made of visible ASCII characters, without blanks.");
  sessionStorage.setItem(slot, key);
  dialog.close("changed");
});
document.getElementById("key-cancel").addEventListener("click", () => dialog.close("kept"));
forget.addEventListener("click", () => {
  sessionStorage.removeItem(slot);
  dialog.close("changed");
});
dialog.addEventListener("cancel", () => { dialog.returnValue = "kept"; });
opener.addEventListener("click", async () => {
  if (await askKey()) document.dispatchEvent(new Event("key-changed"));
});
showOpener();
