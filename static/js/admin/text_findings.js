/* What courses.checks found in the texts, brought from its preview into the panel of checks. */
document.addEventListener("w-preview:loaded", () => {
  const list = document.querySelector("[data-text-findings-list]");
  const found = document.getElementById("w-preview-iframe")?.contentDocument?.getElementById("text-findings");
  if (!list) return;
  list.closest("[data-text-findings]").hidden = !found;
  if (found && list.dataset.shown !== found.innerHTML) {
    list.dataset.shown = found.innerHTML;
    list.replaceChildren(document.importNode(found.content, true));
  }
});

function openTab(place) {
  const tab = place.closest("[role=tabpanel]");
  if (tab?.hidden) document.getElementById(tab.getAttribute("aria-labelledby"))?.click();
}

function focusIn(place) {
  const field = ["[contenteditable=true]", "textarea:not([hidden])", "input:not([type=hidden])", "select"]
    .map((kind) => place.querySelector(kind))
    .find(Boolean);
  field?.dispatchEvent(new Event("beforematch", { bubbles: true })); // Wagtail opens what is folded around it
  place.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

/* A place is the id of a block or the name of a field: what Wagtail calls the path of its content. */
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-text-findings] [data-place]");
  const place = button && document.querySelector(`[data-contentpath="${CSS.escape(button.dataset.place)}"]`);
  if (!place) return;
  openTab(place);
  requestAnimationFrame(() => focusIn(place)); // a tab opens only after this event
});
