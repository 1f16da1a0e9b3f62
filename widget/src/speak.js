// What a screen reader hears: each turn once, as plain words, from a region of its own. The visible log is not live.
import { h, wait } from "./dom.js";
import { t } from "./words.js";

const joined = (...pieces) => pieces.flat().filter(Boolean).join(". ").replace(/([.?!:])\. /g, "$1 ");

const spoken = {
  text: (line) => joined(line.title, line.text, line.items, (line.links || []).map((link) => link.title)),
  choices: (line) => (line.choices.length === 1 ? t("say_choice") : t("say_choices", { n: line.choices.length })),
  cards: (line) => joined(
    line.cards.length > 1 ? t("say_results", { n: line.cards.length }) : "",
    line.cards.map((card, index) => (line.cards.length > 1 ? `${(line.first || 1) + index}: ${card.name}` : card.name)),
  ),
  crisis: (line) => joined(line.text, line.lines.map((one) => joined(one.name, one.links.map((link) => link.title))), line.after),
  form: (line) => joined(t("say_form"), line.title),
  notice: (line) => joined(line.text, (line.chips || []).map((chip) => chip.title)),
  you: () => "",
};

/** The words for a turn's lines. */
export const speech = (lines) => {
  const words = joined(lines.map((line) => spoken[line.type]?.(line)));
  return words && `${t("guide")}: ${words}`;
};

/** Two regions: polite for turns and states, assertive for help. A node stays long enough to be noticed, then goes. */
export class Speaker {
  constructor() {
    this.polite = h("div", { class: "vh", role: "status" });
    this.urgent = h("div", { class: "vh", role: "alert" });
  }

  async say(text, urgent = false) {
    if (!text) return;
    const node = h("p", {}, text);
    (urgent ? this.urgent : this.polite).append(node);
    await wait(1000);
    node.remove();
  }
}
