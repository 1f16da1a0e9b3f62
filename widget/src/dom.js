// Elements without markup: every string becomes a text node, so nothing that is said can become HTML.
import { t } from "./words.js";

const SAFE = /^(https?|tel|sms|mailto):/i;

/** Make an element: attributes by name, `on…` as listeners, true as an empty attribute, false and null left out. */
export const h = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter(Boolean));
  return made;
};

export const button = (label, onclick, attributes = {}) => h("button", { type: "button", onclick, ...attributes }, label);

/** A button that sends what it means; what the visitor is seen to say may be longer than what stands on it. */
export const tap = ({ id, title }, { act, focus }, said, attributes) =>
  button(title, () => (act({ choice: id, text: said }, said), focus()), attributes);

/** Words that only a screen reader needs. */
export const hidden = (text) => h("span", { class: "vh" }, text);

/** Paragraphs, split at blank lines; single line breaks stay. */
export const paragraphs = (text) =>
  String(text).split(/\n{2,}/).map((one) => one.trim()).filter(Boolean).map((one) => h("p", {}, one));

/** A link that can be trusted to be one, or its words alone. */
export const anchor = (title, url, attributes = {}, after = "") => {
  if (!SAFE.test(url)) return h("span", {}, title);
  const web = /^http/i.test(url);
  const tab = web ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return h("a", { href: url, ...tab, ...attributes }, title, after && hidden(" " + after), web && hidden(` (${t("new_tab")})`));
};

/** Put text on the clipboard; return the words that say whether it worked. */
export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return t("copied");
  } catch {
    return t("copy_failed");
  }
};

/** Print one text, on a page of its own. */
export const printText = (title, text) => {
  const page = window.open("", "_blank");
  if (!page) return;
  const { body } = page.document;
  page.document.title = title;
  body.textContent = text;
  body.style.cssText = "white-space:pre-wrap;font:16px/1.6 system-ui;max-width:40em";
  page.print();
};

export const uuid = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
