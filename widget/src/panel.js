// The frame around the conversation: exit and urgent help first, then title, menu, log and input.
import { button, h, hidden } from "./dom.js";
import { t } from "./words.js";

export const launcher = (open) =>
  button(t("launcher"), open, { class: "launch", part: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false" });

/** A button with a sign to see and words to hear. */
const sign = (mark, words, onclick, attributes) =>
  button([h("span", { "aria-hidden": "true" }, mark), hidden(words)], onclick, { class: "quiet", ...attributes });

/** Build the panel; `on` holds what its controls do. */
export const buildPanel = (on, log, page) => {
  const part = {};
  part.title = h("h2", { id: "title", tabindex: -1 }, t("title"), h("span", {}, t("subtitle")));
  part.menu = sign("⋯", t("menu"), on.menu, { "aria-expanded": "false", "aria-controls": "tools" });
  part.close = page !== "page" && sign("×", t("minimise"), on.close);
  part.tools = h("div", { class: "tools", id: "tools", hidden: true });
  part.pin = h("div", { class: "pin", role: "note", hidden: true });
  part.news = h("div", { class: "news", hidden: true });
  part.gate = h("div", { class: "gate", hidden: true });
  part.help = h("div", { class: "helpbox", hidden: true });
  part.input = h("textarea", { rows: 1, placeholder: t("input_hint"), enterkeyhint: "send", autocomplete: "off", "aria-describedby": "over" });
  part.over = h("p", { class: "error", id: "over" });
  part.write = h("form", { class: "write", onsubmit: on.submit }, h("label", {}, hidden(t("input_label")), part.input, part.over),
    h("button", { class: "main" }, t("send")));
  part.urgent = button(t("urgent"), on.urgent, { class: "urgent-way", "aria-expanded": "false" });
  part.panel = h(page ? "section" : "dialog", { class: "panel", part: "panel", "aria-labelledby": "title", open: !!page },
    h("div", { class: "strip" }, button(t("exit"), on.exit, { class: "exit" }), part.urgent),
    h("div", { class: "head" }, part.title, part.menu, part.close),
    part.tools,
    h("div", { class: "body" }, part.gate, part.help, log.list, log.below),
    part.pin, part.news, part.write);
  return part;
};
