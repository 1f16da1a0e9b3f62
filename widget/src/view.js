// What the conversation tells the page: states of a message, trouble, the clock.
import { anchor, button } from "./dom.js";
import { site, t } from "./words.js";

const SOON = 400;
const SAID = 2000;

export class View {
  constructor(chat) {
    this.chat = chat;
  }

  get log() {
    return this.chat.log;
  }

  sent(item) {
    const made = this.log.you({ id: item.id, text: item.said });
    this.log.state(made, t("waiting"));
  }

  /** Show that it is being answered; say so once, after a while. */
  busy(item, on) {
    this.timers?.forEach(clearTimeout);
    const made = this.log.mine(item.id);
    if (on && made) this.log.state(made, t("sending"));
    if (!on) return this.log.typing(false);
    this.timers = [
      setTimeout(() => this.log.typing(true), SOON),
      setTimeout(() => this.chat.speaker.say(t("typing")), SAID),
    ];
  }

  line(line, quiet) {
    if (line.type === "notice" && line.kind === "pinned") return this.chat.pin(line);
    if (line.type === "crisis") this.chat.help(line, quiet);
    if (line.type !== "you") this.log.typing(false);
    this.log.line(line, quiet);
  }

  delivered(item) {
    const made = this.log.mine(item.id);
    if (made) this.log.state(made, "");
  }

  settled(_item, lines) {
    this.log.following = false;
    if (this.troubled) this.chat.news();
    this.troubled = false;
    if (lines.length) this.chat.hear(lines);
  }

  /** Say what is wrong; while it is tried again by itself there is no button. */
  trouble({ code, lines, after }, item, trying) {
    const text = t(`error_${code}`, { n: after });
    const made = this.log.mine(item.id);
    const kept = item.state === "failed" && this.chat.keep.data.pending.includes(item);
    const retry = kept && (() => this.chat.talk.retry(item.id));
    if (made) this.log.state(made, trying ? t("waiting") : t("not_sent"));
    if (!kept && !trying && /^too/.test(code)) this.chat.ui.input.value ||= item.said;
    this.log.typing(false);
    this.log.trouble(text, lines, retry);
    this.chat.speaker.say(text, true);
  }

  renewed() {
    this.log.note(t("error_session"));
  }

  status(name) {
    this.troubled = name === "reconnecting";
    if (name === "online" && this.chat.ui.news.hidden) return;
    const numbers = site.help.flatMap((line) => line.links.filter((link) => /^tel/.test(link.url)));
    this.chat.news(t(name), ...(name === "online" ? [] : numbers.slice(0, 2).map((link) => anchor(link.title, link.url))));
    if (name === "online") setTimeout(() => this.chat.ui.news.textContent === t(name) && this.chat.news(), 4000);
  }

  /** Two minutes left; no clock runs while a crisis panel stands. */
  warn() {
    if (!this.chat.keep.data.lines.length) return;
    const stay = () => this.chat.talk.resume().then(() => this.chat.news());
    if (this.chat.helpLines) return stay();
    this.chat.news(t("expiring"), button(t("stay"), stay, { class: "small" }));
  }

  expired() {
    this.chat.news(t("expired"));
  }
}
