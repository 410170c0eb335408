// A draft: a form that is saved as one writes. Without this script its Save button saves.
//
// A page loads this file and writes attributes; it needs no script of its own:
//
//   <form id="F" data-draft method="post" action="where it is saved" novalidate autocomplete="off">
//     <input type="hidden" name="revision">  which revision was on the screen (data-draft-revision="seen" names another)
//     <input type="hidden" name="token">     a fresh UUID; with it the server knows a save of this page again. Optional
//     data-draft-keep="whose"   what was not sent stays in this browser for that user, over a reload and a new start
//                               (needs `token`); data-draft-last="the token of the save that the server holds"
//     data-draft-not            on a control whose change is no change of the draft (what a file is about, say)
//   <p role="status" {% include "_draft_words.html" with draft_of="F" keeps=... %}>what is said before the first save</p>
//   <template data-draft-mark>  what stands before the words of a fault: {% icon "fault" %}. Optional
//   <div data-draft-found hidden> in a form that keeps: shown where the server's draft went on without what is kept
//     here; holds <button type="button" data-draft-take> and <button type="button" data-draft-drop>
//   <div data-draft-rows="w" data-new="legend of a new row"> in the form: rows <fieldset data-token="UUID" id="w-UUID">,
//     each with <input type="hidden" name="w" value="UUID">, the last with class `ahead`: written in, it is a row, and
//     <template data-draft-row="w"> (one such fieldset) gives the next, its token put anew wherever it stands.
//
// In: what the Save button would send, less files, with the header `X-Thidua: draft`.
// Out (thidua_web.config.drafts writes both):
//   200 {revision, said, trouble?, faults?: {id of a control: words}, texts?: {id: words}, parts?: {id: markup}}
//   409 {said, revision?, last?: token of the save that the server holds}  somebody else's words stand there, or it is
//       closed: nothing more is sent by itself, the button sends and the server's page shows both.
// Any other answer below 500 stops it and is told; from 500, or none: the very same is sent again until it arrives.
//
// What it guarantees: one request after the other; nothing newer before what was sent last is answered; a lost answer
// does not make a stranger of oneself; a press of a button waits for what is on its way, and counts once; a form beside
// this one goes when the draft is saved; the page is not left unasked while something is unsaved and not kept.
"use strict";

(() => {
  const HEAD = { "X-Thidua": "draft" };
  const [TYPED, NEXT, FIRST_PAUSE, LONGEST_PAUSE] = [900, 300, 2000, 30000];
  const NOT_KEPT = ["csrfmiddlewaretoken", "token"];

  const fresh = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // Rows ---------------------------------------------------------------------------------------------------------------

  const addRow = (place, token) => {
    const template = document.querySelector(`template[data-draft-row="${place.dataset.draftRows}"]`);
    const box = document.createElement("div");
    box.append(template.content.cloneNode(true));
    box.innerHTML = box.innerHTML.replaceAll(box.querySelector("[data-token]").dataset.token, token);
    const row = box.querySelector("[data-token]");
    place.append(row);
    return row;
  };

  const settle = (place, row) => {
    row.classList.remove("ahead");
    row.querySelector("legend").textContent = place.dataset.new;
  };

  const takeAhead = (control) => {
    const row = control.closest("[data-draft-rows] .ahead");
    if (!row || !control.value) return;
    const place = row.closest("[data-draft-rows]");
    settle(place, row);
    addRow(place, fresh());
  };

  // What the server says of the fields -------------------------------------------------------------------------------------

  const controls = (form) => [...form.elements].filter((one) => one.matches("input:not([type=hidden]), select, textarea"));

  const tell = (control, words) => {
    const id = `${control.id}_error`;
    const others = (control.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    document.querySelectorAll(`#${CSS.escape(id)}`).forEach((one) => one.remove());
    if (words) {
      const line = Object.assign(document.createElement("p"), { className: "field-error", id });
      const mark = document.querySelector("template[data-draft-mark]");
      if (mark) line.append(mark.content.cloneNode(true));
      line.append(words);
      const box = control.closest(".field, .cell");
      if (box) box.append(line); else control.after(line);
      control.setAttribute("aria-invalid", "true");
      others.push(id);
    } else control.removeAttribute("aria-invalid");
    if (others.length) control.setAttribute("aria-describedby", others.join(" ")); else control.removeAttribute("aria-describedby");
  };

  const tellAll = (form, faults) => {
    const fields = controls(form).filter((one) => one.id);
    fields.filter((one) => faults[one.id] || one.hasAttribute("aria-invalid")).forEach((one) => tell(one, faults[one.id]));
    form.querySelectorAll(".field, .cell").forEach((box) => box.classList.toggle("wrong", Boolean(box.querySelector("[aria-invalid]"))));
  };

  const show = (told) => {
    for (const [id, words] of Object.entries(told.texts || {})) {
      const node = document.getElementById(id);
      if (node && node.textContent !== words) node.textContent = words;
    }
    for (const [id, markup] of Object.entries(told.parts || {})) {
      const node = document.getElementById(id);
      // Where somebody stands nothing is pulled away from under them.
      if (!node || node.contains(document.activeElement)) continue;
      node.innerHTML = markup;
      window.htmx?.process(node);
    }
  };

  // What this browser keeps ------------------------------------------------------------------------------------------------

  const shelf = (form) => {
    const name = `thidua-draft-${form.dataset.draftKeep}-${location.pathname}-${form.id}`;
    const tab = fresh();
    const read = () => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
    return {
      read,
      put: (what) => {
        try { localStorage.setItem(name, JSON.stringify({ tab, ...what })); return true; } catch { return false; }
      },
      clear: () => { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } },
      // What another tab keeps is that tab's.
      clearOwn() { if (read()?.tab === tab) this.clear(); },
    };
  };

  const fill = (form, entries) => {
    const kept = new Map();
    entries.forEach(([name, value]) => kept.set(name, [...(kept.get(name) || []), value]));
    form.querySelectorAll("[data-draft-rows]").forEach((place) => {
      const kind = place.dataset.draftRows;
      (kept.get(kind) || []).filter((token) => !document.getElementById(`${kind}-${token}`)).forEach((token) => settle(place, addRow(place, token)));
    });
    for (const one of controls(form)) {
      const values = kept.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else if (one.multiple && one.options) [...one.options].forEach((option) => { option.selected = values.includes(option.value); });
      else if (one.type !== "file" && values.length) one.value = values.shift();
    }
  };

  // Saving -----------------------------------------------------------------------------------------------------------------

  const draft = (form) => {
    const said = document.querySelector(`[data-draft-said="${form.id}"]`);
    const revision = form.elements.namedItem(form.dataset.draftRevision || "revision");
    const token = form.elements.namedItem("token");
    const store = shelf(form);
    // Names of saves that this browser has sent: what one of them left there is no stranger's.
    const mine = new Set();
    let dirty = false;
    let kept = false;
    let sending = false;
    let stopped = false;
    let leaving = false;
    let pending = null; // the save that no answer has come to yet
    let held = null; // the press of a button that waits for it
    let passing = null; // the form whose press waited and goes now
    let pause = 0;
    let timer = 0;

    const say = (words, trouble) => { said.textContent = words; said.classList.toggle("trouble", Boolean(trouble)); };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };
    // The newest last: of saves whose answers got lost any may have arrived.
    const sent = () => (pending ? [...mine] : [...mine, token.value]);
    const entries = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== revision.name && !NOT_KEPT.includes(name));
    const keep = () => {
      if (form.dataset.draftKeep) kept = store.put({ seen: revision.value, sent: sent(), dirty, entries: entries() });
    };

    const body = () => {
      const data = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
      if (token) { data.set("token", fresh()); mine.add(data.get("token")); }
      return data;
    };

    const stop = (words) => {
      stopped = true;
      dirty = true;
      pending = null;
      keep();
      say(words, true);
    };

    const hear = (status, told) => {
      if (status === 409 && !mine.has(told.last)) { stop(told.said); return; }
      pending = null;
      revision.value = told.revision;
      if (status === 409) { dirty = true; keep(); return; }
      if (token) { mine.clear(); token.value = fresh(); }
      if (dirty) keep(); else store.clearOwn();
      if (!held) { show(told); tellAll(form, told.faults || {}); }
      say(told.said, told.trouble);
    };

    const post = async () => {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: pending, headers: HEAD });
      if (answer.status >= 500 || answer.status === 429) throw Object.assign(new Error(), { answered: true });
      if (answer.redirected || answer.status === 403) stop(said.dataset.expired);
      else if (answer.status === 200 || answer.status === 409) hear(answer.status, await answer.json());
      else stop(said.dataset.refused);
    };

    const send = async () => {
      clearTimeout(timer);
      if (stopped || sending || leaving || !(pending || dirty)) return;
      if (!pending) { pending = body(); dirty = false; keep(); }
      sending = true;
      say(said.dataset.saving);
      try {
        await post();
        pause = 0;
        sending = false;
        const more = dirty && !stopped;
        if (held && !(more && held.target !== form)) release(); else if (more) later(held ? 0 : NEXT);
      } catch (error) {
        sending = false;
        pause = Math.min(pause * 2 || FIRST_PAUSE, LONGEST_PAUSE);
        say(said.dataset.failed, true);
        later(pause);
        // Without a line the button of this form waits for it; a server in trouble may still take the button's way.
        if (held && (error.answered || held.target !== form)) release();
      }
    };

    const release = () => {
      const { target, submitter } = held;
      [held, passing] = [null, target];
      target.requestSubmit(submitter);
      passing = null;
    };

    const leave = () => {
      leaving = true;
      clearTimeout(timer);
      if (dirty) { dirty = false; keep(); }
    };

    addEventListener("submit", (event) => {
      const own = event.target === form;
      const waits = !stopped && event.target !== passing && (sending || pending || (dirty && !own));
      if (held || waits || (own && leaving)) { event.preventDefault(); event.stopImmediatePropagation(); }
      if (waits && !held) { held = { target: event.target, submitter: event.submitter }; send(); }
      if (own && !waits && !held) leave();
    }, true);

    const isPart = (control) => control.form === form && control.type !== "file" && !control.closest("[data-draft-not]");
    document.addEventListener("input", ({ target }) => {
      if (!isPart(target)) return;
      takeAhead(target);
      dirty = true;
      keep();
      later(pause || TYPED);
    });
    document.addEventListener("change", ({ target }) => { if (isPart(target) && dirty && !pause) later(0); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
    addEventListener("online", () => { pause = 0; later(0); });
    addEventListener("pageshow", () => { leaving = false; });
    addEventListener("beforeunload", (event) => { if (!leaving && !kept && (dirty || pending)) event.preventDefault(); });

    const useLeft = (left) => {
      left.sent.forEach((one) => mine.add(one));
      fill(form, left.entries);
      dirty = true;
      store.clear();
      send();
    };

    const findLeft = () => {
      const left = store.read();
      if (!left) return;
      const last = form.dataset.draftLast;
      if (left.sent.at(-1) === last && !left.dirty) { store.clear(); return; }
      if (left.sent.includes(last) || left.seen === revision.value) { say(said.dataset.found); useLeft(left); return; }
      const note = form.querySelector("[data-draft-found]");
      note.hidden = false;
      note.querySelector("[data-draft-take]").addEventListener("click", () => { note.hidden = true; useLeft(left); });
      note.querySelector("[data-draft-drop]").addEventListener("click", () => { note.hidden = true; store.clear(); });
    };

    if (form.dataset.draftKeep) findLeft();
    form.dataset.ready = "";
  };

  document.querySelectorAll("form[data-draft]").forEach(draft);
})();
