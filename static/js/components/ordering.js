// Questions that ask for an order: buttons that move a step up or down. They only set the lists, which work without them.

const statusRegion = document.querySelector("[data-status]");

const list = (row) => row.querySelector("select");
const place = (row) => Number(list(row).value) || Infinity;

/** The rows of `steps` in the order that is chosen now; what has no place yet stays behind, as it stands. */
const inOrder = (steps) => [...steps.children].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));

function move(steps, row, by) {
  const rows = inOrder(steps);
  const from = rows.indexOf(row);
  const to = Math.min(Math.max(from + by, 0), rows.length - 1);
  rows.splice(to, 0, ...rows.splice(from, 1));
  rows.forEach((each, index) => { list(each).value = String(index + 1); });
  steps.append(...rows);
  list(row).dispatchEvent(new Event("change", { bubbles: true }));
  statusRegion.textContent = `${row.querySelector("label").textContent}: ${steps.dataset.textMoved} ${to + 1}`;
}

function button(steps, row, words, by) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  const thing = document.createElement("span");
  thing.className = "visually-hidden";
  thing.textContent = `: ${row.querySelector("label").textContent}`;
  made.append(words, thing);
  made.addEventListener("click", () => {
    move(steps, row, by);
    made.focus();
  });
  return made;
}

for (const steps of document.querySelectorAll("[data-ordering]")) {
  const { textUp, textDown } = steps.dataset;
  for (const row of [...steps.children]) {
    const moves = document.createElement("div");
    moves.className = "pick__moves";
    moves.append(button(steps, row, textUp, -1), button(steps, row, textDown, 1));
    row.append(moves);
  }
  if ([...steps.children].some((row) => list(row).value)) steps.append(...inOrder(steps));
}
