// Requests to the server about this page's form.

import { word } from "./words.js";

const query = new URLSearchParams(location.search);
export const place = {
  form: location.pathname.split("/").at(-1),
  subject: query.get("subject") ?? "",
  as: query.get("as") ?? "",
};

let token = "";

export class Failed extends Error {
  constructor(key, text = "", status = 0) {
    super(key);
    Object.assign(this, { key, text, status });
  }
}

async function ask(path, request) {
  const address = `/forms/api/${path}?${new URLSearchParams(place)}`;
  const response = await fetch(address, request).catch(() => {
    throw new Failed("offline");
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failed(body.error ?? "trouble", body.text ?? "", response.status);
  token = body.token ?? token;
  return body;
}

export const get = (path) => ask(path, {});

export function post(path, body, { keepalive = false } = {}) {
  const headers = { "Content-Type": "application/json", "X-Zixin-Form": token };
  return ask(path, { method: "POST", body: JSON.stringify(body), headers, keepalive });
}

export const reasonOf = (error) => error.text || word(error.key ? `error-${error.key}` : "error-trouble");
