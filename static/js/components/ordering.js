// Questions that ask for an order: buttons that move a step up or down. They only set the lists, which work without them.

const list = (row) => row.querySelector("select");
const words = (row) => row.querySelector("label").textContent;
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
  steps.nextElementSibling.textContent = `${words(row)}: ${steps.dataset.textMoved} ${to + 1}`;
}

function button(steps, row, text, by) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  const thing = document.createElement("span");
  thing.className = "visually-hidden";
  thing.textContent = words(row);
  made.append(text, thing);
  made.addEventListener("click", () => {
    move(steps, row, by);
    made.focus();
  });
  return made;
}

for (const steps of document.querySelectorAll("[data-ordering]")) {
  for (const row of [...steps.children]) {
    const moves = document.createElement("div");
    moves.className = "pick__moves";
    moves.append(button(steps, row, steps.dataset.textUp, -1), button(steps, row, steps.dataset.textDown, 1));
    row.append(moves);
  }
  // Who sees the list sees the move; whoever listens is told, without a box that covers the next button.
  const news = document.createElement("p");
  news.className = "visually-hidden";
  news.setAttribute("role", "status");
  steps.after(news);
  if ([...steps.children].some((row) => list(row).value)) steps.append(...inOrder(steps));
}
