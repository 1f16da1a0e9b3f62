// Help from a person: the crisis panel of a reply, and "Urgent help", which needs no network.
import { anchor, button, copyText, h, hidden, paragraphs } from "./dom.js";
import { site, t } from "./words.js";

const wordy = /[a-z]{3}/i;

const way = (link) => (/^tel:/i.test(link.url) ? "call" : /^sms:/i.test(link.url) ? "text_to" : "web_to");

const contact = (link, line) => {
  const label = wordy.test(link.title) && way(link) !== "web_to" ? link.title : t(way(link), { name: link.title });
  return anchor(label, link.url, { class: "button help-way" }, `: ${line.name}`);
};

/** For those who read on a desktop and dial on a phone. */
const copyNumber = (link, line, root) => {
  const copy = async () => root.host.speaker.say(await copyText(link.url.slice(4)));
  return button([t("number"), hidden(`: ${line.name}`)], copy, { class: "small desk" });
};

/** Help lines as a list, each with its ways to reach it. */
export const helpLines = (lines, root) =>
  h("ul", { class: "lines" }, lines.map((line) =>
    h("li", {}, h("p", {}, h("strong", {}, line.name), line.hours && h("span", { class: "hours" }, ` ${line.hours}`)),
      h("div", { class: "row" }, line.links.map((link) => contact(link, line)),
        line.links.filter((link) => way(link) === "call").map((link) => copyNumber(link, line, root))),
      line.note && h("p", { class: "hours" }, line.note))));

export const crisisPart = (line, view, taps) =>
  h("section", { class: "crisis", part: "crisis", "aria-label": t("crisis_title") },
    line.quick_exit && h("p", {}, t("exit_first"), " ", button(t("exit"), view.exit, { class: "small" })),
    line.text.flatMap(paragraphs),
    helpLines(line.lines, view.root),
    line.after.flatMap(paragraphs),
    line.choices.length && taps(line.choices, view));

/** The region behind "Urgent help". */
export const helpRegion = (lines, close, root) =>
  h("section", { class: "crisis urgent", "aria-labelledby": "help-title" },
    h("h3", { id: "help-title", tabindex: -1 }, t("help_title")),
    h("p", {}, t("help_intro")),
    helpLines(lines?.length ? lines : site.help, root),
    button(t("close_help"), close, { class: "small" }));
