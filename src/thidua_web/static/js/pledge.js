// Works that look like one's own are shown while it is being named. What is written is saved by draft.js.
"use strict";

(() => {
  const form = document.getElementById("pledge-form");
  if (!form) return;
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
      const answer = await fetch(`${form.dataset.alike}?${query}`, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      slot.replaceChildren(...found.childNodes);
    } catch { /* the next letter, or the save, asks again */ }
  };

  let looking = 0;
  form.addEventListener("input", (event) => {
    const row = event.target.closest("#rows-w fieldset");
    if (!row || !/-(name|where)$/.test(event.target.name)) return;
    clearTimeout(looking);
    looking = setTimeout(look, 400, row);
  });
})();
