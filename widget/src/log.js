// The visible conversation: puts lines in, keeps the place of someone who reads further up.
import { button, h, paragraphs } from "./dom.js";
import { helpLines } from "./help.js";
import { render, settle } from "./parts.js";
import { site, t } from "./words.js";

const NEAR = 80;

export class Log {
  constructor(view) {
    this.view = view;
    this.list = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": t("earlier"), tabindex: 0 });
    this.below = button(t("new_messages"), () => this.toEnd(), { class: "below", hidden: true });
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  /** Who scrolls up is not followed any more. */
  scrolled() {
    if (this.near()) this.below.hidden = true;
    else if (this.list.scrollTop < this.at) this.following = false;
  }

  near() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.below.hidden = true;
  }

  clear() {
    this.list.replaceChildren();
    this.dots = this.turn = null;
  }

  /** Add an element; follow the talk only as far as the beginning of this turn, and only for who was at the end. */
  put(made, quiet) {
    const follow = quiet || this.near() || this.following;
    this.list.insertBefore(made, this.dots?.isConnected ? this.dots : null);
    if (!follow) return (this.below.hidden = false);
    this.following = true;
    const top = this.turn?.isConnected ? this.turn.offsetTop - this.list.offsetTop - 8 : Infinity;
    this.list.scrollTop = Math.min(this.list.scrollHeight, quiet ? Infinity : top);
    this.at = this.list.scrollTop;
  }

  line(line, quiet) {
    if (line.type === "you") return this.you(line, quiet);
    const made = render(line, this.view);
    if (made) this.put(made, quiet);
  }

  /** The visitor's words: once, whether typed here or heard back from the server. */
  you({ id, text }, quiet) {
    const known = this.mine(id);
    if (known) {
      this.state(known, "");
      return known;
    }
    for (const group of this.list.querySelectorAll(".taps")) settle(group, text);
    const made = render({ type: "you", text }, this.view);
    made.dataset.you = id;
    this.turn = made;
    this.following = true;
    this.put(made, quiet);
    return made;
  }

  mine(id) {
    return [...this.list.querySelectorAll("[data-you]")].find((made) => made.dataset.you === id);
  }

  /** A word under one's own message: waiting, sending, not sent (with a way to try again). */
  state(made, text, retry) {
    made.nextElementSibling?.matches(".state") && made.nextElementSibling.remove();
    if (text) made.after(h("p", { class: "state" }, text, retry && button(t("retry"), retry, { class: "small" })));
  }

  typing(on) {
    this.dots?.remove();
    this.dots = on ? h("p", { class: "note" }, t("typing")) : null;
    if (on) this.put(this.dots);
  }

  /** What went wrong, what happens with the message, and who can be reached. */
  trouble(text, lines, retry) {
    this.list.querySelectorAll(".trouble").forEach((old) => old.remove());
    const help = lines?.length ? lines : site.help;
    const made = h("div", { class: "trouble" }, paragraphs(text), helpLines(help, this.view.root),
      retry && button(t("retry"), () => (made.remove(), retry()), { class: "main" }));
    this.put(made);
    return made;
  }

  note(text) {
    this.put(h("p", { class: "note" }, text));
  }
}
