// The line to the server on which it says “there is news”.
//
// A browser opens six connections to a server, over all its windows: a window that nobody looks at gives its own back
// and asks now and then.

import { eventsAddress } from "./api.js";

const ASK_MS = 3000;

export class Line {
  constructor(person, { changed, lost }) {
    this.person = person;
    this.changed = changed;
    this.lost = lost;
    this.choose = () => (document.hidden ? this.ask() : this.listen());
    document.addEventListener("visibilitychange", this.choose);
    this.choose();
  }

  listen() {
    this.hangUp();
    this.stream = new EventSource(eventsAddress(this.person));
    this.stream.onopen = () => this.lost(false);
    this.stream.onmessage = () => this.changed();
    this.stream.onerror = () => {
      this.lost(true);
      if (this.stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      this.changed();
      this.again = setTimeout(this.choose, ASK_MS);
    };
  }

  ask() {
    this.hangUp();
    this.timer = setInterval(this.changed, ASK_MS);
  }

  hangUp() {
    clearInterval(this.timer);
    clearTimeout(this.again);
    this.stream?.close();
  }

  close() {
    document.removeEventListener("visibilitychange", this.choose);
    this.hangUp();
  }
}
