// Questions that ask for an order: buttons that move a step up or down, and steps that can be dragged (see drag.js). Both only
// set the lists, which work without them.

const EDGE = 56; // pixels from the upper or lower end of the window where the page moves along with a drag
const PACE = 9; // pixels that it moves in a frame

const list = (row) => row.querySelector("select");
const words = (row) => row.querySelector("label").textContent;
const place = (row) => Number(list(row).value) || Infinity;

/** The rows of `steps` in the order that is chosen now; what has no place yet stays behind, as it stands. */
const inOrder = (steps) => [...steps.children].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));

/** Give the rows of `steps` the numbers of `rows`, and say where `row` stands now. */
function number(steps, rows, row) {
  rows.forEach((each, index) => { list(each).value = String(index + 1); });
  for (const type of ["input", "change"]) list(row).dispatchEvent(new Event(type, { bubbles: true }));
  steps.nextElementSibling.textContent = `${words(row)}: ${steps.dataset.textMoved} ${rows.indexOf(row) + 1}`;
}

function move(steps, row, by) {
  const rows = inOrder(steps);
  const from = rows.indexOf(row);
  const to = Math.min(Math.max(from + by, 0), rows.length - 1);
  rows.splice(to, 0, ...rows.splice(from, 1));
  steps.append(...rows);
  number(steps, rows, row);
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

/** Put the other rows around `row`, which itself is not taken out of the page: a finger holds it. */
function surround(row, rows) {
  const at = rows.indexOf(row);
  row.before(...rows.slice(0, at));
  row.after(...rows.slice(at + 1));
}

function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

function listenToDrags(steps) {
  let before;

  steps.addEventListener("grab", ({ target }) => {
    before = inOrder(steps);
    surround(target, before);
  });
  steps.addEventListener("carry", ({ target, detail }) => {
    const way = (detail.y > innerHeight - EDGE) - (detail.y < EDGE);
    if (way) scrollBy({ top: way * PACE, behavior: "instant" });
    const others = [...steps.children].filter((row) => row !== target);
    const to = others.filter((row) => middle(row) < detail.y).length;
    if (steps.children[to] !== target) surround(target, others.toSpliced(to, 0, target));
  });
  steps.addEventListener("putdown", ({ target }) => {
    const rows = [...steps.children];
    if (rows.some((row, index) => row !== before[index])) number(steps, rows, target);
  });
  steps.addEventListener("letgo", ({ target }) => surround(target, before));
}

const heard = new WeakSet(); // a swap may keep the list and take away what was made in it

function offerMoves(steps) {
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
  if (!heard.has(steps)) listenToDrags(steps);
  heard.add(steps);
}

document.querySelectorAll("[data-ordering]").forEach(offerMoves);
document.addEventListener("fresh", ({ target }) => target.querySelectorAll("[data-ordering]").forEach(offerMoves));
