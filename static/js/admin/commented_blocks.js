/*
 * A written lesson opens as a list of labels. Blocks that somebody has commented on open with it,
 * so that a comment stands beside what it is about.
 */
window.addEventListener("load", () => {
  const data = document.getElementById("comments-data");
  if (!data) return;
  for (const { contentpath } of JSON.parse(data.textContent).comments) {
    const [, ident, ...rest] = contentpath.split(".");
    const block = ident && document.querySelector(`[data-contentpath="${CSS.escape(ident)}"]`);
    const part = block?.querySelector(rest.map((name) => `[data-contentpath="${CSS.escape(name)}"]`).join(" ") || "[data-field]");
    part?.dispatchEvent(new Event("beforematch", { bubbles: true })); // Wagtail opens what is folded around it
  }
});
