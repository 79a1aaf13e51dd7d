// Things that can be dragged to their place with a mouse, a finger or a pen. The fields of each thing stay, and work without
// this: so the handle is for pointers alone. What a drag does is up to the script of the kind of question, which listens for
// "grab", "carry" and "putdown" with {x, y} in the window, or "letgo" where the drag was given up.

const START = 6; // pixels that a press moves before it is a drag

function carried(row) {
  const thing = row.querySelector(".pick__thing");
  const card = document.createElement("div");
  card.className = "carried";
  card.ariaHidden = "true";
  card.lang = thing.lang;
  card.dir = "auto";
  card.textContent = thing.textContent;
  document.body.append(card);
  return card;
}

function drag(row, press) {
  const at = { x: press.clientX, y: press.clientY };
  const listening = new AbortController();
  let card = null;
  let frame;

  const tell = (type) => row.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: at }));
  const on = (type, react) => addEventListener(type, react, { signal: listening.signal });

  function begin() {
    card = carried(row);
    row.dataset.dragged = "";
    tell("grab");
    follow();
  }

  function follow() {
    card.style.translate = `${Math.min(at.x, document.body.clientWidth - card.offsetWidth)}px ${at.y}px`;
    tell("carry");
    frame = requestAnimationFrame(follow);
  }

  function end(type) {
    listening.abort();
    if (!card) return;
    cancelAnimationFrame(frame);
    card.remove();
    delete row.dataset.dragged;
    tell(type);
  }

  function move(event) {
    if (event.pointerId !== press.pointerId) return;
    [at.x, at.y] = [event.clientX, event.clientY];
    if (!card && Math.hypot(at.x - press.clientX, at.y - press.clientY) >= START) begin();
  }

  on("pointermove", move);
  on("pointerup", (event) => {
    if (event.pointerId !== press.pointerId) return;
    move(event);
    if (card) tell("carry");
    end("putdown");
  });
  on("pointercancel", (event) => { if (event.pointerId === press.pointerId) end("letgo"); });
  on("keydown", (event) => { if (event.key === "Escape") end("letgo"); });
}

function giveHandle(row) {
  const handle = document.createElement("span");
  handle.className = "pick__handle";
  handle.ariaHidden = "true";
  handle.addEventListener("pointerdown", (press) => {
    if (press.button || !press.isPrimary) return;
    press.preventDefault(); // no marking of text, and the focus stays where it is
    handle.setPointerCapture(press.pointerId);
    drag(row, press);
  });
  row.append(handle);
}

document.querySelectorAll("[data-draggable] > .pick").forEach(giveHandle);
document.addEventListener("fresh", ({ target }) => target.querySelectorAll("[data-draggable] > .pick").forEach(giveHandle));
