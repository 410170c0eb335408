// The form of a pledge: saved as one types, and said so; what could not be sent stays in this browser and is sent again;
// works that look like one's own are shown while it is being named. Without this script the form has its Save button.
"use strict";

(() => {
  const form = document.getElementById("pledge-form");
  if (!form) return;
  const said = document.getElementById("pledge-said");
  const head = { "X-Thidua": "pledge" };
  const fresh = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const tab = fresh();
  const name = `thidua-pledge-${location.pathname}`;
  const store = {
    get: () => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    set: (value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* a full or closed store: the page itself still holds it */ } },
    drop: () => { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } },
  };
  const say = (text, trouble = false) => { said.textContent = text; said.classList.toggle("trouble", trouble); };
  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

  // Rows ---------------------------------------------------------------------------------------------------------------

  const addRow = (kind, token) => {
    const template = document.getElementById(`new-${kind}`);
    const old = template.content.querySelector("fieldset").dataset.token;
    const box = document.createElement("div");
    box.append(template.content.cloneNode(true));
    box.innerHTML = box.innerHTML.replaceAll(old, token);
    const row = box.querySelector("fieldset");
    document.getElementById(`rows-${kind}`).append(row);
    return row;
  };

  const settle = (row) => {
    row.classList.remove("ahead");
    row.querySelector("legend").textContent = row.id[0] === "t" ? form.dataset.newT : form.dataset.newW;
  };

  const take = (row) => {
    settle(row);
    addRow(row.id[0], fresh());
  };

  // What was written, kept here until the server has it -------------------------------------------------------------------

  const entries = () => [...new FormData(form)].filter(([key]) => key !== "csrfmiddlewaretoken" && key !== "seen" && key !== "token");
  // Names of saves that this browser has sent: what one of them left there is no stranger's.
  const mine = new Set();
  let dirty = false;
  let pending = null;
  let stopped = false;
  let pause = 0;
  let waiting = 0;

  const keep = () => store.set({ tab, seen: form.elements.seen.value, sent: pending ? pending.get("token") : form.elements.token.value, dirty, entries: entries() });
  const forget = () => { if (store.get()?.tab === tab) store.drop(); };

  const fill = (kept) => {
    for (const [key, value] of kept) {
      if ((key === "t" || key === "w") && !document.getElementById(`${key}-${value}`)) settle(addRow(key, value));
    }
    form.querySelectorAll('input[type="checkbox"]').forEach((one) => { one.checked = false; });
    for (const [key, value] of kept) {
      if (key === "t" || key === "w") continue;
      if (key === "remove") { form.querySelectorAll(`input[name="remove"][value="${CSS.escape(value)}"]`).forEach((one) => { one.checked = true; }); continue; }
      const field = form.elements.namedItem(key);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = true; else field.value = value;
    }
  };

  // Saving -----------------------------------------------------------------------------------------------------------------

  const wait = (delay) => { clearTimeout(waiting); waiting = setTimeout(send, delay); };

  const changed = (event) => {
    const row = event.target.closest?.("fieldset.ahead");
    if (row && event.target.value) take(row);
    dirty = true;
    keep();
    if (!stopped && !pending) wait(900);
  };

  let sending = false;
  const send = async () => {
    if (stopped || sending) return;
    if (!pending) {
      if (!dirty) return;
      pending = new FormData(form);
      pending.set("token", fresh());
      mine.add(pending.get("token"));
      dirty = false;
      keep();
    }
    sending = true;
    say(form.dataset.saving);
    try {
      // Sent again it is the very same, so that it is one save however often it arrives.
      const answer = await fetch(form.action, { method: "POST", body: pending, headers: head });
      if (answer.redirected || answer.status === 403) { stopped = true; say(form.dataset.expired, true); return; }
      if (answer.status >= 500) throw new Error(answer.status);
      pending = null;
      pause = 0;
      arrived(await answer.text());
    } catch {
      pause = Math.min((pause || 1000) * 2, 20000);
      say(form.dataset.failed, true);
      keep();
      wait(pause);
      return;
    } finally {
      sending = false;
    }
    if (after) { const act = after; after = null; act(); } else if (dirty) wait(300);
  };

  const arrived = (html) => {
    const box = new DOMParser().parseFromString(html, "text/html").getElementById("pledge-saved");
    if (!box) { location.reload(); return; }
    if (box.dataset.saved === "another" && mine.has(box.dataset.last)) {
      form.elements.seen.value = box.dataset.revision;
      dirty = true;
      keep();
      return;
    }
    if (box.dataset.saved !== "saved") { stopped = true; keep(); say(form.dataset[box.dataset.saved], true); return; }
    form.elements.seen.value = box.dataset.revision;
    form.elements.token.value = box.dataset.token;
    if (dirty) keep(); else forget();
    const side = document.getElementById("pledge-side");
    if (!side.contains(document.activeElement)) side.replaceChildren(...box.querySelector("#side-now").childNodes);
    box.querySelectorAll(".row-said").forEach((now) => document.getElementById(now.id)?.replaceWith(now));
    mark(box.querySelectorAll("[data-at]"));
    const wrong = Number(box.dataset.errors);
    say(wrong ? form.dataset.wrong.replace("%n", wrong) : form.dataset.saved.replace("%t", clock()), wrong > 0);
  };

  const mark = (errors) => {
    form.querySelectorAll(".field-error").forEach((one) => one.remove());
    form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
    errors.forEach((one) => {
      const field = document.getElementById(one.dataset.at);
      if (!field) return;
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", one.id);
      field.after(one);
    });
  };

  // The buttons send the whole form; a save that is on its way comes first.
  let after = null;
  form.addEventListener("submit", (event) => {
    if (after || form.dataset.leaving) { event.preventDefault(); return; }
    clearTimeout(waiting);
    const button = event.submitter;
    if (pending || sending) {
      event.preventDefault();
      after = () => form.requestSubmit(button);
      return;
    }
    form.dataset.leaving = "";
    dirty = false;
    keep();
  });
  addEventListener("pageshow", () => { delete form.dataset.leaving; });

  // Works that look alike ---------------------------------------------------------------------------------------------------

  const asking = new Map();
  const look = async (row) => {
    const token = row.dataset.token;
    asking.get(token)?.abort();
    const asked = new AbortController();
    asking.set(token, asked);
    const words = form.elements.namedItem(`w-${token}-name`).value.trim();
    const place = form.elements.namedItem(`w-${token}-where`).value.trim();
    const slot = document.getElementById(`alike-w-${token}`);
    if (words.length < 4) { slot.replaceChildren(); return; }
    try {
      const query = new URLSearchParams({ ten: words, noi: place, dong: token });
      const answer = await fetch(`${form.dataset.alike}?${query}`, { headers: head, signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      slot.replaceChildren(...found.childNodes);
    } catch { /* the next letter, or the save, asks again */ }
  };
  let looking = 0;
  form.addEventListener("input", (event) => {
    changed(event);
    const row = event.target.closest("#rows-w fieldset");
    if (!row || !/-(name|where)$/.test(event.target.name)) return;
    clearTimeout(looking);
    looking = setTimeout(look, 400, row);
  });

  // What was left from before -------------------------------------------------------------------------------------------------

  const kept = store.get();
  const use = () => { mine.add(kept.sent); fill(kept.entries); dirty = true; store.drop(); send(); };
  if (kept) {
    const arrivedThere = kept.sent === form.dataset.last;
    if (arrivedThere && !kept.dirty) store.drop();
    else if (arrivedThere || kept.seen === form.elements.seen.value) { say(form.dataset.found); use(); }
    else {
      const note = document.getElementById("draft-found");
      note.hidden = false;
      document.getElementById("draft-take").addEventListener("click", () => { note.hidden = true; use(); });
      document.getElementById("draft-drop").addEventListener("click", () => { note.hidden = true; store.drop(); });
    }
  }
  addEventListener("online", () => { if (pending) send(); });
  form.dataset.ready = "";
})();
