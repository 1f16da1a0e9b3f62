// Each part of a reply as elements. `act(body, said)` sends what a tap means.
import { compareTable, cardList } from "./cards.js";
import { anchor, button, copyText, h, hidden, paragraphs, printText, tap } from "./dom.js";
import { formPart } from "./form.js";
import { crisisPart } from "./help.js";
import { t } from "./words.js";

const linkList = (links) =>
  links?.length && h("ul", { class: "links" }, links.map((link) => h("li", {}, anchor(link.title, link.url))));

/** Copy and print, for words to take along. */
const takeAlong = (line, root) => {
  const all = [line.title, line.text, ...(line.items || []).map((item) => `- ${item}`)].filter(Boolean).join("\n\n");
  const said = h("span");
  const copy = async () => {
    said.textContent = await copyText(all);
    root.host.speaker.say(said.textContent);
  };
  return h("div", { class: "row" }, button(t("copy"), copy, { class: "small" }),
    button(t("print"), () => printText(line.title || t("title"), all), { class: "small" }), said);
};

const textPart = (line, { root }) =>
  h("div", { class: line.copyable ? "bubble paper" : "bubble", part: "bubble" },
    hidden(`${t("guide")}: `),
    line.title && h("h3", {}, line.title),
    paragraphs(line.text),
    line.items?.length && h("ul", {}, line.items.map((item) => h("li", {}, item))),
    linkList(line.links),
    line.copyable && takeAlong(line, root));

/** Taps: once one is used it is marked, the others stay readable, and the focus goes on to the input. */
export const taps = (choices, view) =>
  h("ul", { class: "taps" }, choices.map((one) => h("li", {}, tap(one, view, one.title, { class: "tap", part: "choice" }))));

/** Nothing in a group can be tapped any more; the chosen one is marked. */
export const settle = (group, chosen) => {
  for (const one of group.querySelectorAll("button:enabled")) {
    one.disabled = true;
    if (one.textContent !== chosen) continue;
    one.classList.add("picked");
    one.append(hidden(` (${t("chosen")})`));
  }
};

const noticePart = (line, view) => {
  if (line.kind !== "echo") return h("p", { class: `note ${line.kind}` }, line.text, linkList(line.links));
  return h("div", { class: "echo" }, h("p", {}, line.text || t("your_wishes")),
    h("ul", { class: "taps" }, (line.chips || []).map((chip) => {
      const said = chip.label || t("remove", chip);
      return h("li", {}, tap({ id: chip.id, title: [h("span", { "aria-hidden": "true" }, `${chip.title}\u2002×`), hidden(said)] }, view, said, { class: "chip" }));
    })));
};

const cardsPart = (line, view) => {
  const last = line.first + line.cards.length - 1;
  const count = line.first > 1 && h("p", { class: "note count" },
    t(line.total == null ? "results_some" : "results", { first: line.first, last, total: line.total }));
  return h("div", { class: "cards" }, line.layout === "list" && count,
    line.layout === "compare" ? compareTable(line, view) : cardList(line, view));
};

const youPart = (line) => h("div", { class: "bubble mine" }, hidden(`${t("you")}: `), paragraphs(line.text));

const renderers = {
  text: textPart,
  choices: (line, view) => taps(line.choices, view),
  cards: cardsPart,
  crisis: (line, view) => crisisPart(line, view, taps),
  form: formPart,
  notice: noticePart,
  you: youPart,
};

/** The element for a line, or nothing for a type that this widget does not know. */
export const render = (line, view) => renderers[line.type]?.(line, view);
