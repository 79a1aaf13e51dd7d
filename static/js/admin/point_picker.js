/* A picture and its numbered places in the editor: a press or the arrow keys write into the number fields, which stay. */
(() => {
  const KEYS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", -1], ArrowDown: ["y", 1] };
  const SIDE = { x: "width", y: "height" };
  const FEW = 20; // per cent: how wide and high an area begins
  const WORDS = ["list", "title", "address", "none", "hint", "label", "first", "point", "area"];
  const within = (share, most = 100) => Math.min(Math.max(Math.round(share), 0), most);
  const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_sign, name) => values[name]);

  function make(tag, className, parent) {
    const element = document.createElement(tag);
    element.className = className;
    parent.append(element);
    return element;
  }

  class PointPicker extends window.StimulusModule.Controller {
    static values = Object.fromEntries(WORDS.map((name) => [name, String]));

    connect() {
      this.chosen = -1;
      this.build();
      this.watch = new MutationObserver((changes) => {
        if (changes.some(({ target }) => !this.box.contains(target))) this.soon();
      });
      this.watch.observe(this.element, { childList: true, subtree: true, attributeFilter: ["src", "class", "style"] });
      this.element.addEventListener("input", this.soon);
      this.element.addEventListener("focusin", this.follow);
      this.draw();
    }

    disconnect() {
      this.watch.disconnect();
      this.element.removeEventListener("input", this.soon);
      this.element.removeEventListener("focusin", this.follow);
      this.box.remove();
    }

    build() {
      this.box = document.createElement("div");
      this.box.className = "point-picker";
      this.hint = make("p", "point-picker__hint", this.box);
      this.stage = make("div", "point-picker__stage", this.box);
      this.stage.setAttribute("role", "group");
      this.stage.setAttribute("aria-label", this.labelValue);
      this.picture = make("img", "point-picker__picture", this.stage);
      this.picture.alt = "";
      this.picture.draggable = false;
      this.said = make("p", "point-picker__said", this.box);
      this.said.setAttribute("role", "status");
      this.stage.addEventListener("click", (event) => this.press(event));
      this.stage.addEventListener("keydown", (event) => this.key(event));
      this.list = this.element.querySelector(`[data-contentpath="${this.listValue}"]`);
      this.list.before(this.box);
    }

    /* One redraw for many changes, after all of them. */
    soon = () => {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.draw());
    };

    /* Whoever writes about a place sees which number it has, and may press where it belongs. */
    follow = ({ target }) => {
      const at = this.items.findIndex((item) => item.contains(target));
      if (at >= 0) this.choose(at);
    };

    get items() {
      const all = [...this.list.querySelectorAll("[data-streamfield-child]")];
      return all.filter((item) => !item.querySelector(':scope > [name$="-deleted"]').value);
    }

    field(item, name) {
      return item.querySelector(`[data-contentpath="${name}"] :is(input, textarea)`);
    }

    share(item, name) {
      const text = this.field(item, name)?.value;
      return text ? Number(text) : null;
    }

    write(values) {
      for (const [name, value] of Object.entries(values)) {
        const field = this.field(this.items[this.chosen], name);
        field.value = value;
        for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
      }
      this.draw();
      this.tell();
    }

    tell() {
      const item = this.items[this.chosen];
      const values = { number: this.chosen + 1 };
      for (const name of ["x", "y", "width", "height"]) values[name] = this.share(item, name) ?? 0;
      const texts = this.field(item, "width") ? [this.pointValue, this.areaValue] : [this.pointValue];
      this.said.textContent = texts.map((text) => filled(text, values)).join(" ");
    }

    choose(at) {
      this.chosen = at;
      this.draw();
    }

    press(event) {
      const button = event.target.closest("button");
      if (button) {
        this.choose(this.buttons.indexOf(button));
        this.tell();
        return;
      }
      if (!this.items[this.chosen]) this.chosen = this.items.findIndex((item) => this.share(item, "x") === null);
      if (this.chosen < 0) {
        this.said.textContent = this.firstValue;
        return;
      }
      const { left, top, width, height } = this.picture.getBoundingClientRect();
      this.place(((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100);
      this.buttons[this.chosen].focus();
    }

    /* A point where it was pressed; an area around it, as large as it was. */
    place(x, y) {
      const item = this.items[this.chosen];
      if (!this.field(item, "width")) return this.write({ x: within(x), y: within(y) });
      const width = this.share(item, "width") || FEW;
      const height = this.share(item, "height") || FEW;
      return this.write({ x: within(x - width / 2, 100 - width), y: within(y - height / 2, 100 - height), width, height });
    }

    key(event) {
      const step = KEYS[event.key];
      const at = this.buttons.indexOf(event.target.closest("button"));
      if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.chosen = at;
      const [name, by] = step;
      const item = this.items[at];
      const side = this.field(item, "width") ? this.share(item, SIDE[name]) || 0 : 0;
      if (event.shiftKey && this.field(item, "width")) {
        this.write({ [SIDE[name]]: within(side + by, 100 - (this.share(item, name) || 0)) });
      } else {
        this.write({ [name]: within((this.share(item, name) || 0) + by, 100 - side) });
      }
    }

    get buttons() {
      return [...this.stage.querySelectorAll("button")];
    }

    draw() {
      this.show();
      const items = this.items;
      while (this.buttons.length > items.length) this.drop();
      while (this.buttons.length < items.length) this.bring();
      if (this.chosen >= items.length) this.chosen = -1;
      items.forEach((item, at) => this.number(item, at));
    }

    /* The picture that is chosen now, in its display size. */
    show() {
      const chooser = this.element.querySelector('[data-contentpath="image"] [data-contentpath="image"]');
      const chosen = chooser?.querySelector(".chooser:not(.blank)") && chooser.querySelector("input[type=hidden]").value;
      const address = chosen ? this.addressValue.replace("/0/", `/${chosen}/`) : "";
      this.stage.hidden = !chosen;
      this.hint.textContent = chosen ? this.hintValue : this.noneValue;
      if (chosen && this.picture.getAttribute("src") !== address) this.picture.src = address;
    }

    bring() {
      make("span", "point-picker__area", this.stage).setAttribute("aria-hidden", "true");
      make("button", "point-picker__number", this.stage).type = "button";
    }

    drop() {
      this.stage.lastElementChild.remove();
      this.stage.lastElementChild.remove();
    }

    number(item, at) {
      const button = this.buttons[at];
      const area = button.previousElementSibling;
      const x = this.share(item, "x");
      const y = this.share(item, "y");
      const name = this.field(item, this.titleValue)?.value;
      button.textContent = at + 1;
      button.setAttribute("aria-label", name ? `${at + 1}: ${name}` : `${at + 1}`);
      button.setAttribute("aria-pressed", at === this.chosen);
      button.hidden = x === null || y === null;
      area.hidden = button.hidden || !this.field(item, "width");
      Object.assign(button.style, { left: `${within(x)}%`, top: `${within(y)}%` });
      const size = { width: `${this.share(item, "width") || 0}%`, height: `${this.share(item, "height") || 0}%` };
      Object.assign(area.style, { left: `${x}%`, top: `${y}%`, ...size });
    }
  }

  window.wagtail.app.register("point-picker", PointPicker);
})();
