// Memory: cards to turn over, laid over the lists that they set. Which word goes with which meaning only the server knows, so the
// reader decides what to keep together; nothing counts moves or time.

const inList = (option) => option.textContent.replace(/^\S+\. /, ""); // without the letter that the list puts before it

function shuffled(things) {
  return things.map((thing) => [Math.random(), thing]).sort(([a], [b]) => a - b).map(([, thing]) => thing);
}

function make(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  if (name === "button") made.type = "button";
  return made;
}

/** The cards of a game, mixed. `mate()` of one that is kept is the card beside which it is kept. */
function cardsOf(lists) {
  const words = lists.map((list) => ({ side: "words", list, text: list.labels[0].textContent.trim() }));
  const meanings = [...lists[0].options].filter((option) => option.value)
    .map((option) => ({ side: "meanings", value: option.value, text: inList(option) }));
  for (const word of words) word.mate = () => meanings.find((meaning) => meaning.value === word.list.value);
  for (const meaning of meanings) meaning.mate = () => words.find((word) => word.list.value === meaning.value);
  return shuffled([...words, ...meanings]);
}

class Game {
  turned = [];

  constructor(field) {
    this.text = field.dataset;
    this.lists = [...field.querySelectorAll("select")];
    this.cards = cardsOf(this.lists);
    this.grid = make("div", "memory__grid");
    this.cards.forEach((card, index) => {
      card.name = `${this.text.textCard} ${index + 1}`;
      card.button = make("button", "memory__card");
      card.button.addEventListener("click", () => this.press(card));
      this.grid.append(card.button);
    });
    this.grid.addEventListener("keydown", (event) => this.walk(event));
    this.news = make("p", "memory__news");
    this.news.setAttribute("role", "status");
    this.makeQuestion();
    const game = make("div", "memory__game");
    game.append(this.news, this.grid, this.question);
    const fold = field.querySelector("details");
    fold.before(game);
    fold.open = Boolean(field.querySelector("[data-invalid]"));
    fold.addEventListener("change", () => this.show());
    this.show();
  }

  makeQuestion() {
    this.question = make("div", "memory__question");
    this.question.setAttribute("role", "group");
    this.question.setAttribute("aria-label", this.text.textQuestion);
    this.keep = make("button", "button", this.text.textKeep);
    const back = make("button", "button button--quiet", this.text.textBack);
    this.keep.addEventListener("click", () => this.answer(true));
    back.addEventListener("click", () => this.answer(false));
    this.question.append(make("p", "", this.text.textQuestion), this.keep, back);
  }

  press(card) {
    if (card.mate()) this.part(card);
    else if (this.turned.includes(card)) this.turned = this.turned.filter((each) => each !== card);
    else this.turned = [...(this.turned.length < 2 ? this.turned : []), card];
    this.show();
    if (!this.question.hidden) this.keep.focus();
  }

  /** Take a pair apart again; the card that was pressed stays open. */
  part(card) {
    const word = card.list ? card : card.mate();
    this.choose(word, "");
    this.turned = [card];
  }

  answer(together) {
    const last = this.turned.at(-1);
    const [word, meaning] = this.turned[0].list ? this.turned : this.turned.toReversed();
    this.turned = [];
    if (together) this.choose(word, meaning.value);
    this.show();
    last.button.focus();
  }

  choose(word, value) {
    word.list.value = value;
    for (const type of ["input", "change"]) word.list.dispatchEvent(new Event(type, { bubbles: true }));
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.cards.findIndex((card) => card.button === document.activeElement);
    this.cards.at((at + step) % this.cards.length).button.focus();
  }

  show() {
    const pairs = this.lists.filter((list) => list.value);
    for (const card of this.cards) {
      const mate = card.mate();
      const open = mate || this.turned.includes(card);
      card.button.dataset.state = mate ? "kept" : open ? "open" : "";
      card.button.replaceChildren(open ? card.text : card.name);
      if (mate) card.button.append(make("span", "memory__pair", `${this.text.textPair} ${pairs.indexOf((card.list ?? mate.list)) + 1}`));
    }
    const [first, second] = this.turned;
    this.question.hidden = !second || first.side === second.side;
    this.news.textContent = this.tell(first, second, pairs.length);
  }

  tell(first, second, pairs) {
    if (second && first.side !== second.side) return `${first.text} – ${second.text}`;
    if (second) return first.side === "words" ? this.text.textWords : this.text.textMeanings;
    if (first) return first.text;
    return pairs === this.lists.length ? this.text.textAll : this.text.textStart;
  }
}

function lay(root) {
  for (const field of root.querySelectorAll("[data-memory]")) {
    field.querySelector(".memory__game")?.remove();
    new Game(field);
  }
}

lay(document);
document.addEventListener("fresh", (event) => lay(event.target));
