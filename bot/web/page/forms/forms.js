// The page: the form, the whole of it to be looked over, and what came of it.

import { Failed, get, post, reasonOf } from "./api.js";
import { Fields } from "./fields.js";
import { enter, entered, greet, leave, mayEnter, refused } from "./host.js";
import { safe } from "./markup.js";
import { language, speak, word } from "./words.js";

const element = (id) => document.getElementById(id);
let changed = false; // something was kept that the chat has not been told

const fields = new Fields(element("fields"), {
  saved: (how) => {
    changed ||= how === "saved";
    element("saved").textContent = word(how);
  },
  shown: (page) => {
    const given = page.questions.filter((question) => question.given).length;
    element("title").textContent = page.title;
    element("progress").textContent = word("progress", { given, all: page.questions.length });
    document.title = page.title;
  },
  failed: (error) => fail(error),
});

function turnTo(view) {
  for (const one of ["form", "whole", "done"]) element(one).hidden = one !== view;
  element("progress").hidden = view !== "form";
  element("back").hidden = view === "done";
}

function notice(html) {
  element("notice").replaceChildren(html ? safe(html) : "");
  element("notice").hidden = !html;
}

// A sentence; where nothing more can be done on this page, nothing but the sentence and the way back.
function fail(error) {
  const over = error instanceof Failed && [401, 403].includes(error.status);
  if (!over) return notice(reasonOf(error));
  end(reasonOf(error));
}

function end(html) {
  notice("");
  turnTo("done");
  element("outcome").replaceChildren(safe(html));
  attend(element("outcome"));
  changed = false;
}

// A new view is read from its beginning.
function attend(view) {
  view.focus({ preventScroll: true });
  scrollTo(0, 0);
}

async function open() {
  speak(language);
  greet();
  if (refused) return end(word(`error-${refused}`));
  try {
    show(await load());
    entered();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    end(reasonOf(error));
  }
}

async function load() {
  try {
    return await get("page");
  } catch (error) {
    if (!mayEnter(error) || !(await enter())) throw error;
  }
  return get("page");
}

function show({ page: read }) {
  speak(read.language);
  turnTo("form");
  fields.show(read);
}

// The conversation may have gone on meanwhile.
async function refresh() {
  if (document.hidden || element("form").hidden) return;
  try {
    fields.show((await get("page")).page);
  } catch (error) {
    if (error.key !== "offline") fail(error);
  }
}

async function review(event) {
  event.preventDefault();
  notice("");
  try {
    const done = await busy(element("review"), () => fields.review());
    if (done.page) return complain(done.page);
    changed = true;
    if (!done.review.html) return send();
    element("text").replaceChildren(safe(done.review.html));
    element("send").textContent = done.review.button;
    turnTo("whole");
    attend(element("text"));
  } catch (error) {
    fail(error);
  }
}

function complain({ wrong, missing }) {
  const count = Object.keys(wrong).length;
  notice(count ? word("wrong-count", { count }) : word("missing-count", { count: missing.length }));
  fields.inOrder.find((field) => field.key in wrong || missing.includes(field.key))?.focus();
}

async function send() {
  notice("");
  try {
    const done = await busy(element("send"), () => post("send", {}));
    if (done.page) {
      turnTo("form");
      fields.show(done.page);
      return complain(done.page);
    }
    element("title").textContent = word("done");
    end(done.sent.html);
  } catch (error) {
    fail(error);
  }
}

async function busy(button, work) {
  button.disabled = true;
  try {
    return await work();
  } finally {
    button.disabled = false;
  }
}

async function back() {
  await tellChat();
  leave();
  element("stuck").hidden = false;
}

// What is not kept yet goes along. Where this fails, the chat asks what is open when it is next spoken to.
async function tellChat(how) {
  const answers = fields.sending(fields.unsaved());
  if (!changed && !answers.length) return;
  changed = false;
  await post("leave", { answers }, how).catch(() => {});
}

element("form").addEventListener("submit", review);
element("send").addEventListener("click", send);
element("change").addEventListener("click", () => {
  turnTo("form");
  attend(element("title"));
});
element("back").addEventListener("click", back);
element("leave").addEventListener("click", back);
element("fields").addEventListener("keydown", (event) => {
  // An answer is one line: Enter goes on to the next question, unless it chooses Chinese characters.
  if (event.key !== "Enter" || event.isComposing || event.target.tagName === "BUTTON") return;
  event.preventDefault();
  const all = fields.inOrder;
  const next = all[all.findIndex((field) => field.element.contains(event.target)) + 1];
  if (next) next.focus();
  else element("review").focus();
});
document.addEventListener("visibilitychange", () => (document.hidden ? fields.save() : refresh()));
window.addEventListener("pagehide", () => tellChat({ keepalive: true }));

open();
