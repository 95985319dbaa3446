// Small conveniences. Every page works without them.
"use strict";

// Errors of a refused form are read out and reached first.
document.getElementById("errors")?.focus();

// A long form asks before its changes are left behind.
for (const form of document.querySelectorAll("form[data-guarded]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// A second press of the same button would post twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 3000); // an answer may be a file, and the page stays
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
