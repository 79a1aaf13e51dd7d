// Lets readers of a timeline see only what one of the actors does. Without script everything is shown.

function makePick(timeline) {
  const pick = timeline.querySelector("[data-pick]");
  if (!pick) return;
  pick.hidden = false;
  pick.addEventListener("change", (event) => {
    const actor = event.target.value;
    for (const item of timeline.querySelectorAll("li")) item.toggleAttribute("data-away", actor !== "" && item.dataset.actor !== actor);
  });
}

document.querySelectorAll("[data-timeline]").forEach(makePick);
document.addEventListener("fresh", ({ target }) => target.querySelectorAll("[data-timeline]").forEach(makePick));
