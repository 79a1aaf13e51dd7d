/*
 * The editor saves by itself (w-autosave) while somebody presses Publish: of a new thing, the two requests would make two.
 * So the press waits for the saving that is under way, which tells the form its new address; and once the form is sent,
 * nothing is sent again, by itself or by a second press, for as long as Wagtail's own buttons stay switched off.
 */
(() => {
  const PATIENCE = 30_000; // milliseconds; afterwards the form may be sent again: the first sending was stopped by hand

  let saving = null; // the saving that is under way: its event, which others may have called off
  let waiting = null; // the press that waits for it
  let sent = null; // the form that was sent

  document.addEventListener(
    "w-autosave:save",
    (event) => {
      if (event.target === sent) event.preventDefault();
      else saving = event;
    },
    true,
  );

  ["w-autosave:success", "w-autosave:error"].forEach((name) => document.addEventListener(name, () => goOn()));

  document.addEventListener(
    "submit",
    (event) => {
      const underWay = event.target === saving?.target && !saving.defaultPrevented;
      if (!underWay && event.target !== sent) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (underWay) waiting ??= { form: event.target, button: event.submitter };
    },
    true,
  );

  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("[data-edit-form]")) return;
    const form = (sent = event.target);
    setTimeout(() => form === sent && (sent = null), PATIENCE);
  });
  window.addEventListener("pageshow", () => (sent = null)); // back to the page as it was left

  const goOn = () => {
    const press = waiting;
    saving = waiting = null;
    if (!press) return;
    const { form, button } = press;
    if (button?.form !== form) return form.requestSubmit();
    const off = button.disabled; // as Wagtail switches it off once it is pressed; then it would not be part of what is sent
    button.disabled = false;
    form.requestSubmit(button);
    button.disabled = off;
  };
})();
