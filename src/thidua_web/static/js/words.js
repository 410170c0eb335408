// Choosing words of the document by mouse or keys, and where they stand in its text.
"use strict";

const thiduaWords = (sheet) => {
  const points = (text) => [...text].length; // the server counts code points, the browser UTF-16 units

  const within = (line, node, offset) => {
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, offset);
    return points(range.toString());
  };

  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(sheet)) return null;
    const lines = [...sheet.querySelectorAll("p[id^=l-]")].filter((line) => range.intersectsNode(line));
    if (lines.length === 0) return null;
    const [first, last] = [lines[0], lines.at(-1)];
    const at = (line) => Number(line.id.slice(2));
    const start = at(first) + (first.contains(range.startContainer) ? within(first, range.startContainer, range.startOffset) : 0);
    const end = at(last) + (last.contains(range.endContainer) ? within(last, range.endContainer, range.endOffset) : points(last.textContent));
    return start < end ? { start, end } : null;
  };

  const firstVisible = () => {
    const pane = sheet.closest(".pane").getBoundingClientRect();
    const top = Math.max(pane.top, 0) + 60;
    return [...sheet.querySelectorAll("p[id^=l-]")].find((line) => line.getBoundingClientRect().bottom > top);
  };

  const walk = (event) => {
    const arrows = { ArrowLeft: ["backward", "word"], ArrowRight: ["forward", "word"], ArrowUp: ["backward", "line"], ArrowDown: ["forward", "line"] };
    if (!arrows[event.key]) return false;
    event.preventDefault();
    const selection = getSelection();
    const [way, unit] = arrows[event.key];
    const inside = selection.rangeCount && sheet.contains(selection.anchorNode);
    if (!inside) {
      const line = document.activeElement.closest?.("#sheet .mark") || sheet.querySelector(".mark.chosen") || firstVisible();
      if (!line) return true;
      selection.collapse(line, 0);
      selection.modify("extend", "forward", "word");
    } else if (event.shiftKey) selection.modify("extend", way, unit);
    else {
      if (way === "forward") selection.collapseToEnd(); else selection.collapseToStart();
      if (unit === "line" || way === "backward") selection.modify("move", way, unit);
      selection.modify("extend", "forward", "word");
    }
    const focus = selection.focusNode?.parentElement;
    focus?.scrollIntoView({ block: "nearest" });
    return true;
  };

  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "button small add-here";
  offer.hidden = true;
  offer.textContent = document.getElementById("add-fact").textContent.trim();
  document.body.append(offer);
  const offerAdding = () => {
    const words = selected();
    offer.hidden = !words;
    if (!words) return;
    const place = getSelection().getRangeAt(0).getBoundingClientRect();
    offer.style.left = `${Math.max(8, Math.min(place.left, innerWidth - 220))}px`;
    offer.style.top = `${Math.min(place.bottom + 8, innerHeight - 60) + scrollY}px`;
  };
  sheet.addEventListener("mouseup", () => setTimeout(offerAdding));
  document.addEventListener("selectionchange", () => { if (getSelection().isCollapsed) offer.hidden = true; });
  offer.addEventListener("mousedown", (event) => event.preventDefault()); // or the selection would be lost
  offer.addEventListener("click", () => {
    offer.hidden = true;
    sheet.dispatchEvent(new CustomEvent("thidua:add", { bubbles: true }));
  });
  sheet.addEventListener("click", (event) => {
    if (getSelection().isCollapsed) return;
    event.preventDefault();
    event.stopPropagation(); // the end of a selection is no click on a link
  }, true);
  sheet.addEventListener("dragstart", (event) => event.preventDefault());

  return { selected, walk };
};
