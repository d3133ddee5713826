// One question as a field: words, input, choices, and beside it what is wrong with the answer.

import { make } from "./markup.js";
import { word } from "./words.js";

export class Field {
  // `changed(field)`: an answer was given.
  constructor(question, changed) {
    this.key = question.key;
    this.changed = changed;
    this.kept = { text: "", chosen: "" };
    this.hint = make("span", { class: "hint", id: `hint-${this.key}` });
    this.error = make("p", { class: "error", id: `error-${this.key}`, "aria-live": "polite" });
    this.element = question.closed ? this.choice() : this.line(question);
    this.show(question);
  }

  choice() {
    this.title = make("span", { class: "title", id: `title-${this.key}` });
    this.options = make("div", {
      class: "options",
      role: "radiogroup",
      "aria-labelledby": this.title.id,
      "aria-describedby": `hint-${this.key} error-${this.key}`,
    });
    return make("div", { class: "field", "data-key": this.key }, this.title, this.hint, this.options, this.error);
  }

  line(question) {
    const id = `field-${this.key}`;
    this.title = make("label", { class: "title", for: id });
    this.input = make("textarea", {
      id,
      rows: 1,
      maxlength: 2000,
      autocomplete: "off",
      enterkeyhint: "next",
      ...(question.keyboard ? { inputmode: question.keyboard } : {}),
      "aria-describedby": `hint-${this.key} error-${this.key}`,
    });
    this.options = make("div", { class: "options" });
    this.input.addEventListener("input", () => this.grow());
    this.input.addEventListener("change", () => this.changed(this));
    const inside = [this.title, this.hint, this.input, this.error, this.options];
    return make("div", { class: "field", "data-key": this.key }, ...inside);
  }

  // The question as it stands now; what is being typed, or was not taken, stays.
  show(question) {
    const answered = this.isChanged() ? null : question;
    this.question = question;
    this.title.replaceChildren(question.title);
    if (question.optional) this.title.append(make("small", {}, ` ${word("optional")}`));
    this.hint.textContent = question.hint;
    const offered = JSON.stringify(question.choices);
    if (offered !== this.offered) this.offer(question);
    this.offered = offered;
    if (answered) this.put(answered);
  }

  offer({ choices, closed }) {
    const held = this.answer();
    this.options.replaceChildren(...choices.map(([value, label]) => (closed ? this.radio(value, label) : this.chip(label))));
    if (closed) this.select(held.text);
  }

  radio(value, label) {
    const input = make("input", { type: "radio", name: `choice-${this.key}`, value });
    input.addEventListener("change", () => this.changed(this));
    return make("label", { class: "chip" }, input, make("span", {}, label));
  }

  chip(label) {
    const choose = () => {
      this.input.value = label;
      this.grow();
      this.changed(this);
    };
    return make("button", { type: "button", class: "chip", onclick: choose }, label);
  }

  put({ text, chosen }) {
    this.kept = { text, chosen };
    if (!this.input) return this.select(chosen);
    if (this.input.value !== text) this.input.value = text;
    this.grow();
  }

  select(value) {
    for (const input of this.options.querySelectorAll("input")) input.checked = input.value === value;
  }

  answer() {
    if (this.input) return { key: this.key, text: this.input.value, chosen: false };
    const text = this.options.querySelector("input:checked")?.value ?? "";
    return { key: this.key, text, chosen: Boolean(text) };
  }

  isChanged() {
    const { text } = this.answer();
    return text !== (this.input ? this.kept.text : this.kept.chosen);
  }

  // What was sent has been taken, as it reads now.
  taken({ text, chosen }) {
    const now = this.answer();
    if (now.text === this.sent?.text) this.put({ text, chosen });
    else this.kept = { text, chosen };
  }

  complain(text) {
    this.error.textContent = text;
    const wrong = text ? "true" : "false";
    if (this.input) this.input.setAttribute("aria-invalid", wrong);
    for (const input of this.options.querySelectorAll("input")) input.setAttribute("aria-invalid", wrong);
    this.element.classList.toggle("wrong", Boolean(text));
  }

  focus() {
    const first = this.input ?? this.options.querySelector("input:checked") ?? this.options.querySelector("input");
    first?.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "center" });
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight + 2}px`;
  }
}
