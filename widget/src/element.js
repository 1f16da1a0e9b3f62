// <attune-chat>: the guide as one element. Attributes: mode ("page" fills its place), site (a partner's key),
// frame (the origin of the page that frames us), side ("start"), scheme ("light"), exit-url.
import { anchor, button, h, paragraphs } from "./dom.js";
import { leave, ShiftWatch } from "./exit.js";
import { helpRegion } from "./help.js";
import { Keep } from "./keep.js";
import { Log } from "./log.js";
import { buildPanel, launcher } from "./panel.js";
import { speech, Speaker } from "./speak.js";
import { Talk } from "./talk.js";
import { checkColours, sheet } from "./theme.js";
import { View } from "./view.js";
import { Wire } from "./wire.js";
import { site, t } from "./words.js";

const SMALL = "(max-width:479px),(max-height:479px)";

export class AttuneChat extends HTMLElement {
  connectedCallback() {
    if (this.root) return;
    this.root = this.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(sheet);
    this.root.adoptedStyleSheets = [style];
    this.page = this.getAttribute("mode") === "page" ? (this.getAttribute("frame") ? "frame" : "page") : "";
    if (this.hasAttribute("exit-url")) site.exit_url = this.getAttribute("exit-url");
    this.keep = new Keep();
    this.speaker = new Speaker();
    this.build();
    this.talk = new Talk(new Wire(site.base), this.keep, new View(this), {
      org: this.getAttribute("site") || "", framed: this.page === "frame",
    });
    new ShiftWatch(() => this.isOpen, (text) => this.speaker.say(text, true), () => this.leave());
    this.restore();
    if (this.page === "frame") this.framed();
  }

  /** Tell the loader that the frame is up, and hear when it is opened again. */
  framed() {
    const from = this.getAttribute("frame");
    addEventListener("message", ({ origin, source, data }) => {
      if (origin === from && source === parent && data.attune === "open") this.ui.title.focus();
    });
    parent.postMessage({ attune: "ready" }, from);
  }

  build() {
    this.log = new Log({
      root: this.root, act: (body, said) => this.talk.say(body, said), focus: () => this.ui.input.focus(), exit: () => this.leave(),
    });
    this.ui = buildPanel({
      menu: () => this.menu(), close: () => this.close(), exit: () => this.leave(), urgent: () => this.urgent(),
      submit: (event) => (event.preventDefault(), this.submit()),
    }, this.log, this.page);
    this.launch = this.page ? null : launcher(() => this.open());
    this.frame = h("div", { class: `root ${this.getAttribute("scheme")} ${this.page && "page"} ${this.getAttribute("side")}`, lang: site.lang },
      this.launch, this.ui.panel);
    this.root.append(this.frame);
    (this.page ? this.frame : this.ui.panel).append(this.speaker.polite, this.speaker.urgent);
    for (const [name, value] of Object.entries(site.colours || {})) this.frame.style.setProperty(`--attune-${name}`, value);
    checkColours(this.frame);
    matchMedia("(prefers-color-scheme:dark)").addEventListener("change", () => checkColours(this.frame));
    this.listen();
  }

  listen() {
    const { input, panel } = this.ui;
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    panel.addEventListener("cancel", (event) => (event.preventDefault(), this.escape()));
    panel.addEventListener("keydown", (event) => event.key === "Escape" && (event.preventDefault(), this.escape()));
    if (this.launch) document.addEventListener("focusin", (event) => this.giveWay(event.target));
  }

  /** The launcher moves to the other side when it would lie over the control that has the focus. */
  giveWay(control) {
    if (this.isOpen || control === this || !control.getBoundingClientRect) return;
    const [one, other] = [this.launch, control].map((item) => item.getBoundingClientRect());
    const over = one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    if (over && other.width < innerWidth / 2) this.frame.classList.toggle("start");
  }

  get isOpen() {
    return !!this.page || this.ui.panel.open;
  }

  restore() {
    const { data } = this.keep;
    this.ui.input.value = data.draft;
    this.typed();
    const { pinned } = data;
    for (const line of data.lines) this.talk.view.line(line, true);
    for (const item of data.pending) if (item.said) this.log.state(this.log.you({ id: item.id, text: item.said }, true), t("waiting"));
    this.pin(pinned);
    this.gate(!data.consent);
    if (data.consent) this.talk.restore();
    if (this.page) this.ui.title.focus({ preventScroll: true });
    else if (data.open) this.open(false);
  }

  open(focus = true) {
    const { panel } = this.ui;
    if (panel.open) return;
    if (matchMedia(SMALL).matches) panel.showModal();
    else panel.show();
    this.launch.hidden = true;
    this.launch.setAttribute("aria-expanded", "true");
    this.keep.save({ open: true });
    this.log.toEnd();
    if (focus) this.ui.title.focus();
    else if (panel.contains(this.root.activeElement)) this.root.activeElement.blur();
  }

  close() {
    this.keep.save({ open: false });
    if (this.page) return parent.postMessage({ attune: "close" }, this.getAttribute("frame"));
    this.ui.panel.close();
    this.launch.hidden = false;
    this.launch.setAttribute("aria-expanded", "false");
    this.launch.focus();
  }

  /** Escape closes what was opened last. */
  escape() {
    if (!this.ui.help.hidden) return this.urgent();
    if (!this.ui.tools.hidden) return this.menu();
    if (this.page !== "page") this.close();
  }

  leave() {
    this.frame.hidden = true;
    leave(this.talk, this.keep, this.page === "frame" && this.getAttribute("frame"));
  }

  /** The words before the first word; nothing is sent while they stand. */
  gate(on, note = "") {
    const { gate, write } = this.ui;
    gate.hidden = !on;
    write.hidden = this.log.list.hidden = on;
    if (!on) return gate.replaceChildren();
    const start = () => {
      this.keep.save({ consent: true });
      this.gate(false);
      this.talk.say({ start: true });
      this.ui.input.focus();
    };
    gate.replaceChildren(note && h("p", { class: "note" }, note), h("h3", {}, t("consent_title")),
      ...["consent_what", "consent_kept", "consent_exit"].flatMap((key) => paragraphs(t(key))),
      site.privacy_url && h("p", {}, anchor(t("consent_privacy"), site.privacy_url)),
      button(t("consent_start"), start, { class: "main" }), button(t("consent_urgent"), () => this.urgent()));
  }

  /** Urgent help, from what this page already has. */
  urgent() {
    const { help, urgent } = this.ui;
    const on = help.hidden;
    help.hidden = !on;
    urgent.setAttribute("aria-expanded", String(on));
    for (const item of [this.log.list, this.ui.write]) item.hidden = on || !this.keep.data.consent;
    this.ui.gate.hidden = on || this.keep.data.consent;
    if (!on) return urgent.focus();
    help.replaceChildren(helpRegion(this.helpLines, () => this.urgent(), this.root));
    help.querySelector("h3").focus();
  }

  menu() {
    const { menu, tools } = this.ui;
    tools.hidden = !tools.hidden;
    menu.setAttribute("aria-expanded", String(!tools.hidden));
    if (tools.hidden) return menu.focus();
    this.offer();
  }

  offer() {
    this.ui.tools.replaceChildren(
      button(t("restart"), () => this.ask("restart")), button(t("delete"), () => this.ask("delete")));
    this.ui.tools.firstChild.focus();
  }

  /** One question before anything is erased. */
  ask(what) {
    const yes = button(t(what), () => this.erase(what === "restart"), { class: "main" });
    this.ui.tools.replaceChildren(h("p", { id: "sure" }, t(`${what}_ask`)), yes, button(t("keep"), () => this.menu()));
    yes.setAttribute("aria-describedby", "sure");
    yes.focus();
  }

  erase(again) {
    const { consent, open } = this.keep.data;
    const ended = this.talk.end();
    this.log.clear();
    this.pin(null);
    this.news();
    this.helpLines = null;
    this.ui.input.value = "";
    this.ui.tools.hidden = true;
    this.ui.menu.setAttribute("aria-expanded", "false");
    this.keep.save({ consent: consent && again, open });
    this.gate(!this.keep.data.consent, t("deleted"));
    this.speaker.say(t("deleted"));
    if (again) ended.then(() => this.talk.say({ start: true }));
    (again ? this.ui.input : this.ui.title).focus();
  }

  submit() {
    const { input } = this.ui;
    const text = input.value.trim();
    if (!text || this.over() > 0) return input.focus();
    input.value = "";
    this.typed();
    this.news();
    this.talk.say({ text }, text);
    input.focus();
  }

  over() {
    return this.ui.input.value.trim().length - 2000;
  }

  /** Keep the draft, grow with the text, say when it is too long. */
  typed() {
    const { input, over } = this.ui;
    over.textContent = this.over() > 0 ? t("too_long", { n: this.over() }) : "";
    input.setAttribute("aria-invalid", String(this.over() > 0));
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
    this.keep.save({ draft: input.value });
  }

  /** The pinned help line stays until the session ends. */
  pin(line) {
    const { pin } = this.ui;
    pin.hidden = !line;
    this.keep.save({ pinned: line });
    if (line) pin.replaceChildren(h("span", {}, line.text || t("pinned")), ...(line.links || []).map((link) => anchor(link.title, link.url)));
  }

  /** The lines of a crisis reply stand behind "Urgent help", the first of them stays in view; not where someone may look on. */
  help({ lines, quick_exit }, quiet) {
    this.helpLines = lines;
    if (!quiet && !quick_exit) this.pin({ links: lines[0]?.links.filter((link) => /^(tel|sms):/.test(link.url)) });
  }

  /** The line above the input: offline, back, about to close. */
  news(text = "", ...controls) {
    const { news } = this.ui;
    const near = this.log.near();
    news.hidden = !text;
    news.replaceChildren(h("span", {}, text), ...controls);
    if (near) this.log.toEnd();
    this.speaker.say(text);
  }

  hear(lines) {
    this.speaker.say(speech(lines), lines.some((line) => line.type === "crisis"));
  }
}

customElements.get("attune-chat") || customElements.define("attune-chat", AttuneChat);
