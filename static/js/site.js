// Enhancements of things that already work without script. Every sentence comes from base.html, translated.

const words = document.body.dataset;
const statusRegion = document.querySelector("[data-status]");
const alertRegion = document.querySelector("[data-alert]");

function announce(text, milliseconds = 4000) {
  statusRegion.textContent = text;
  setTimeout(() => { if (statusRegion.textContent === text) statusRegion.replaceChildren(); }, milliseconds);
}

// --- Leaving quickly: cover first, then let the server forget, leaving no entry to go back to ---------------------------

const leaveLink = document.querySelector("[data-leave]");

function leave() {
  const cover = document.createElement("div");
  cover.className = "leaving";
  document.body.append(cover);
  document.title = "";
  location.replace(leaveLink.href);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-leave]")) return;
  event.preventDefault();
  leave();
});

const PRESSES_TO_LEAVE = 3;
const PRESS_WINDOW = 5000; // milliseconds
let presses = 0;
let usedWithAnotherKey = false;
let forgetPresses;

function resetPresses() {
  presses = 0;
  clearTimeout(forgetPresses);
  if (statusRegion.querySelector(".live__dots")) statusRegion.replaceChildren();
}

function showPresses() {
  const dots = document.createElement("span");
  dots.className = "live__dots";
  dots.ariaHidden = "true";
  dots.textContent = "●".repeat(presses) + "○".repeat(PRESSES_TO_LEAVE - presses);
  const text = document.createElement("span");
  text.className = "visually-hidden";
  text.textContent = words.textLeaving;
  statusRegion.replaceChildren(dots, text);
}

document.addEventListener("keydown", (event) => {
  usedWithAnotherKey = event.key !== "Shift";
  if (usedWithAnotherKey) resetPresses();
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || usedWithAnotherKey || !leaveLink) return;
  presses += 1;
  if (presses === 1) forgetPresses = setTimeout(resetPresses, PRESS_WINDOW);
  if (presses < PRESSES_TO_LEAVE) showPresses();
  else leave();
});

// --- Forms: sent once, kept when the connection is gone -----------------------------------------------------------------

const STUCK = 15000; // milliseconds after which a form that answered with a download may be sent again

function release(form) {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll("[aria-disabled='true']")) {
    button.removeAttribute("aria-disabled");
    button.querySelector(".button__saving")?.remove();
  }
}

function hold(form, button) {
  form.dataset.busy = "";
  setTimeout(release, STUCK, form);
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  const saving = document.createElement("span");
  saving.className = "button__saving";
  saving.textContent = ` …${words.textSaving}`;
  button.append(saving);
}

function showOffline() {
  alertRegion.textContent = words.textOffline;
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (!navigator.onLine) {
    event.preventDefault();
    showOffline();
  } else if ("busy" in event.target.dataset) {
    event.preventDefault();
  } else if (event.target.method === "post") {
    hold(event.target, event.submitter);
  }
});

addEventListener("offline", () => { if (document.querySelector("main form")) showOffline(); });
addEventListener("online", () => alertRegion.replaceChildren());

addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("[data-sensitive]")) location.reload();
  document.querySelectorAll("form[data-busy]").forEach(release);
});

// --- Small helps ------------------------------------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    announce(words.textCopied);
  });
}

function offerAll(accordion) {
  const button = accordion.querySelector("[data-open-all]");
  const parts = [...accordion.querySelectorAll("details")];
  const open = button.textContent;
  const allOpen = () => parts.every((part) => part.open);
  button.hidden = false;
  button.addEventListener("click", () => {
    const target = !allOpen();
    parts.forEach((part) => { part.open = target; });
  });
  accordion.addEventListener("toggle", () => { button.textContent = allOpen() ? button.dataset.textClose : open; }, true);
}

document.querySelectorAll("[data-accordion]").forEach(offerAll);
document.addEventListener("fresh", ({ target }) => target.querySelectorAll("[data-accordion]").forEach(offerAll));

// An error summary takes the focus at once; anything else only when the address points at it.
const summary = document.querySelector(".error-summary[data-focus]");
const pointedAt = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
const focusTarget = summary ?? (pointedAt?.matches("[data-focus]") ? pointedAt : pointedAt?.querySelector("[data-focus]"));
focusTarget?.focus();
