// Areas of a picture: pressing a number sets its checkbox, and the picture shows which are set.

const boxesOf = (stage) => document.getElementsByName(`${stage.dataset.hotspot}-choice`);
const areasOf = (stage) => [...stage.querySelectorAll("[data-number]")];

function show(stage) {
  const boxes = boxesOf(stage);
  areasOf(stage).forEach((area, i) => area.toggleAttribute("data-set", boxes[i].checked));
  stage.dataset.ready = "";
}

const showAll = (root) => root.querySelectorAll("[data-hotspot]").forEach(show);

document.addEventListener("click", ({ target }) => {
  const area = target.closest("[data-hotspot] [data-number]");
  if (!area) return;
  const stage = area.closest("[data-hotspot]");
  boxesOf(stage)[areasOf(stage).indexOf(area)].click();
});
document.addEventListener("change", () => showAll(document));
document.addEventListener("fresh", ({ target }) => showAll(target));
addEventListener("pageshow", () => showAll(document)); // after Back, the browser has filled in the boxes by now
showAll(document);
