// The page: who one is, which language, and what the fields and buttons around the conversation do.

import { post } from "./api.js";
import { Entrance } from "./entrance.js";
import { Talk } from "./talk.js";
import { language, other, reasonOf, speak, word } from "./words.js";

const element = (id) => document.getElementById(id);
const field = element("text");
let talk = null;
let name = "";
let unread = 0;

function notice(text) {
  element("notice").textContent = text;
  element("notice").hidden = !text;
}

function title() {
  document.title = `${unread ? `(${unread}) ` : ""}${name ? `${name} · ` : ""}${word("title")}`;
}

function introduce(me, code) {
  if (code !== language) speak(code);
  name = me.name;
  element("name").textContent = me.name;
  element("role").textContent = me.roles.join(" · ");
  title();
}

async function enter(person, text = "") {
  history.replaceState(null, "", `/chat?as=${person}`);
  entrance.close();
  element("other").hidden = false;
  talk = new Talk(person, {
    introduced: introduce,
    left: leave,
    notice,
    unread: (count) => {
      if (!document.hidden && document.hasFocus()) return;
      unread += count;
      title();
    },
  });
  await talk.open();
  if (text) await talk?.say(text);
}

function leave() {
  talk?.close();
  talk = null;
  name = "";
  unread = 0;
  element("other").hidden = true;
  history.replaceState(null, "", "/chat");
  speak(language);
  title();
  entrance.open();
}

const entrance = new Entrance(enter, notice);

async function switchLanguage() {
  const code = other();
  try {
    if (talk) await post("language", { as: talk.person }, { language: code });
  } catch (error) {
    return notice(reasonOf(error));
  }
  speak(code);
  title();
  await (talk ? talk.reread() : entrance.refresh());
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function submit(event) {
  event.preventDefault();
  const text = field.value;
  if (!text.trim()) return field.focus();
  field.value = "";
  grow();
  field.focus();
  talk.say(text);
}

const sendFiles = (files) => [...files].forEach((file) => talk?.sendFile(file));

element("language").addEventListener("click", switchLanguage);
element("composer").addEventListener("submit", submit);
element("attach").addEventListener("click", () => element("file").click());
element("file").addEventListener("change", (event) => {
  sendFiles(event.target.files);
  event.target.value = "";
  field.focus();
});
field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  // While a Chinese input method is choosing characters, Enter belongs to it.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
field.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) event.preventDefault();
  sendFiles(event.clipboardData.files);
});
element("talk").addEventListener("dragover", (event) => event.preventDefault());
element("talk").addEventListener("drop", (event) => {
  event.preventDefault();
  sendFiles(event.dataTransfer.files);
});
for (const event of ["focus", "visibilitychange"]) {
  window.addEventListener(event, () => {
    if (document.hidden) return;
    unread = 0;
    title();
  });
}

speak(language);
const known = new URLSearchParams(location.search).get("as");
if (known) enter(known);
else entrance.open();
