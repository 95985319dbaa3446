// Asks the browser for a passkey and sends its answer with the form. Pages work without: the form stays hidden then.
"use strict";

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const WORDS = {
  NotAllowedError: "パスキーの操作が取り消されたか、時間切れになりました。もう一度お試しください。",
  InvalidStateError: "このパスキーは既に登録されています。",
  SecurityError: "このサイトの名前ではパスキーを使えません。管理者に連絡してください。",
};

async function answer(question) {
  const opened = (list) => list.map((entry) => ({ ...entry, id: toBytes(entry.id) }));
  const challenge = toBytes(question.challenge);
  if (question.user) {
    const made = await navigator.credentials.create({ publicKey: {
      ...question, challenge, user: { ...question.user, id: toBytes(question.user.id) },
      excludeCredentials: opened(question.excludeCredentials) } });
    return { credential: made.rawId, client_data: made.response.clientDataJSON,
      attestation_object: made.response.attestationObject };
  }
  const proved = await navigator.credentials.get({ publicKey: {
    ...question, challenge, allowCredentials: opened(question.allowCredentials) } });
  return { credential: proved.rawId, client_data: proved.response.clientDataJSON,
    authenticator_data: proved.response.authenticatorData, signature: proved.response.signature };
}

for (const words of document.querySelectorAll("[data-no-passkey]")) words.hidden = Boolean(window.PublicKeyCredential);

for (const box of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  box.hidden = false;
  const form = box.querySelector("form");
  const button = box.querySelector("[data-ask]");
  const words = box.querySelector("[data-words]");
  button.addEventListener("click", async () => {
    if (!form.reportValidity()) return;
    button.disabled = true;
    words.textContent = "";
    try {
      const asked = await fetch(button.dataset.ask, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!asked.ok) throw new Error(String(asked.status));
      for (const [name, bytes] of Object.entries(await answer(await asked.json())))
        form.elements[name].value = toText(bytes);
      form.requestSubmit();
    } catch (error) {
      words.textContent = WORDS[error.name] ?? "パスキーを使えませんでした。画面を開き直して、もう一度お試しください。";
    } finally {
      button.disabled = false;
    }
  });
}
