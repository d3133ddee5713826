// The words of the page itself; questions, errors beside them and outcomes come from the server in their final words.

const catalogs = await (await fetch("/forms/page/words.json")).json();

export let language = navigator.language.toLowerCase().startsWith("zh") ? "zh_CN" : "en";

export function word(key, facts = {}) {
  const text = catalogs[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

export function speak(code) {
  language = code in catalogs ? code : "zh_CN";
  document.documentElement.lang = language.replace("_", "-");
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
}
