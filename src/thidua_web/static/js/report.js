// A report is saved as it is written: a moment after the last key, one request after the other, again until it
// arrives. Without this script the buttons save.
"use strict";

(() => {
  const form = document.getElementById("report-form");
  const said = document.getElementById("saved");
  if (!form || !said) return;
  const state = { sending: false, dirty: false, pause: 0, timer: 0, stopped: false };
  const say = (text, trouble) => { said.textContent = text; said.classList.toggle("trouble", Boolean(trouble)); };

  // Files go with their own button.
  const body = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    data.set("act", "save");
    return data;
  };

  const showFault = (input, text) => {
    const cell = input.closest(".cell");
    const old = cell.querySelector(".field-error");
    cell.classList.toggle("wrong", Boolean(text));
    if (!text) { old?.remove(); input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); return; }
    const line = old || cell.appendChild(Object.assign(document.createElement("p"), { className: "field-error", id: `${input.id}_error` }));
    if (line.textContent !== text) line.textContent = text;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", line.id);
  };

  const apply = (answer) => {
    form.elements.revision.value = answer.revision;
    form.querySelectorAll(".cell input[id^=r_], .cell textarea[id^=r_]").forEach((input) => showFault(input, answer.faults[input.id]));
    Object.entries(answer.judged).forEach(([cell, words]) => {
      const line = document.querySelector(`#judged-${cell} > span`);
      if (line && line.textContent !== words) line.textContent = words;
    });
    const wrong = Object.keys(answer.faults).length > 0;
    say(wrong ? `${said.dataset.wrong} ${answer.said}` : answer.said, answer.trouble || wrong);
  };

  const later = (wait) => { clearTimeout(state.timer); state.timer = setTimeout(send, wait); };

  const send = async () => {
    if (state.sending || !state.dirty || state.stopped) return;
    state.sending = true;
    state.dirty = false;
    say(said.dataset.saving);
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(), headers: { "X-Thidua": "draft" } });
      if (answer.redirected || answer.status === 403) { state.dirty = true; say(said.dataset.expired, true); return; }
      if (answer.status >= 500) throw new Error(String(answer.status));
      const told = await answer.json();
      // Somebody else's words stand there now: nothing more is sent by itself, the button shows both.
      if (answer.status === 409) { state.stopped = true; say(told.said, true); return; }
      apply(told);
      state.pause = 0;
    } catch {
      state.dirty = true;
      state.pause = Math.min((state.pause || 1000) * 2, 30000);
      say(said.dataset.failed, true);
      later(state.pause);
    } finally {
      state.sending = false;
      if (state.dirty && !state.pause) later(300);
    }
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.id === "about") return;
    state.dirty = true;
    later(state.pause || 900);
  });
  form.addEventListener("change", () => later(0));
  addEventListener("online", () => { state.pause = 0; later(0); });
  let leaving = false;
  addEventListener("submit", () => { leaving = true; }, true);
  addEventListener("beforeunload", (event) => { if (!leaving && (state.dirty || state.sending)) event.preventDefault(); });
})();
