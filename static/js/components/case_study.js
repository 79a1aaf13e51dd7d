// Case study: whoever answers a part no longer says "I don't know yet" to it.

for (const part of document.querySelectorAll(".study__part")) {
  const unsure = part.querySelector(".study__unsure input");
  if (!unsure) continue;
  part.addEventListener("input", (event) => { if (event.target !== unsure) unsure.checked = false; });
}
