// Saves a page of a quiz by itself while somebody answers, says when that fails, and goes on trying until it works.
// Every sentence comes from the template, translated. Nothing is kept in the browser: others may use it too.

const form = document.querySelector("form[data-autosave]");
const state = document.querySelector("[data-save-state]");
const alertRegion = document.querySelector("[data-alert]");
const statusRegion = document.querySelector("[data-status]");

const PAUSE = 1200; // milliseconds after the last change
const LONGEST_WAIT = 8000; // milliseconds between two tries when saving fails
const SAVED = 200, SIGNED_OUT = [401, 403], ELSEWHERE = 409, CLOSED = [404, 410];

let timer;
let wait = 1000;
let failing = false;
let saving = false;
let changedMeanwhile = false;

function schedule(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(save, milliseconds);
}

function tell(text) {
  state.textContent = text;
}

function trouble(text) {
  failing = true;
  tell(text);
  alertRegion.textContent = text;
}

function saved(versions) {
  for (const [prefix, version] of Object.entries(versions)) {
    form.elements[`${prefix}-version`].value = version;
  }
  wait = 1000;
  tell(state.dataset.textSaved);
  if (failing) {
    alertRegion.replaceChildren();
    statusRegion.textContent = state.dataset.textAgain;
  }
  failing = false;
}

async function save() {
  if (saving) { changedMeanwhile = true; return; }
  saving = true;
  changedMeanwhile = false;
  let status = 0;
  let answer = {};
  try {
    const response = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(10000) });
    status = response.status;
    answer = await response.json().catch(() => ({}));
  } catch {
    status = 0;
  }
  saving = false;
  if (status === SAVED) saved(answer.versions);
  else if (SIGNED_OUT.includes(status)) { trouble(state.dataset.textSignedOut); return; }
  else if (status === ELSEWHERE) { trouble(state.dataset.textElsewhere); return; }
  else if (CLOSED.includes(status)) { trouble(state.dataset.textClosed); return; }
  else {
    trouble(state.dataset.textUnsaved);
    schedule(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    return;
  }
  if (changedMeanwhile) schedule(PAUSE);
}

if (form) {
  form.addEventListener("input", () => { tell(""); schedule(failing ? wait : PAUSE); });
  form.addEventListener("change", () => schedule(failing ? wait : PAUSE));
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("online", () => { if (failing) schedule(0); });
}

// --- Time left: said once a minute, never in seconds ------------------------------------------------------------------

const clock = document.querySelector("[data-ends]");

const clockRunsAhead = clock ? Date.now() - new Date(clock.dataset.now) : 0; // this device's clock may be hours off

function millisecondsLeft() {
  return Math.max(0, new Date(clock.dataset.ends) - Date.now() + clockRunsAhead);
}

function showTimeLeft() {
  const minutes = Math.ceil(millisecondsLeft() / 60000);
  clock.querySelector("[data-time-left]").textContent = `${clock.dataset.textLeft} ${minutes} ${clock.dataset.textMinutes}`;
  if (minutes === 5 || minutes === 1) statusRegion.textContent = clock.querySelector("[data-time-left]").textContent;
}

// What is on the page when the time ends is saved; the server then says what comes next.
async function timeIsOver() {
  if (form) await save();
  location.reload();
}

const LONGEST_TIMER = 2 ** 31 - 1; // milliseconds; what is further off ends on another day

if (clock) {
  showTimeLeft();
  setInterval(showTimeLeft, 60000);
  if (millisecondsLeft() < LONGEST_TIMER) setTimeout(timeIsOver, millisecondsLeft());
}
