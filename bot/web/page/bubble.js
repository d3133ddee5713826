// One item of the conversation as an element.

import { fileAddress } from "./api.js";
import { make, safe } from "./markup.js";
import { locale, word } from "./words.js";

const PICTURE = /\.(png|jpe?g)$/i;

export function bubble(item, { person, tap, again }) {
  const body = make("div", { class: "body", dir: "auto" });
  if (item.broken) body.append(make("em", {}, word("message-broken")));
  else body.append(item.text ?? safe(item.html));
  const content = [];
  const file = item.file && attached(item, person);
  const picture = item.file && PICTURE.test(item.file.name);
  if (file && !picture) content.push(file);
  if (body.textContent) content.push(body);
  if (file && picture) content.push(file); // the words first: a picture shows what they say
  if (item.buttons.length) content.push(buttons(item, tap));
  content.push(foot(item, again));
  return make("li", { class: `item ${item.from} ${item.state ?? ""}`, "data-id": item.id, tabindex: -1 }, ...content);
}

function attached(item, person) {
  if (item.state) return make("span", { class: "file" }, item.file.name);
  const href = fileAddress(item.id, person);
  const inside = PICTURE.test(item.file.name)
    ? make("img", { src: href, alt: item.file.name, loading: "lazy" })
    : item.file.name;
  return make("a", { class: "file", href, download: item.file.name }, inside);
}

function buttons(item, tap) {
  const rows = item.buttons.map((row) => {
    const line = row.map((button) =>
      button.link
        ? make("a", { class: "button", href: button.link }, button.label)
        : make("button", { type: "button", onclick: (event) => tap(item, button, event.currentTarget) }, button.label),
    );
    return make("div", { class: "row" }, ...line);
  });
  return make("div", { class: "buttons" }, ...rows);
}

function foot(item, again) {
  if (item.state === "pending") return make("small", { class: "foot" }, word("sending"));
  if (item.state === "failed") {
    const retry = make("button", { type: "button", class: "link", onclick: again }, word("again"));
    return make("small", { class: "foot" }, `${item.reason || word("not-sent")} `, retry);
  }
  const time = new Date(item.at).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hour12: false });
  const clock = make("time", { datetime: item.at }, time);
  return make("small", { class: "foot" }, ...(item.edited ? [`${word("edited")} · `] : []), clock);
}

export function dayLine(at) {
  const day = new Date(at);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  const text =
    days === 0 ? word("today") : days === 1 ? word("yesterday") : day.toLocaleDateString(locale(), { dateStyle: "medium" });
  return make("li", { class: "day" }, make("time", { datetime: at.slice(0, 10) }, text));
}
