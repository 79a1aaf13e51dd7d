// Saves a page of a quiz by itself while somebody answers, says when that fails, and goes on trying until it works.
// Every sentence comes from the template, translated. Nothing is kept in the browser: others may use it too.

const form = document.querySelector("form[data-autosave]");
const state = document.querySelector("[data-save-state]");
const alertRegion = document.querySelector("[data-alert]");
const statusRegion = document.querySelector("[data-status]");

const PAUSE = 1200; // milliseconds after the last change
const LONGEST_WAIT = 8000; // milliseconds between two tries when saving fails
const HOLD = 5000; // milliseconds for which a press waits for saving; a later one goes through whatever happens
const SPOKEN = 5000; // milliseconds that a word about saving or time is shown
const SAVED = 200;
const REFUSALS = [
  { codes: [401, 403], text: "textSignedOut" },
  { codes: [409], text: "textElsewhere" },
  { codes: [404, 410], text: "textClosed" },
];

let timer;
let wait = 1000;
let failing = false;
let saving = null; // the promise of what is on its way
let changes = 0; // how many there were
let unanswered = null; // {body, changes}: what was sent and not answered. It may be stored, so it is sent again before anything newer
let pressed = null; // the event of the press that waits for saving to work; a change after it takes it back
let heldSince = 0; // when it was pressed first

function schedule(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(save, milliseconds);
}

// For a moment: what stays would cover the page.
function announce(text) {
  statusRegion.textContent = text;
  setTimeout(() => { if (statusRegion.textContent === text) statusRegion.replaceChildren(); }, SPOKEN);
}

function tell(text) {
  state.textContent = text;
}

function trouble(text) {
  tell(text);
  alertRegion.textContent = text;
}

function saved(versions) {
  for (const [prefix, version] of Object.entries(versions)) {
    form.elements[`${prefix}-version`].value = version;
  }
  wait = 1000;
  if (unanswered.changes === changes) tell(state.dataset.textSaved);
  else schedule(PAUSE);
  if (failing) {
    alertRegion.replaceChildren();
    announce(state.dataset.textAgain);
  }
  failing = false;
  unanswered = null;
}

async function post(body) {
  try {
    const response = await fetch(form.dataset.autosave, { method: "POST", body, signal: AbortSignal.timeout(10000) });
    return [response.status, await response.json().catch(() => ({}))];
  } catch {
    return [0, {}];
  }
}

function save() {
  saving ??= send();
  return saving;
}

async function send() {
  clearTimeout(timer);
  unanswered ??= { body: new FormData(form), changes };
  const [status, answer] = await post(unanswered.body);
  saving = null;
  const refusal = REFUSALS.find(({ codes }) => codes.includes(status));
  if (status === SAVED) saved(answer.versions);
  else if (refusal) { failing = false; unanswered = null; trouble(state.dataset[refusal.text]); }
  else {
    failing = status === 0 || status >= 500; // what the learner can do nothing about; a refusal is told by the page itself
    if (!failing) unanswered = null;
    trouble(state.dataset.textUnsaved);
    schedule(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    return;
  }
  const press = pressed;
  pressed = null;
  if (press) form.requestSubmit(press.submitter);
}

// A page that is sent while an answer is on its way would be taken for another window; and while the site does not answer,
// sending it would put an error page in place of what was typed. So it waits.
function onSubmit(event) {
  clearTimeout(timer);
  heldSince ||= performance.now();
  if (!(saving || failing) || performance.now() - heldSince > HOLD) return;
  event.preventDefault();
  pressed = event;
  save();
}

function onChange() {
  changes += 1;
  heldSince = 0;
  pressed = null;
  if (!failing) tell("");
  schedule(failing ? wait : PAUSE);
}

if (form) {
  form.addEventListener("input", onChange);
  form.addEventListener("change", onChange);
  form.addEventListener("submit", onSubmit);
  addEventListener("online", () => { if (failing) schedule(0); });
}

// --- Time left: said once a minute, never in seconds ------------------------------------------------------------------

const clock = document.querySelector("[data-ends]");

const inMinutes = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" });

const clockRunsAhead = clock ? Date.now() - new Date(clock.dataset.now) : 0; // this device's clock may be hours off

function millisecondsLeft() {
  return Math.max(0, new Date(clock.dataset.ends) - Date.now() + clockRunsAhead);
}

function showTimeLeft() {
  const minutes = Math.ceil(millisecondsLeft() / 60000);
  const text = `${clock.dataset.textLeft} ${inMinutes.format(minutes)}`;
  clock.querySelector("[data-time-left]").textContent = text;
  return { minutes, text };
}

function countDown() {
  const { minutes, text } = showTimeLeft();
  if (minutes === 5 || minutes === 1) announce(text);
}

// What is on the page when the time ends is saved, after what is on its way; the server then says what comes next.
async function timeIsOver() {
  if (form) await save();
  if (form) await save();
  if (!failing) location.reload();
}

const LONGEST_TIMER = 2 ** 31 - 1; // milliseconds; what is further off ends on another day

if (clock) {
  showTimeLeft();
  setInterval(countDown, 60000);
  if (millisecondsLeft() < LONGEST_TIMER) setTimeout(timeIsOver, millisecondsLeft());
}
