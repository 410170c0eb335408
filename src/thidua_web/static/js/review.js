// The review of a plan: acts by key and mouse, sent one after the other and again until they are saved; adding a fact
// by selecting words; what others do appears. Without this script every act is a form of its own.
"use strict";

(() => {
  const review = document.getElementById("review");
  const act = document.getElementById("act");
  if (!review || !act) return;
  const sheet = document.getElementById("sheet");
  const said = document.getElementById("said");
  const { selected, walk } = thiduaWords(sheet);
  const plan = act.action.match(/\d+/g).pop();
  const head = { "X-Thidua": "review" };
  const fresh = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const say = (text, trouble = false) => { said.textContent = text; said.classList.toggle("trouble", trouble); };
  const store = {
    get: (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* a full or closed store: the page itself still holds it */ } },
    drop: (name) => { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } },
  };

  // Hundreds of marked words are no stops on the way of the Tab key: the sheet itself is one, and its words are walked
  // with the arrow keys.
  const settle = (part) => part.querySelectorAll("a.mark").forEach((mark) => { mark.tabIndex = -1; });
  settle(sheet);

  // One fact at a time is on the way of the Tab key; J, K and the arrow keys walk the others.
  const controls = (row) => row.querySelectorAll(":scope > a, .fact-acts a, .fact-acts button");
  const reach = (row, order) => controls(row).forEach((one) => { one.tabIndex = order; });
  let current = null;
  const setCurrent = (row) => {
    if (current && current !== row) reach(current, -1);
    current = row;
    if (row) reach(row, 0);
  };
  document.querySelectorAll(".facts li.fact").forEach((row) => reach(row, -1));
  setCurrent(document.querySelector(".facts li.v-pending") || document.querySelector(".facts li.fact"));

  // What the server answers -----------------------------------------------------------------------------------------

  const swap = (old, now) => {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(now);
    if (!focused) return;
    const same = focused.dataset.do ? `[data-do="${focused.dataset.do}"]` : focused.dataset.leads ? `[data-leads="${focused.dataset.leads}"]` : "a, button";
    (now.querySelector(same) || now.querySelector("a") || now).focus({ preventScroll: true });
  };

  const put = (row) => {
    const old = document.getElementById(row.id);
    if (old && old.querySelector("form")) return; // somebody is writing here; the server will tell who was first
    reach(row, -1);
    if (old) {
      if (old.classList.contains("chosen")) row.classList.add("chosen");
      if (old === current) setCurrent(row);
      swap(old, row);
    } else document.getElementById(`list-${row.dataset.kind}`).append(row);
  };

  const putLines = (box) => box.querySelectorAll("#lines-now > p").forEach((line) => {
    const old = document.getElementById(line.id);
    if (!old) return;
    settle(line);
    swap(old, line);
  });

  const apply = (html) => {
    const box = new DOMParser().parseFromString(html, "text/html").getElementById("review-changes");
    if (!box) { location.reload(); return null; }
    if ("sealed" in box.dataset) { location.reload(); return box; }
    review.dataset.revision = box.dataset.revision;
    box.dataset.gone.split(" ").filter(Boolean).forEach((key) => document.getElementById(`f-${key}`)?.remove());
    if (current && !current.isConnected) setCurrent(document.querySelector(".facts li.fact"));
    const rows = [...box.querySelectorAll("li.fact")];
    rows.forEach(put);
    box.querySelectorAll(":scope > .meter, :scope > .group-head, :scope > a[id^=jump-]").forEach((now) => {
      const old = document.getElementById(now.id);
      if (old) swap(old, now);
    });
    putLines(box);
    document.querySelectorAll(".facts .section[id^=s-]").forEach((one) => { one.hidden = !one.querySelector("li.fact"); });
    const progress = document.querySelector("#meter progress");
    document.getElementById("prepare").classList.toggle("quiet", progress.value < progress.max);
    const text = box.querySelector("#said-now").textContent;
    if (text) say(text, "refused" in box.dataset);
    return { box, rows };
  };

  // Acts wait in a queue that outlives the page --------------------------------------------------------------------

  const queueName = `thidua-review-${plan}`;
  const queue = store.get(queueName) || [];
  let sending = false;
  let pause = 0;

  const keep = () => (queue.length ? store.set(queueName, queue) : store.drop(queueName));

  const send = async () => {
    if (sending || queue.length === 0) return;
    sending = true;
    const one = queue[0];
    try {
      const body = new FormData(act);
      body.set("act", one.key ? `${one.act}:${one.key}:${one.seen}` : one.act);
      body.set("token", one.token);
      body.set("since", review.dataset.revision);
      const answer = await fetch(act.action, { method: "POST", body, headers: head });
      if (answer.redirected || answer.status === 403) { say(act.dataset.expired, true); return; }
      if (answer.status >= 500) throw new Error(answer.status);
      queue.shift();
      keep();
      pause = 0;
      if (!answer.ok) { location.reload(); return; }
      const done = apply(await answer.text());
      done?.rows?.forEach((row) => queue.filter((waiting) => waiting.key === row.dataset.fact).forEach((waiting) => { waiting.seen = row.dataset.seen; }));
      acted(!one.act.startsWith("accept"));
    } catch {
      pause = Math.min((pause || 500) * 2, 15000);
      say(act.dataset.failed.replace("%n", queue.length), true);
      setTimeout(send, pause);
      return;
    } finally {
      sending = false;
    }
    send();
  };

  const acted = (changing) => document.dispatchEvent(new CustomEvent("thidua:acted", { detail: { changing } }));

  const push = (name, key = "", seen = "") => {
    queue.push({ act: name, key, seen, token: fresh() });
    keep();
    send();
  };

  const press = (button) => {
    const [name, key, seen] = button.value.split(":");
    const row = button.closest("li.fact");
    if (row) {
      // Shown at once, before it is saved: the same buttons stay where they are.
      const on = name !== "restore";
      row.querySelectorAll("button[data-do]").forEach((other) => other.setAttribute("aria-pressed", String(on && other === button)));
      row.classList.add("saving");
      const back = button.dataset.do;
      button.value = `${on ? "restore" : back}:${key}:${seen}`;
      row.querySelectorAll("button[data-do]").forEach((other) => { if (other !== button) other.value = `${other.dataset.do}:${key}:${seen}`; });
    }
    push(name, key, seen);
  };

  act.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter) press(event.submitter);
  });

  // Moving about -----------------------------------------------------------------------------------------------------

  const facts = () => [...document.querySelectorAll(".facts li.fact")];
  const factOf = (element) => {
    const row = element?.closest?.("li.fact");
    if (row) return row;
    const mark = element?.closest?.(".mark[data-leads]");
    return mark ? document.getElementById(`f-${mark.dataset.leads}`) : null;
  };

  const showWords = (row) => {
    document.querySelectorAll(".chosen").forEach((one) => one.classList.remove("chosen"));
    row.classList.add("chosen");
    const marks = sheet.querySelectorAll(`[data-of~="${row.dataset.fact}"]`);
    marks.forEach((one) => one.classList.add("chosen"));
    const pane = sheet.closest(".pane");
    if (marks.length === 0 || pane.scrollHeight <= pane.clientHeight) return;
    const place = marks[0].getBoundingClientRect();
    const view = pane.getBoundingClientRect();
    if (place.top < view.top + 60 || place.bottom > view.bottom - 40) pane.scrollTop += place.top - view.top - view.height / 3;
  };

  const goTo = (row) => {
    if (!row) return;
    row.querySelector("a[data-leads]").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    showWords(row);
  };

  const step = (from, by) => {
    const all = facts();
    const place = from ? all.indexOf(from) : by > 0 ? -1 : all.length;
    return all[place + by];
  };

  const nextPending = (from) => {
    const all = facts();
    const place = from ? all.indexOf(from) : -1;
    const open = (row) => row.classList.contains("v-pending") && !row.classList.contains("saving");
    return all.slice(place + 1).find(open) || all.slice(0, Math.max(place, 0)).find(open);
  };

  document.querySelector(".facts").addEventListener("focusin", (event) => {
    const row = event.target.closest("li.fact");
    if (!row) return;
    setCurrent(row);
    if (!row.classList.contains("chosen")) showWords(row);
  });
  document.getElementById("next-pending")?.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(nextPending(factOf(document.querySelector("li.fact.chosen"))));
  });

  // Forms ------------------------------------------------------------------------------------------------------------

  const dock = document.createElement("aside");
  dock.className = "dock";
  dock.hidden = true;
  document.body.append(dock);
  let cameFrom = null;

  const draftName = (form) => `thidua-draft-${form.dataset.draft}`;
  const entries = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden").map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]);

  const fill = (form) => {
    const draft = form.dataset.draft && store.get(draftName(form));
    if (!draft) return;
    const was = JSON.stringify(entries(form));
    draft.forEach(([name, value]) => {
      const field = form.elements.namedItem(name);
      if (field && field.type === "checkbox") field.checked = value; else if (field) field.value = value;
    });
    if (JSON.stringify(entries(form)) !== was) form.querySelector("[data-state]").textContent = act.dataset.draft;
  };

  const close = (form, forget = true) => {
    if (forget && form.dataset.draft) store.drop(draftName(form));
    if (dock.contains(form)) { dock.hidden = true; dock.replaceChildren(); } else form.remove();
    cameFrom?.focus?.({ preventScroll: true });
  };

  const open = (html, home) => {
    const form = new DOMParser().parseFromString(html, "text/html").querySelector("form");
    if (!form) { location.reload(); return; }
    home.querySelector("form")?.remove();
    home.append(form);
    if (home === dock) dock.hidden = false;
    fill(form);
    form.querySelector("[data-take-words]")?.removeAttribute("hidden");
    form.addEventListener("input", () => form.dataset.draft && store.set(draftName(form), entries(form)));
    form.addEventListener("submit", (event) => { event.preventDefault(); submit(form, home); });
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(form); } });
    form.querySelector("[data-cancel]").addEventListener("click", (event) => { event.preventDefault(); close(form); });
    form.querySelector("[data-take-words]")?.addEventListener("click", () => takeWords(form));
    const wrong = form.querySelector(".wrong :is(input, textarea, select)");
    (wrong || form.querySelector("input:not([type=hidden]), textarea, select")).focus();
  };

  const takeWords = (form) => {
    const words = selected();
    if (!words) { form.querySelector("[data-state]").textContent = act.dataset.nothing; return; }
    form.elements.start.value = words.start;
    form.elements.end.value = words.end;
    form.querySelector(".words-of").textContent = getSelection().toString();
  };

  const submit = async (form, home) => {
    const state = form.querySelector("[data-state]");
    const asking = form.method === "get";
    const body = new FormData(form);
    if (!asking) body.set("since", review.dataset.revision);
    try {
      const url = asking ? `${form.action}?${new URLSearchParams(body)}` : form.action;
      const answer = await fetch(url, asking ? { headers: head } : { method: "POST", body, headers: head });
      if (answer.redirected || answer.status === 403) { state.textContent = act.dataset.expired; return; }
      if (answer.status >= 500) throw new Error(answer.status);
      const html = await answer.text();
      if (asking || answer.status === 422) { open(html, home); return; }
      const key = form.elements.key?.value;
      close(form);
      const done = apply(html);
      const row = key ? document.getElementById(`f-${key}`) : done?.rows?.at(-1);
      if (row) goTo(row);
      acted(true);
    } catch {
      if (state) state.textContent = act.dataset.failed.replace("%n", 1);
      setTimeout(() => form.isConnected && submit(form, home), 3000);
    }
  };

  const fetchForm = async (url, home) => {
    try {
      const answer = await fetch(url, { headers: head });
      if (answer.redirected) { say(act.dataset.expired, true); return; }
      open(await answer.text(), home);
    } catch {
      say(act.dataset.failed.replace("%n", queue.length), true);
    }
  };

  const startEditing = (row) => {
    cameFrom = row.querySelector('[data-do="edit"]');
    if (!row.querySelector("form")) fetchForm(`${act.dataset.edit}?key=${encodeURIComponent(row.dataset.fact)}&seen=${row.dataset.seen}`, row);
  };

  const startAdding = () => {
    const words = selected();
    if (!words) { say(act.dataset.nothing, true); return; }
    cameFrom = sheet;
    fetchForm(`${act.dataset.edit}?start=${words.start}&end=${words.end}`, dock);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('[data-do="edit"], #add-fact');
    if (!link || event.ctrlKey || event.metaKey) return;
    if (link.id === "add-fact" && !selected()) return; // the page without scripting lets words be typed
    event.preventDefault();
    if (link.id === "add-fact") startAdding(); else startEditing(link.closest("li.fact"));
  });
  sheet.addEventListener("thidua:add", () => startAdding());
  document.getElementById("add-fact").addEventListener("mousedown", (event) => event.preventDefault());

  // Keys, only while the focus is in the review; by place on the keyboard, so that Telex and VNI do not eat them -----

  const keys = {
    KeyJ: (row) => goTo(step(row, 1)),
    KeyK: (row) => goTo(step(row, -1)),
    KeyN: (row) => goTo(nextPending(row)),
    KeyS: (row) => row && startEditing(row),
    KeyZ: () => push("undo"),
    KeyT: () => startAdding(),
    KeyA: (row, event) => {
      if (!row) return;
      if (event.shiftKey) document.querySelector(`#h-${row.dataset.kind} button[value^="accept_kind"]`)?.click();
      else decide(row, "accept");
    },
    KeyX: (row) => row && decide(row, "reject"),
  };

  const decide = (row, name) => {
    const button = row.querySelector(`button[data-do="${name}"]`);
    if (!button) return;
    const on = button.getAttribute("aria-pressed") === "false";
    press(button);
    if (on) goTo(nextPending(row) || row);
  };

  review.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("form, input, textarea, select")) return;
    if (sheet.contains(event.target) && walk(event)) return;
    if (event.target === sheet && event.key === "Enter") { goTo(factOf(getSelection().focusNode?.parentElement)); return; }
    const row = factOf(event.target);
    if (row && !sheet.contains(event.target) && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      goTo(step(row, event.key === "ArrowDown" ? 1 : -1));
      return;
    }
    if (!keys[event.code]) return;
    event.preventDefault();
    keys[event.code](row, event);
  });

  // What others do, and the checks after a change -------------------------------------------------------------------

  let checking = 0;
  const checkSoon = () => {
    clearTimeout(checking);
    checking = setTimeout(checkAgain, 1200);
  };
  const checkAgain = async () => {
    if (sending || queue.length) { checkSoon(); return; }
    try {
      const answer = await fetch(act.dataset.checks, { method: "POST", body: new FormData(act), headers: head });
      if (!answer.ok || answer.redirected) return;
      const now = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("checks-section").replaceChildren(...now.getElementById("checks-now").childNodes);
      putLines(now);
    } catch { /* the page says itself that the checks are older than the facts */ }
  };
  document.addEventListener("thidua:acted", (event) => { if (event.detail?.changing) checkSoon(); });
  if ("checksOld" in act.dataset) checkSoon();

  const watch = async () => {
    if (document.hidden || sending || queue.length) return;
    try {
      const answer = await fetch(`${act.dataset.changes}?since=${review.dataset.revision}`, { headers: head });
      if (answer.status === 200 && !answer.redirected) apply(await answer.text());
    } catch { /* the next round, or the next act, tells */ }
  };
  setInterval(watch, 4000);
  document.addEventListener("visibilitychange", watch);
  addEventListener("online", send);
  review.dataset.ready = "";
  send();
})();
