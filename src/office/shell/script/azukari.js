// Small conveniences. Every page works without them.
"use strict";

// Errors of a refused form are read out and reached first.
document.getElementById("errors")?.focus();

// Files that are too large are told of beside their field before they are sent: it may take minutes until the server can
// say so.
for (const form of document.querySelectorAll("form[enctype='multipart/form-data']")) {
  const inputs = [...form.querySelectorAll("input[data-most]")];
  const look = () => {
    let total = 0;
    let refused = null;
    for (const input of inputs) {
      for (const file of input.files) total += file.size;
      const large = input.files.length > 0 && total > Number(input.dataset.most);
      const size = Math.ceil(total / 1048576).toLocaleString("ja-JP");
      tell(input, large ? `${input.dataset.tooLarge}（選んだファイルは ${size}MB です。）` : "");
      if (large) refused ??= input;
    }
    return refused;
  };
  form.addEventListener("change", look);
  form.addEventListener("submit", (event) => {
    const refused = look();
    if (!refused) return;
    event.preventDefault();
    refused.focus();
  });
}

// Shows a refusal beside a field as the server does, in the place of the server's own; takes it away when there is none.
function tell(input, words) {
  const field = input.closest(".field");
  const id = `e-${input.name}`;
  const told = document.getElementById(id);
  if (words === "" && !told?.dataset.here) return;
  told?.remove();
  field.classList.toggle("field-refused", words !== "");
  const described = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each !== "" && each !== id);
  if (words === "") {
    input.removeAttribute("aria-invalid");
  } else {
    const line = document.createElement("p");
    line.id = id;
    line.className = "field-error";
    line.dataset.here = "yes";
    line.setAttribute("role", "alert");
    line.textContent = words;
    input.before(line);
    input.setAttribute("aria-invalid", "true");
    described.push(id);
  }
  input.setAttribute("aria-describedby", described.join(" "));
}

// A long form asks before its changes are left behind.
for (const form of document.querySelectorAll("form[data-guarded]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// A second press of the same button would post twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 3000); // an answer may be a file, and the page stays
  });
}

// An answer that is a file leaves the page as it was. The house names in a cookie where the work goes on; what was typed
// is then not lost but done. The second of waiting lets the browser take the file over first.
const nextPage = () => /(?:^|; )azukari-next=(\/(?!\/)[^;]*)/.exec(document.cookie)?.[1];
const forgetNext = () => { document.cookie = "azukari-next=; Path=/; SameSite=Strict; Max-Age=0"; };
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    forgetNext();
    const look = setInterval(() => {
      const next = nextPage();
      if (!next) return;
      clearInterval(look);
      forgetNext();
      setTimeout(() => { location.assign(next); }, 1000);
    }, 250);
  });
}

// Progress: asks once a second, more slowly when the answer fails, and shows the finished page when all is done.
for (const box of document.querySelectorAll("[data-watch]")) {
  const bar = box.querySelector("progress");
  const words = box.querySelector(".progress-words");
  let wait = 1000;
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.watch, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = await answer.json();
      if (now.finished) return location.reload();
      if (now.total > 0) { bar.max = now.total; bar.value = now.done; }
      words.textContent = now.text;
      wait = 1000;
    } catch {
      wait = Math.min(wait * 2, 30000);
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
}
