// The first screen: three things to try, everybody one can be, or a field for the invitation code.

import { get, newKey, post } from "./api.js";
import { make } from "./markup.js";
import { language, reasonOf, word } from "./words.js";

const EXAMPLES = [
  { name: "check", role: "sales" },
  { name: "ask", role: "sales" },
  { name: "aging", role: "credit_controller" },
];

const element = (id) => document.getElementById(id);

export class Entrance {
  // `entered(person, text)`: somebody came in, and says `text` at once where it is not empty.
  constructor(entered, notice) {
    this.entered = entered;
    this.notice = notice;
    element("login").addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter({ code: element("code").value });
    });
  }

  async open() {
    element("entrance").hidden = false;
    await this.refresh();
    element("code").focus();
  }

  async refresh() {
    try {
      const { mode, groups } = await get("people", { language });
      element("login").hidden = mode !== "login";
      element("demo").hidden = mode !== "demo";
      if (mode === "demo") this.show(groups);
    } catch (error) {
      this.notice(reasonOf(error));
    }
  }

  close() {
    element("entrance").hidden = true;
  }

  show(groups) {
    const everyone = groups.flatMap((group) => group.people);
    const examples = EXAMPLES.map(({ name, role }) => ({
      name,
      person: everyone.find((one) => one.codes.includes(role)),
    })).filter(({ person }) => person);
    element("examples").replaceChildren(...examples.map((example) => this.example(example)));
    element("people").replaceChildren(...groups.map((group) => this.group(group)));
  }

  example({ name, person }) {
    const text = word(`example-${name}-say`);
    return make(
      "button",
      { type: "button", class: "example", onclick: () => this.enter({ person: person.id }, text) },
      make("strong", {}, word(`example-${name}-title`)),
      make("span", { class: "quote" }, text),
      make("small", {}, `${person.name} · ${person.roles.join(" · ")}`),
    );
  }

  group({ key, people }) {
    const heading = make("h3", { id: `group-${key}` }, word(key));
    const list = make(key === "signing" ? "ol" : "ul", { class: `people ${key}`, "aria-labelledby": heading.id });
    for (const person of people) {
      const enter = () => this.enter({ person: person.id });
      const names = [make("strong", {}, person.name), make("small", {}, person.roles.join(" · "))];
      list.append(make("li", {}, make("button", { type: "button", onclick: enter }, ...names)));
    }
    return make("section", {}, heading, list);
  }

  async enter(as, text = "") {
    this.notice("");
    const buttons = element("entrance").querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    try {
      const { id } = await post("enter", {}, { ...as, language, key: newKey() });
      element("code").value = "";
      this.entered(id, text);
    } catch (error) {
      this.notice(reasonOf(error));
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }
}
