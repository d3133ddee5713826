// The chat that the page was opened from: how one proves to be its person, and how one gets back.

import { Failed, place, post } from "./api.js";

const [channel, address] = place.as.split(/:(.*)/);
const told = new URLSearchParams(location.hash.slice(1));
const launch = told.get("tgWebAppData");
const tried = told.has("entered");

export const refused = told.get("refused");

// Enter, or go where one can; false when that has been tried and did not help.
export async function enter() {
  const wanted = new URLSearchParams({ ...place, as: place.as });
  if (channel === "telegram" && launch) {
    await post("telegram", { data: launch, as: place.as });
    return true;
  }
  if (tried) return false;
  if (channel === "wecom") return goTo(`/forms/wecom?${wanted}`);
  if (channel === "web") return goTo(`/chat/form?${new URLSearchParams({ ...place, as: address })}`);
  return false;
}

function goTo(where) {
  location.replace(where);
  return new Promise(() => {}); // the page is on its way out
}

// Loaded again later, the page may try again; Telegram's launch data stays.
export function entered() {
  if (tried) history.replaceState(null, "", location.pathname + location.search);
}

// What Telegram's apps listen to; its own script does the same, from a host that we do not load anything from.
function tellTelegram(event) {
  const proxy = window.TelegramWebviewProxy;
  if (proxy) proxy.postEvent(event, "{}");
  else window.external?.notify?.(JSON.stringify({ eventType: event, eventData: {} }));
}

export function greet() {
  if (channel !== "telegram") return;
  tellTelegram("web_app_ready");
  tellTelegram("web_app_expand");
}

export function leave() {
  if (channel === "web") location.assign(`/chat?as=${encodeURIComponent(address)}`);
  else if (channel === "telegram") tellTelegram("web_app_close");
  else window.WeixinJSBridge?.call("closeWindow");
}

export const mayEnter = (error) => error instanceof Failed && error.key === "not-entered";
