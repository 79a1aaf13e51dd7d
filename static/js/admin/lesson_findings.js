/* What courses.checks found in the lesson, brought from its preview into the panel of checks. */
document.addEventListener("w-preview:loaded", () => {
  const list = document.querySelector("[data-lesson-findings-list]");
  const found = document.getElementById("w-preview-iframe")?.contentDocument?.getElementById("lesson-findings");
  if (!list) return;
  list.closest("[data-lesson-findings]").hidden = !found;
  if (found && list.dataset.shown !== found.innerHTML) {
    list.dataset.shown = found.innerHTML;
    list.replaceChildren(document.importNode(found.content, true));
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-lesson-findings] [data-block]");
  const block = button && document.querySelector(`[data-contentpath="${CSS.escape(button.dataset.block)}"]`);
  if (!block) return;
  const field = ["[contenteditable=true]", "textarea:not([hidden])", "input:not([type=hidden])", "select"]
    .map((kind) => block.querySelector(kind))
    .find(Boolean);
  field?.dispatchEvent(new Event("beforematch", { bubbles: true })); // Wagtail opens what is folded around it
  block.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
});
