// Small comforts over pages that work without them: dropping files, and finding the words of a fact.
"use strict";

const dropzone = (form) => {
  const input = form.querySelector("input[type=file]");
  const output = form.querySelector("output");
  const name = () => { output.value = [...input.files].map((file) => file.name).join(", ") || output.dataset.none; };
  input.addEventListener("change", name);
  const hold = (event) => { event.preventDefault(); form.classList.add("over"); };
  const leave = () => form.classList.remove("over");
  form.addEventListener("dragover", hold);
  form.addEventListener("dragleave", leave);
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    leave();
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    name();
    form.requestSubmit();
  });
  form.addEventListener("htmx:xhr:progress", (event) => {
    const { loaded, total } = event.detail;
    if (total > 0) form.querySelector(".sending progress").value = Math.round((100 * loaded) / total);
  });
  const failed = form.querySelector("[role=alert]");
  form.addEventListener("htmx:beforeRequest", () => { failed.hidden = true; });
  form.addEventListener("htmx:responseError", () => { failed.hidden = false; });
  form.addEventListener("htmx:sendError", () => { failed.hidden = false; });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || event.target !== form) return;
    form.reset();
    name();
  });
};

const findAll = (ids, side) => ids.flatMap((id) => [...document.querySelectorAll(`[data-${side}~="${id}"]`)]);

const choose = (ids) => {
  document.querySelectorAll(".chosen").forEach((one) => one.classList.remove("chosen"));
  findAll(ids, "of").concat(findAll(ids, "fact")).forEach((one) => one.classList.add("chosen"));
};

const follow = (event) => {
  const link = event.target.closest("a[data-leads]");
  if (!link) return;
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  choose(link.dataset.leads.split(" "));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const visible = target.nextElementSibling && target.classList.contains("w") ? target.nextElementSibling : target;
  visible.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  // Words that are no link of their own (slivers between facts) leave the focus to the sheet around them.
  const focusable = visible.matches("a") ? visible : visible.querySelector("a") || visible.closest("[tabindex]");
  if (focusable) focusable.focus({ preventScroll: true });
  history.replaceState(null, "", link.hash);
};

const closeMenus = (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    }
  });
};

document.querySelectorAll("form.drop").forEach(dropzone);
document.addEventListener("click", follow);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
