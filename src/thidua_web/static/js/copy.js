// Copies the value of a field; without scripting one selects it by hand, and the buttons stay hidden.
"use strict";

document.querySelectorAll("button[data-copies]").forEach((button) => {
  const field = document.getElementById(button.dataset.copies);
  const said = button.querySelector("span");
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without HTTPS there is no clipboard to write to; the older way asks for the selection.
      if (!document.execCommand("copy")) return;
    }
    said.textContent = button.dataset.done;
  });
});
