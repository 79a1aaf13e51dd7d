// Cards that go into one of a few boxes. While a card is dragged, its choices lie ready as large boxes at the end of the window
// that is farther away, so that no short press hits one; dropping the card on a box chooses it in the card's own field.

/** [words, what sets it] for each choice of `row`. */
function choicesOf(row) {
  const list = row.querySelector("select");
  if (!list) return [...row.querySelectorAll("input")].map((radio) => [radio.labels[0].textContent, () => radio.click()]);
  return [...list.options].filter((option) => option.value).map((option) => [option.text, () => choose(list, option)]);
}

function choose(list, option) {
  option.selected = true;
  for (const type of ["input", "change"]) list.dispatchEvent(new Event(type, { bubbles: true }));
}

function made(className, row) {
  const element = document.createElement("div");
  element.className = className;
  element.lang = row.querySelector(".pick__thing").lang;
  return element;
}

const heard = new WeakSet(); // a swap may keep the list and change what is in it

function listenToDrags(picks) {
  if (heard.has(picks)) return;
  heard.add(picks);
  let bar;
  let boxes; // element: what sets its choice

  const under = ({ x, y }) => document.elementFromPoint(x, y)?.closest(".boxes__box");
  const clear = () => bar.remove();

  picks.addEventListener("grab", ({ target, detail }) => {
    bar = made("boxes", target);
    bar.ariaHidden = "true";
    bar.toggleAttribute("data-on-top", detail.y > innerHeight / 2);
    boxes = new Map();
    for (const [words, set] of choicesOf(target)) {
      const box = made("boxes__box", target);
      box.dir = "auto";
      box.textContent = words;
      boxes.set(box, set);
    }
    bar.append(...boxes.keys());
    document.body.append(bar);
  });
  picks.addEventListener("carry", ({ detail }) => {
    const over = under(detail);
    for (const box of boxes.keys()) box.toggleAttribute("data-over", box === over);
  });
  picks.addEventListener("putdown", ({ detail }) => {
    boxes.get(under(detail))?.();
    clear();
  });
  picks.addEventListener("letgo", clear);
}

document.querySelectorAll("[data-boxes]").forEach(listenToDrags);
document.addEventListener("fresh", ({ target }) => target.querySelectorAll("[data-boxes]").forEach(listenToDrags));
