// Practice blocks: htmx replaces the round trip of the form, this leads the eye. Without script the whole page comes back.
// A module that makes a part of a lesson handier listens for "fresh" and works on the part it comes from.

const alertRegion = document.querySelector("[data-alert]");

// What an answer opened further down, in place of a gate.
let opened = [];
document.addEventListener("htmx:before:swap", (event) => {
  opened = event.detail.tasks.filter(({ type }) => type === "partial").flatMap(({ fragment }) => [...fragment.children]);
});

document.addEventListener("htmx:after:swap", (event) => {
  const section = event.detail.ctx.target;
  alertRegion.replaceChildren();
  for (const part of [section, ...opened]) part.dispatchEvent(new CustomEvent("fresh", { bubbles: true }));
  section.querySelector("[data-focus]")?.focus();
});

document.addEventListener("htmx:error", () => {
  alertRegion.textContent = document.body.dataset.textOffline;
});

// A block whose answers lead to addresses of their own: on the way back its page is loaded as a whole, with the place in it.
document.addEventListener("htmx:before:history:restore", (event) => {
  event.preventDefault();
  location.reload();
});
