// Each part of a reply as elements. `act(body, said)` sends what a tap means.
import { compareTable, cardList } from "./cards.js";
import { anchor, button, copyText, h, hidden, paragraphs, printText } from "./dom.js";
import { formPart } from "./form.js";
import { crisisPart } from "./help.js";
import { t } from "./words.js";

const linkList = (links) =>
  links?.length && h("ul", { class: "links" }, links.map((link) => h("li", {}, anchor(link.title, link.url))));

/** Copy and print, for words to take along. */
const takeAlong = (line, root) => {
  const all = [line.title, line.text, ...(line.items || []).map((item) => `- ${item}`)].filter(Boolean).join("\n\n");
  const said = h("span", { class: "said" });
  const copy = async () => {
    const done = await copyText(all, root);
    said.textContent = t(done ? "copied" : "copy_failed");
    root.host.speaker.say(said.textContent);
  };
  return h("div", { class: "row" }, button(t("copy"), copy, { class: "small" }),
    button(t("print"), () => printText(line.title || t("title"), all), { class: "small" }), said);
};

const textPart = (line, { root }) =>
  h("div", { class: line.copyable ? "bubble paper" : "bubble", part: "bubble" },
    line.title && h("h3", {}, line.title),
    paragraphs(line.text),
    line.items?.length && h("ul", {}, line.items.map((item) => h("li", {}, item))),
    linkList(line.links),
    line.copyable && takeAlong(line, root));

/** Taps: once one is used it is marked, the others stay readable, and the focus goes on to the input. */
export const taps = (choices, { act, focus }, attributes = {}) => {
  const group = h("ul", { class: "taps", ...attributes });
  for (const one of choices) {
    const tap = () => {
      settle(group, one.id);
      act({ choice: one.id, text: one.title }, one.title);
      focus();
    };
    group.append(h("li", { "data-id": one.id }, button(one.title, tap, { class: "tap", part: "choice" })));
  }
  return group;
};

/** Turn a group of taps into words, with the chosen one marked. */
export const settle = (group, chosen) => {
  if (group.classList.contains("over")) return;
  group.classList.add("over");
  for (const item of group.children) {
    const picked = item.dataset.id === chosen || item.textContent === chosen;
    if (picked) item.classList.add("picked");
    item.replaceChildren(item.textContent, ...(picked ? [hidden(` (${t("chosen")})`)] : []));
  }
};

const noticePart = (line, view) => {
  if (line.kind !== "echo") {
    return h("p", { class: `note ${line.kind}` }, line.text, " ", linkList(line.links));
  }
  const chips = (line.chips || []).map((chip) => {
    const remove = () => (chips.forEach(still), view.act({ choice: chip.id, text: t("remove", chip) }, t("remove", chip)), view.focus());
    const item = h("li", {}, h("button", { type: "button", class: "chip", onclick: remove },
      h("span", { "aria-hidden": "true" }, chip.title, h("span", { class: "x" }, "×")),
      hidden(chip.label || t("remove", chip))));
    item.words = chip.title;
    return item;
  });
  const still = (item) => item.replaceChildren(h("span", { class: "chip" }, item.words));
  const made = h("div", { class: "echo" }, h("p", {}, line.text || t("your_wishes")), h("ul", { class: "chips" }, chips));
  made.still = () => chips.forEach(still);
  return made;
};

const cardsPart = (line, view) => {
  const many = line.cards.length > 1;
  const last = line.first + line.cards.length - 1;
  const count = many && h("p", { class: "note count" },
    t(line.total == null ? "results_some" : "results", { first: line.first, last, total: line.total }));
  return h("div", { class: "cards" }, line.layout === "list" && count,
    line.layout === "compare" ? compareTable(line, view) : cardList(line, view));
};

const youPart = (line) => h("div", { class: "bubble mine" }, hidden(`${t("you")}: `), paragraphs(line.text));

const renderers = {
  text: textPart,
  choices: (line, view) => taps(line.choices, view, { class: "taps open" }),
  cards: cardsPart,
  crisis: (line, view) => crisisPart(line, view, taps),
  form: formPart,
  notice: noticePart,
  you: youPart,
};

/** The element for a line, or nothing for a type that this widget does not know. */
export const render = (line, view) => renderers[line.type]?.(line, view);
