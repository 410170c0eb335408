// A sheet is saved as it is written: a moment after the last key, one request after the other, again until it
// arrives; what the points come to is shown with each answer. Without this script the buttons save.
"use strict";

(() => {
  const form = document.getElementById("score-form");
  const said = document.getElementById("saved");
  if (!form || !said) return;
  const state = { sending: false, dirty: false, pause: 0, timer: 0, stopped: false, leaving: false };
  const say = (text, trouble) => { said.textContent = text; said.classList.toggle("trouble", Boolean(trouble)); };
  const put = (node, text) => { if (node && node.textContent !== text) node.textContent = text; };

  const body = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    return data;
  };

  const showFault = (input, text) => {
    const cell = input.closest(".field");
    const old = cell.querySelector(".field-error");
    cell.classList.toggle("wrong", Boolean(text));
    if (!text) { old?.remove(); input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); return; }
    const line = old || cell.appendChild(Object.assign(document.createElement("p"), { className: "field-error", id: `${input.id}_error` }));
    put(line, text);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", line.id);
  };

  const apply = (answer) => {
    form.elements.revision.value = answer.revision;
    form.querySelectorAll(".field input[type=text], .field select, .field textarea").forEach((input) => showFault(input, answer.faults[input.id]));
    Object.entries(answer.lines).forEach(([key, line]) => {
      put(document.getElementById(`working-${key}`), line.working);
      const hints = document.getElementById(`hints-${key}`);
      hints.replaceChildren(...line.hints.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    });
    form.querySelectorAll("[data-section]").forEach((node, place) => put(node, answer.sections[place] || ""));
    put(document.getElementById("score-total"), answer.total.points || "…");
    put(document.getElementById("score-short"), answer.total.short || "");
    const wrong = Object.keys(answer.faults).length > 0;
    say(wrong ? said.dataset.wrong : answer.said, wrong);
  };

  const later = (wait) => { clearTimeout(state.timer); state.timer = setTimeout(send, wait); };

  const send = async () => {
    if (state.sending || !state.dirty || state.stopped || state.leaving) return;
    state.sending = true;
    state.dirty = false;
    say(said.dataset.saving);
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(), headers: { "X-Thidua": "draft" } });
      if (answer.redirected || answer.status === 403) { state.dirty = true; say(said.dataset.expired, true); return; }
      if (answer.status >= 500) throw new Error(String(answer.status));
      const told = await answer.json();
      // Somebody else's figures stand there now: nothing more is sent by itself.
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
    if (event.target.type === "file") return;
    state.dirty = true;
    later(state.pause || 900);
  });
  form.addEventListener("change", (event) => { if (event.target.type !== "file" && state.dirty) later(0); });
  addEventListener("online", () => { state.pause = 0; later(0); });
  // What is on its way arrives first, and another form (a file, say) takes nothing unsaved with it.
  addEventListener("submit", async (event) => {
    const waits = state.sending || (event.target !== form && state.dirty && !state.stopped);
    if (!waits || state.leaving) { state.leaving = true; clearTimeout(state.timer); return; }
    event.preventDefault();
    const { target, submitter } = event;
    for (let tries = 0; tries < 40 && (state.sending || (target !== form && state.dirty && !state.pause)); tries += 1) {
      if (!state.sending) await send();
      else await new Promise((done) => { setTimeout(done, 50); });
    }
    state.leaving = true;
    clearTimeout(state.timer);
    target.requestSubmit(submitter);
  }, true);
  addEventListener("beforeunload", (event) => { if (!state.leaving && (state.dirty || state.sending)) event.preventDefault(); });
})();
