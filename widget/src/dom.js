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
  made.append(...children.flat(9).filter((child) => child != null && child !== false && child !== ""));
  return made;
};

export const button = (label, onclick, attributes = {}) => h("button", { type: "button", onclick, ...attributes }, label);

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

/** Put text on the clipboard; true when that worked, also where the new interface is refused. */
export const copyText = async (text, root) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "vh", "aria-hidden": "true", tabindex: -1 });
    area.value = text;
    const back = root.activeElement;
    (root.querySelector("dialog[open]") || root.firstElementChild).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    back?.focus();
    return done;
  }
};

/** Print one text, on a page of its own. */
export const printText = (title, text) => {
  const page = window.open("", "_blank");
  if (!page) return;
  page.opener = null;
  page.document.title = title;
  const pre = page.document.createElement("pre");
  pre.style.cssText = "white-space:pre-wrap;font:16px/1.6 system-ui;max-width:40em;margin:2em auto";
  pre.textContent = text;
  page.document.body.append(pre);
  page.print();
};

export const uuid = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
