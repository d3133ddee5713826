// Building elements. Server text is already the safe subset of HTML; here it is read as such and as nothing more.

const ALLOWED = new Set(["B", "I", "CODE"]);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function safe(html) {
  const source = new DOMParser().parseFromString(html, "text/html").body;
  const copied = document.createDocumentFragment();
  copyInto(copied, source);
  return copied;
}

// A date or a number with dashes is read in one piece, and a line does not begin with the dot between two facts.
const WHOLE = /([A-Z\d]{1,12}(?:-\d{1,12}){1,3}(?: ·(?= ))?|[^\s·] ·(?= )|^ ·(?= ))/;

function unbroken(text) {
  return text.split(WHOLE).map((part, at) => (at % 2 ? make("span", { class: "whole" }, part) : part));
}

function copyInto(target, source) {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      target.append(...unbroken(node.data));
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const inner = ALLOWED.has(node.tagName) ? document.createElement(node.tagName) : target;
      copyInto(inner, node);
      if (inner !== target) target.append(inner);
    }
  }
}
