// A unit chosen in the finder becomes a line of the field above it. Without scripting the finder is not shown.
document.addEventListener("change", (event) => {
  const field = document.getElementById(event.target.dataset?.addsTo ?? "");
  const text = event.target.value.trim();
  if (!field || !/\([^()]+\)$/.test(text)) return;
  const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
  if (!lines.includes(text)) lines.push(text);
  field.value = lines.join("\n");
  event.target.value = "";
});
