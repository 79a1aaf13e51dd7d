// Buttons that print: the practice block in which they stand, or else the whole page. Without script CSS hides them.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print]");
  if (!button) return;
  button.closest(".practice")?.toggleAttribute("data-printed", true);
  print();
});

addEventListener("afterprint", () => document.querySelector("[data-printed]")?.removeAttribute("data-printed"));
