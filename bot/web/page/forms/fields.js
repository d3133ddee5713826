// The fields of the form: they come and go with the answers, and each answer is kept as soon as it is given.

import { Failed, post } from "./api.js";
import { Field } from "./field.js";
import { word } from "./words.js";

const AGAIN_MS = 3000;

export class Fields {
  constructor(list, { saved, shown, failed }) {
    Object.assign(this, { list, saved, shown, failed });
    this.all = new Map();
    this.saving = null;
  }

  get inOrder() {
    return [...this.list.children].map((element) => this.all.get(element.dataset.key));
  }

  show(page) {
    const wanted = page.questions.map((question) => {
      const field = this.all.get(question.key);
      if (field) field.show(question);
      else this.all.set(question.key, new Field(question, () => this.save()));
      return this.all.get(question.key);
    });
    const keys = new Set(wanted.map((field) => field.key));
    for (const [key, field] of this.all) {
      if (keys.has(key)) continue;
      field.element.remove();
      this.all.delete(key);
    }
    wanted.forEach((field, at) => {
      if (this.list.children[at] !== field.element) this.list.insertBefore(field.element, this.list.children[at] ?? null);
      if (field.input) field.grow();
    });
    for (const field of wanted) if (!(field.key in page.wrong) && !field.isChanged()) field.complain("");
    for (const [key, text] of Object.entries(page.wrong)) this.all.get(key)?.complain(text);
    for (const key of page.missing) this.all.get(key)?.complain(word("missing"));
    this.shown(page);
  }

  // Answers that are not kept yet. What was found wrong and stands as it was is not sent again by itself.
  unsaved({ wrong = false } = {}) {
    return this.inOrder.filter((field) => field.isChanged() && (wrong || field.answer().text !== field.refused));
  }

  // One saving at a time; what changes meanwhile is saved after it.
  async save() {
    clearTimeout(this.again);
    if (this.saving) return this.saving;
    this.saving = this.saveAll().finally(() => (this.saving = null));
    return this.saving;
  }

  async saveAll() {
    for (let fields = this.unsaved(); fields.length; fields = this.unsaved()) {
      this.saved("saving");
      const answers = this.sending(fields);
      try {
        this.took(fields, (await post("answer", { answers })).page);
        this.saved("saved");
      } catch (error) {
        const passing = error instanceof Failed && (error.key === "offline" || error.status >= 500);
        if (!passing) return this.failed(error);
        this.saved("waiting");
        this.again = setTimeout(() => this.save(), AGAIN_MS);
        return;
      }
    }
  }

  sending(fields) {
    return fields.map((field) => (field.sent = field.answer()));
  }

  took(fields, page) {
    const now = new Map(page.questions.map((question) => [question.key, question]));
    for (const field of fields) {
      field.refused = field.key in page.wrong ? field.sent.text : undefined;
      if (field.refused === undefined && now.has(field.key)) field.taken(now.get(field.key));
    }
    this.show(page);
  }

  // Everything that is not kept yet goes with the review, what was wrong before as well: its error is told again.
  async review() {
    await this.saving;
    const fields = this.unsaved({ wrong: true });
    const done = await post("review", { answers: this.sending(fields) });
    if (done.page) this.took(fields, done.page);
    return done;
  }
}
