// A film with stops: it pauses at each of them once, shows what stands there, and goes on when its viewer says so.

const JUMP = 2; // seconds; who moves further has chosen to skip what lies between
const before = new WeakMap(); // film: where it was a moment ago

function stopAt(film, stop) {
  film.pause();
  if (document.fullscreenElement) document.exitFullscreen();
  stop.querySelector(".film-stop__go").hidden = false;
  stop.querySelector(".film-stop__title").focus();
}

// Media events do not bubble, so they are caught on their way down: a film that htmx brings in anew needs nothing.
document.addEventListener("timeupdate", (event) => {
  const film = event.target;
  const section = film.closest("[data-film]")?.closest(".practice");
  if (!section) return;
  const last = before.get(film) ?? 0;
  const now = film.currentTime;
  before.set(film, now);
  if (now < last || now - last > JUMP) return;
  const stop = [...section.querySelectorAll("[data-stop]")].find(({ dataset: { stop: at } }) => at && last < at && at <= now);
  if (stop) stopAt(film, stop);
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-go-on]");
  const film = button?.closest(".practice").querySelector("video");
  if (!film) return;
  button.parentElement.hidden = true;
  film.focus();
  film.play();
});
