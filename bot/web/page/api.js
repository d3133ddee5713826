// Requests to the server. A change carries a key of our own, so that asking again after a lost answer is harmless.

const PAUSES_MS = [400, 1200, 3000];

export class Failed extends Error {
  constructor(key, text = "", status = 0) {
    super(key);
    this.key = key;
    this.text = text;
    this.status = status;
  }
}

const address = (path, query) => `/chat/api/${path}?${new URLSearchParams(query)}`;

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failed(body.error ?? "trouble", body.text ?? "", response.status);
  return body;
}

export async function get(path, query = {}) {
  const response = await fetch(address(path, query)).catch(() => {
    throw new Failed("offline");
  });
  return read(response);
}

export async function post(path, query, body) {
  const file = body instanceof FormData;
  const request = {
    method: "POST",
    body: file ? body : JSON.stringify(body),
    headers: file ? {} : { "Content-Type": "application/json" },
  };
  for (const pause of [...PAUSES_MS, null]) {
    try {
      return await read(await fetch(address(path, query), request));
    } catch (error) {
      const passing = !(error instanceof Failed) || error.status >= 500;
      if (!passing) throw error;
      if (pause === null) throw error instanceof Failed ? error : new Failed("offline");
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

export const fileAddress = (item, person) => address(`file/${item}`, { as: person });
export const eventsAddress = (person) => address("events", { as: person });

// Browsers offer randomUUID in secure contexts only; a company may serve the chat over plain HTTP inside its walls.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
