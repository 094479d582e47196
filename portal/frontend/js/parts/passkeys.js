// A form whose answer a device signs: <form data-passkey="get|create" data-passkey-question="address" hidden> with a field
// `credential`. It is shown only where the browser can do it; the question is fetched when the form is sent.
// With data-passkey-beside="id" it stands beside the form for logging in: the browser then offers passkeys in the field
// for the address as well, and what that form says about staying logged in counts here too.
import { findAll } from "./find.js";

const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "focusin"];
const FRESH_FOR_MS = 4 * 60_000; // the portal takes an answer within five minutes
let offering = null;

export function attachPasskeys(root) {
  const forms = findAll(root, "form[data-passkey]");
  if (!canPasskeys()) return;
  for (const hint of findAll(root, ".without-passkeys")) hint.hidden = true;
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form);
    });
    if (form.dataset.passkeyBeside) offerWhenSomebodyIsThere(form);
  }
}

function canPasskeys() {
  const known = window.PublicKeyCredential;
  return Boolean(known?.parseCreationOptionsFromJSON && known.parseRequestOptionsFromJSON && known.prototype.toJSON);
}

async function answer(form) {
  const button = form.querySelector("button[type=submit]");
  const trouble = form.querySelector("[data-passkey-trouble]");
  offering?.abort(); // a browser answers one question at a time
  button.disabled = true;
  trouble.hidden = true;
  try {
    send(form, await sign(form));
  } catch {
    trouble.hidden = false;
    button.disabled = false;
  }
}

function send(form, credential) {
  form.elements.credential.value = JSON.stringify(credential.toJSON());
  const beside = document.getElementById(form.dataset.passkeyBeside ?? "");
  if (beside?.elements.remember?.checked) {
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "remember", value: "y" });
    form.append(kept);
  }
  form.submit();
}

async function sign(form, more = {}) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value };
  const response = await fetch(form.dataset.passkeyQuestion, { method: "POST", headers, signal: more.signal });
  if (!response.ok) {
    if (response.status === 403) location.reload(); // the last proof is too old: the page asks for a new one
    throw new Error(String(response.status));
  }
  const question = await response.json();
  const known = window.PublicKeyCredential;
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(question) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(question), ...more });
}

// Only for somebody who is there: who merely loads the page has the portal keep no question.
async function offerWhenSomebodyIsThere(form) {
  if (!(await window.PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  const begin = () => {
    for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, begin);
    offer(form);
  };
  for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, begin, { passive: true });
}

// The browser lists passkeys in the field and answers when one is chosen; before the question is too old it gets another.
async function offer(form) {
  const mine = (offering = new AbortController());
  const renewal = setTimeout(() => {
    mine.abort();
    offer(form);
  }, FRESH_FOR_MS);
  try {
    send(form, await sign(form, { mediation: "conditional", signal: mine.signal }));
  } catch {
    // Nobody chose one, or the button was taken instead.
  } finally {
    if (offering !== mine || mine.signal.aborted) clearTimeout(renewal);
  }
}
