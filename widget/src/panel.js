// The frame around the conversation: exit and urgent help first, then title, menu, log and input.
import { button, h, hidden } from "./dom.js";
import { t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

const icon = (path, attributes = {}) => {
  const made = document.createElementNS(SVG, "svg");
  const draw = document.createElementNS(SVG, "path");
  const set = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true", ...attributes };
  for (const [name, value] of Object.entries(set)) made.setAttribute(name, value);
  draw.setAttribute("d", path);
  made.append(draw);
  return made;
};

const MARK = "M3 12c2.2-5 5-5 7 0s4.6 5 7 0M7 12c2.2-5 5-5 7 0s4.6 5 7 0";
const TALK = "M4 5h16v11H10l-5 4v-4H4zM8 9.5h8M8 12.5h5";

export const launcher = (open) =>
  h("button", { type: "button", class: "launch", part: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: open },
    icon(TALK), h("span", {}, t("launcher")));

/** Build the panel; `on` holds what its controls do. */
export const buildPanel = (on, log, page) => {
  const part = {};
  part.title = h("h2", { id: "title", tabindex: -1 }, t("title"), h("span", {}, t("subtitle")));
  part.menu = h("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "tools", onclick: on.menu },
    icon("M5 12h.01M12 12h.01M19 12h.01", { "stroke-width": "3" }), hidden(t("menu")));
  part.close = page === "page" ? null : h("button", { type: "button", class: "quiet", onclick: on.close },
    icon("M6 6l12 12M18 6L6 18"), hidden(t("minimise")));
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
    h("div", { class: "head" }, icon(MARK, { class: "mark", viewBox: "2 6 20 12" }), part.title, part.menu, part.close),
    part.tools, part.pin,
    h("div", { class: "body" }, part.gate, part.help, log.list, log.below),
    part.news, part.write);
  return part;
};
