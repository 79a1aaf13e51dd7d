// Areas of a picture: pressing a number sets its checkbox, and the picture shows which are set.

for (const stage of document.querySelectorAll("[data-hotspot]")) {
  const boxes = [...document.getElementsByName(`${stage.dataset.hotspot}-choice`)];
  const areas = [...stage.querySelectorAll("[data-number]")];

  const show = () => areas.forEach((area, i) => area.toggleAttribute("data-set", boxes[i].checked));

  areas.forEach((area, i) => area.addEventListener("click", () => boxes[i].click()));
  boxes.forEach((box) => box.addEventListener("change", show));
  addEventListener("pageshow", show); // after Back, the browser has filled in the boxes by now
  stage.dataset.ready = "";
  show();
}
