// The conversation: what was typed is kept until it is answered, sent in order, and each line is taken once.
import { uuid, wait } from "./dom.js";
import { learn } from "./words.js";
import { Trouble } from "./wire.js";

const TRIES = 3;
const WARN = 120000;

/** `view` is told: line, sent, busy, trouble, settled, renewed, warn, expired, status. */
export class Talk {
  constructor(wire, keep, view, { org = "", framed = false } = {}) {
    Object.assign(this, { wire, keep, view, org, framed, busy: false, ending: [] });
    addEventListener("online", () => (this.view.status("online"), this.flush(), this.pump()));
    addEventListener("offline", () => this.view.status("offline"));
  }

  get data() {
    return this.keep.data;
  }

  /** After a reload: what is waiting is sent again under its old id; otherwise ask for what was missed. */
  async restore() {
    this.watch();
    for (const item of this.data.pending) item.state = "queued";
    if (this.data.pending.length) return this.pump();
    if (this.data.token || this.framed) await this.resume();
  }

  async resume() {
    try {
      await this.wire.stream("resume", { after: this.data.seq }, this.data.token, (line) => this.take(line, true));
    } catch (error) {
      if (error.status === 401 && this.data.token) this.expire();
    }
    this.keep.save();
  }

  /** Put a message in the queue; `said` is what the visitor sees. */
  say(body, said = "") {
    const item = { id: uuid(), body, said, state: "queued" };
    this.data.pending.push(item);
    this.keep.save();
    if (said) this.view.sent(item);
    this.pump();
    return item;
  }

  retry(id) {
    const item = this.data.pending.find((one) => one.id === id);
    if (!item) return;
    item.state = "queued";
    this.pump();
  }

  /** Send what waits, one after the other. */
  async pump() {
    if (this.busy) return;
    const began = this.generation;
    this.busy = true;
    for (let item; (item = this.data.pending.find((one) => one.state === "queued")); ) {
      if (navigator.onLine === false) {
        this.view.status("offline");
        break;
      }
      await this.deliver(item);
      if (began !== this.generation) return;
    }
    this.busy = false;
  }

  async deliver(item) {
    const began = this.generation;
    const heard = [];
    item.state = "sending";
    this.view.busy(item, true);
    for (let tries = 1; ; tries++) {
      try {
        await this.session();
        const body = { id: item.id, ...item.body };
        await this.wire.stream("message", body, this.data.token, (line) => this.take(line, false, heard, began));
        this.drop(item);
        break;
      } catch (error) {
        if (began !== this.generation) return;
        const again = await this.again(error, item, tries);
        if (!again) break;
      }
    }
    if (began !== this.generation) return;
    this.view.busy(item, false);
    this.view.settled(item, heard);
    this.keep.save();
  }

  /** Decide what follows trouble; true when the same message goes out again now. */
  async again(error, item, tries) {
    if (!(error instanceof Trouble)) throw error;
    if (error.status === 401 && tries <= TRIES) {
      this.data.token = "";
      this.data.seq = 0;
      this.view.renewed();
      return true;
    }
    if (error.retry && tries <= TRIES && navigator.onLine !== false) {
      if (error.code === "rate_limit") this.view.trouble(error, item, true);
      else if (tries === 2) this.view.status("reconnecting");
      await wait(error.after ? error.after * 1000 : 1000 * 2 ** (tries - 1) + Math.random() * 500);
      return true;
    }
    if (navigator.onLine === false && error.retry) {
      item.state = "queued";
      this.view.status("offline");
      return false;
    }
    item.state = "failed";
    if (!/^(failed|timeout|network|busy|rate_limit|session)$/.test(error.code)) this.drop(item);
    this.view.trouble(error, item, false);
    return false;
  }

  drop(item) {
    this.data.pending = this.data.pending.filter((one) => one !== item);
    this.view.delivered(item);
    this.keep.save();
  }

  /** Begin a session when there is none. */
  async session() {
    if (this.data.token) return;
    const body = { consent: true, org: this.org, framed: this.framed, lang: document.documentElement.lang || "" };
    const found = await (await this.wire.post("session", body)).json();
    learn(found);
    this.renew(found);
  }

  renew({ token, expires_in }) {
    this.keep.save({ token, ends: Date.now() + expires_in * 1000 });
    this.watch();
  }

  /** Take one line; a number seen before is passed over. */
  take(line, quiet, heard = [], began = this.generation) {
    if (began !== this.generation) return;
    if (line.type === "token") return this.renew(line);
    if (line.type === "erased") {
      this.data.lines = [];
      this.view.log.clear();
    }
    if (!(line.seq > this.data.seq)) return;
    this.data.seq = line.seq;
    this.data.lines.push(line);
    heard.push(line);
    this.view.line(line, quiet);
    this.keep.save();
  }

  /** Warn two minutes before a quiet session closes. */
  watch() {
    clearTimeout(this.warning);
    clearTimeout(this.closing);
    if (!this.data.token) return;
    const left = this.data.ends - Date.now();
    this.warning = setTimeout(() => this.view.warn(), Math.max(0, left - WARN));
    this.closing = setTimeout(() => this.expire(), Math.max(0, left));
  }

  expire() {
    this.keep.save({ token: "", seq: 0 });
    this.view.expired();
  }

  /** Erase: here at once, on the server as soon as it can be reached. */
  async end() {
    this.generation = uuid();
    this.busy = false;
    clearTimeout(this.warning);
    clearTimeout(this.closing);
    if (this.data.token || this.framed) this.ending.push(this.data.token);
    this.keep.clear();
    await this.flush();
  }

  async flush() {
    for (const token of [...this.ending]) {
      const gone = await this.wire.post("end", {}, token).then(() => true, (error) => error.status === 401);
      if (gone) this.ending.splice(this.ending.indexOf(token), 1);
    }
  }
}
