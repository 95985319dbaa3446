// The fields of a condition are shown only while that condition is chosen. Without this script all are shown, and the
// server refuses what does not belong.
"use strict";

for (const group of document.querySelectorAll("[data-condition]")) {
  const choice = document.querySelector(`input[name="circumstance"][value="${CSS.escape(group.dataset.condition)}"]`);
  if (!choice) continue;
  const filled = () => [...group.querySelectorAll("input, select, textarea")].some((field) => field.value !== "");
  const follow = () => { group.hidden = !choice.checked && !filled(); };
  choice.addEventListener("change", follow);
  follow();
}
