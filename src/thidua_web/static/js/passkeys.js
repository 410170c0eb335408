// Passkeys: asks the device for a key and sends its answer with the form. data-passkey says what for.
"use strict";

const said = () => JSON.parse(document.getElementById("passkey-data").textContent);

const created = (form) => {
  const options = said().creation_options;
  const alone = form.elements.passwordless.checked;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && { userVerification: "required" }),
  });
  return webauthnJSON.create(options);
};

const asked = async (form) => {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return webauthnJSON.get((await answer.json()).request_options);
};

const WAYS = { create: created, get: () => webauthnJSON.get(said().request_options), login: asked };

const send = async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await WAYS[form.dataset.passkey](form));
  } catch (error) {
    failed.hidden = false;
    return;
  }
  form.submit();
};

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", send);
  });
} else {
  document.querySelectorAll("form[data-passkey] [data-passkey-failed]").forEach((failed) => { failed.hidden = false; });
}
