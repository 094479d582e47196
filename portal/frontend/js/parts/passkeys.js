// A form whose answer a device signs: <form data-passkey="get|create" data-passkey-question="address" hidden> with a field
// `credential`. It is shown only where the browser can do it; the question is fetched when the form is sent.
import { findAll } from "./find.js";

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
  }
}

function canPasskeys() {
  const known = window.PublicKeyCredential;
  return Boolean(known?.parseCreationOptionsFromJSON && known.parseRequestOptionsFromJSON && known.prototype.toJSON);
}

async function answer(form) {
  const button = form.querySelector("button[type=submit]");
  const trouble = form.querySelector("[data-passkey-trouble]");
  button.disabled = true;
  trouble.hidden = true;
  try {
    const credential = await sign(form);
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    trouble.hidden = false;
    button.disabled = false;
  }
}

async function sign(form) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value };
  const response = await fetch(form.dataset.passkeyQuestion, { method: "POST", headers });
  if (!response.ok) {
    if (response.status === 403) location.reload(); // the last proof is too old: the page asks for a new one
    throw new Error(String(response.status));
  }
  const question = await response.json();
  const known = window.PublicKeyCredential;
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(question) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(question) });
}
