// Makes tabs of parts with headings. Arrow keys, Home and End move between them; on paper all parts are shown.

let groups = 0;

function makeTabs(group) {
  const name = `tabs-${groups += 1}`;
  const parts = [...group.querySelectorAll(":scope > section")];
  const list = document.createElement("div");
  list.className = "tabs__list";
  list.role = "tablist";
  const tabs = parts.map((part, place) => {
    const heading = part.querySelector("h2");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.className = "tabs__tab";
    tab.role = "tab";
    tab.id = `${name}-${place}`;
    tab.textContent = heading.textContent;
    part.id = `${name}-${place}-part`;
    tab.setAttribute("aria-controls", part.id);
    part.role = "tabpanel";
    part.tabIndex = 0;
    part.setAttribute("aria-labelledby", tab.id);
    heading.classList.add("tabs__title--doubled");
    return tab;
  });

  function show(chosen) {
    tabs.forEach((tab, place) => {
      tab.ariaSelected = String(place === chosen);
      tab.tabIndex = place === chosen ? 0 : -1;
      parts[place].toggleAttribute("data-away", place !== chosen);
    });
  }

  list.addEventListener("click", (event) => {
    const place = tabs.indexOf(event.target.closest("[role=tab]"));
    if (place >= 0) show(place);
  });
  list.addEventListener("keydown", (event) => {
    const here = tabs.indexOf(event.target);
    const last = tabs.length - 1;
    const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const goal = { [forward]: here < last ? here + 1 : 0, [back]: here > 0 ? here - 1 : last, Home: 0, End: last }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    show(goal);
    tabs[goal].focus();
  });
  list.append(...tabs);
  group.prepend(list);
  group.classList.add("tabs--live");
  show(0);
}

document.querySelectorAll("[data-tabs]").forEach(makeTabs);
document.addEventListener("fresh", ({ target }) => target.querySelectorAll("[data-tabs]").forEach(makeTabs));
