// The conversation: what is shown, in the order of time, and what is sent.

import { Failed, get, newKey, post } from "./api.js";
import { bubble, dayLine } from "./bubble.js";
import { Line } from "./line.js";
import { language, reasonOf, word } from "./words.js";

const MOST_FILE_BYTES = 20 * 1024 * 1024;
const NEAR_END_PX = 120;
const LAST = "9999"; // sorts behind every moment: what is still being sent

const element = (id) => document.getElementById(id);
const list = element("messages");
const field = element("text");

// A picture takes its room only once it is there: whoever reads at the end goes on reading at the end.
const keepAtEnd = ({ target: picture }) => {
  const below = list.scrollHeight - list.scrollTop - list.clientHeight;
  if (below - picture.offsetHeight < NEAR_END_PX) list.scrollTop = list.scrollHeight;
};
list.addEventListener("load", keepAtEnd, true);

export class Talk {
  constructor(person, { introduced, left, notice, unread }) {
    Object.assign(this, { person, introduced, left, notice, unread });
    this.shown = new Map();
    this.cursor = "";
    this.tapped = new Set(); // messages whose tap is on its way
    this.awaiting = false; // a button was tapped, and focus goes to the answer
    this.line = new Line(person, {
      changed: () => this.news(),
      lost: (is) => this.lost(is),
    });
  }

  async open() {
    element("talk").hidden = false;
    field.focus();
    await this.news();
    list.scrollTop = list.scrollHeight;
  }

  close() {
    this.closed = true;
    this.line.close();
    list.replaceChildren();
    element("talk").hidden = true;
  }

  lost(is) {
    if (is !== Boolean(this.isLost)) this.notice(is ? word("reconnecting") : "");
    this.isLost = is;
  }

  // Everything again, in the language that is read now.
  async reread() {
    const sending = [...this.shown.values()].filter(({ item }) => item.state);
    this.shown = new Map(sending.map((one) => [one.item.id, one]));
    this.cursor = "";
    await this.news();
    list.scrollTop = list.scrollHeight;
  }

  // One reading at a time; being asked meanwhile means reading once more.
  async news() {
    this.wanted = true;
    if (this.reading) return this.reading;
    this.reading = this.readOn().finally(() => (this.reading = null));
    return this.reading;
  }

  async readOn() {
    while (this.wanted) {
      this.wanted = false;
      const after = this.cursor;
      try {
        const page = await get("messages", { as: this.person, after });
        if (this.closed) return;
        if (after !== this.cursor) continue; // reread began meanwhile
        this.introduced(page.me, page.language);
        this.take(page.items, after === "");
        this.cursor = page.cursor;
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        if (error.status === 401 && !this.closed) this.left();
        return;
      }
    }
  }

  take(items, first) {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
    const held = document.activeElement?.closest("[data-id]")?.dataset.id;
    const fresh = items.filter((item) => this.put(item));
    if (!fresh.length) return;
    list.setAttribute("aria-busy", String(first));
    this.arrange();
    list.setAttribute("aria-busy", "false");
    if (atEnd) list.scrollTop = list.scrollHeight;
    if (!first) this.unread(fresh.filter((item) => item.from === "desk").length);
    if (this.awaiting && fresh.some((item) => item.from === "desk")) this.attend();
    else if (held && !list.contains(document.activeElement)) this.shown.get(held).element.focus();
  }

  // Show an item, or put it in the place of what it was. False when nothing changed.
  put(item) {
    const before = this.shown.get(item.id);
    const text = JSON.stringify([item, language]);
    if (before?.text === text) return false;
    const shown = bubble(item, {
      person: this.person,
      tap: (of, button, pressed) => this.tap(of, button, pressed),
      again: () => before?.again?.() ?? this.shown.get(item.id).again?.(),
    });
    this.shown.set(item.id, { item, text, element: shown, again: before?.again });
    return true;
  }

  arrange() {
    const order = [...this.shown.values()].sort((a, b) => (a.item.at < b.item.at ? -1 : a.item.at > b.item.at ? 1 : 0));
    const question = order.findLast(({ item }) => item.from === "desk");
    let day = "";
    const rows = [];
    for (const one of order) {
      const at = one.item.at === LAST ? "" : new Date(one.item.at).toDateString();
      if (at && at !== day) rows.push(dayLine(one.item.at));
      day = at || day;
      one.element.classList.toggle("latest", one === question);
      one.element.classList.toggle("live", Boolean(one.item.live));
      rows.push(one.element);
    }
    this.place(rows);
  }

  // Only what changes is moved, so that focus stays and screen readers tell the news alone.
  place(rows) {
    const kept = new Set(rows);
    const days = new Map([...list.querySelectorAll(".day")].map((row) => [row.textContent, row]));
    const wanted = rows.map((row) => (row.className === "day" ? (days.get(row.textContent) ?? row) : row));
    for (const row of wanted) kept.add(row);
    for (const row of [...list.children]) if (!kept.has(row)) row.remove();
    wanted.forEach((row, index) => {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
  }

  // Focus goes to the message, not onto its first button: a key held down too long must not decide anything.
  attend() {
    this.awaiting = false;
    const question = list.querySelector(".latest:has(button)");
    (question ?? field).focus({ preventScroll: true });
  }

  // Sending: shown at once, sent until taken, sent again by hand under the same key where that failed.
  async send(path, show, request) {
    const key = newKey();
    const item = { id: `me-${key}`, from: "me", at: LAST, html: "", buttons: [], file: null, ...show };
    const attempt = async () => {
      this.put({ ...item, state: "pending" });
      this.shown.get(item.id).again = attempt;
      this.arrange();
      list.scrollTop = list.scrollHeight;
      try {
        const { query, body } = request(key);
        await post(path, { as: this.person, ...query }, body);
        await this.news();
      } catch (error) {
        if (error.status === 401) return this.left();
        this.put({ ...item, state: "failed", reason: reasonOf(error) });
        this.arrange();
      }
    };
    await attempt();
  }

  say(text) {
    this.awaiting = false;
    return this.send("say", { text }, (key) => ({ body: { key, text } }));
  }

  async tap(item, button, pressed) {
    if (this.tapped.has(item.id)) return;
    this.tapped.add(item.id);
    this.awaiting = true;
    pressed.setAttribute("aria-busy", "true");
    const body = (key) => ({ body: { key, data: button.data, label: button.label, message: item.id } });
    await this.send("tap", { text: button.label }, body);
    pressed.removeAttribute("aria-busy");
    this.tapped.delete(item.id);
  }

  async sendFile(file) {
    if (file.size > MOST_FILE_BYTES) return this.notice(word("error-too-large"));
    await this.send("file", { file: { name: file.name } }, (key) => {
      const body = new FormData();
      body.append("file", file, file.name);
      return { query: { key }, body };
    });
  }
}
