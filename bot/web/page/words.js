// The words of the page itself. What the desk says comes from the server in its final words.

const catalogs = await (await fetch("/chat/words.json")).json();
const KEPT = "zixin-language";

export let language =
  localStorage.getItem(KEPT) ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh_CN" : "en");

export const word = (key) => catalogs[language][key] ?? key;
export const other = () => (language === "en" ? "zh_CN" : "en");
export const locale = () => language.replace("_", "-");

export function speak(code) {
  language = code in catalogs ? code : "zh_CN";
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = locale();
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", word(element.dataset.wordLabel));
  }
  for (const element of document.querySelectorAll("[data-word-placeholder]")) {
    element.placeholder = word(element.dataset.wordPlaceholder);
  }
}

export const reasonOf = (error) => error.text || (error.key ? word(`error-${error.key}`) : word("error-trouble"));
