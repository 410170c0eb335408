// Boxes of a long table: one that ticks the page, a range with shift, and how many are ticked. Without it, boxes tick.
"use strict";

const ticking = (table) => {
  const head = table.querySelector("th.tick");
  const boxes = [...table.querySelectorAll("td.tick input")];
  const output = document.querySelector("output[data-ticked]");
  const all = document.createElement("input");
  let last = null;
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    if (output) output.value = ticked ? `${output.dataset.ticked} ${ticked}` : output.dataset.none;
  };
  all.type = "checkbox";
  all.setAttribute("aria-label", head.textContent.trim());
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); tell(); });
  head.append(all);
  boxes.forEach((box) => box.addEventListener("click", (event) => {
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    }
    last = box;
    tell();
  }));
  tell();
};

document.querySelectorAll("table[data-ticks]").forEach(ticking);
