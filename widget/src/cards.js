// Therapists: a list to read down, one in detail, or a comparison as a real table. Never a carousel.
import { anchor, h, paragraphs, tap } from "./dom.js";
import { t } from "./words.js";

const badges = (card) =>
  card.badges.length && h("ul", { class: "badges" }, card.badges.map((badge) => h("li", {}, badge)));

const cardLinks = (card) =>
  card.links.length && h("ul", { class: "links" }, card.links.map((link) =>
    h("li", {}, anchor(link.title, link.url, { class: link.kind === "booking" ? "button" : null }, `: ${card.name}`))));

/** What can be done with this one; the titles themselves name the therapist. */
const cardTaps = (card, view) =>
  card.choices.length && h("div", { class: "row" }, card.choices.map((one) => tap(one, view, one.title, { class: "small" })));

const reasons = (card) => h("ul", { class: "why" }, card.reasons.map((one) => h("li", {}, one)));

const facts = (card) =>
  card.facts.length && h("dl", {}, card.facts.map((fact) => h("div", {}, h("dt", {}, fact.label), h("dd", {}, fact.value))));

const cardBody = (card, number, view) =>
  h("article", { class: "card", part: "card" },
    badges(card),
    h("h3", {}, number && h("span", { class: "number" }, `${number}. `), card.name),
    card.subtitle && h("p", { class: "subtitle" }, card.subtitle),
    card.reasons.length && h("div", {}, h("h4", {}, t("why")), reasons(card)),
    facts(card),
    card.about && h("div", { class: "about" }, h("h4", {}, t("about")), paragraphs(card.about)),
    cardLinks(card),
    cardTaps(card, view));

export const cardList = (line, view) => {
  const detail = line.layout === "detail";
  const numbered = !detail && (line.cards.length > 1 || line.first > 1);
  return h("ol", { class: "plain" }, line.cards.map((card, index) =>
    h("li", {}, cardBody(card, numbered && line.first + index, view))));
};

/** Facts share labels and order, so each is a row and each therapist a column. */
export const compareTable = (line, view) => {
  const head = h("tr", {}, h("td", {}), line.cards.map((card) => h("th", { scope: "col" }, card.name, badges(card))));
  const row = (label, cells) => h("tr", {}, h("th", { scope: "row" }, label), cells.map((cell) => h("td", {}, cell)));
  const rows = line.cards[0].facts.map((fact, index) => row(fact.label, line.cards.map((card) => card.facts[index]?.value ?? "–")));
  if (line.cards.some((card) => card.reasons.length)) rows.push(row(t("why"), line.cards.map(reasons)));
  rows.push(h("tr", {}, h("td", {}), line.cards.map((card) => h("td", {}, cardLinks(card), cardTaps(card, view)))));
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("compare_scroll") },
    h("table", {}, h("caption", {}, t("compare_caption")), h("thead", {}, head), h("tbody", {}, rows)));
};
