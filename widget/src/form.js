// Several small questions at once. Every field may stay empty; nothing known is asked again.
import { h, uuid } from "./dom.js";
import { t } from "./words.js";

const NUMBER = /^\d{1,6}([.,]\d{1,2})?$/;

const control = (field, id) => {
  const about = { id, name: field.name, "aria-describedby": `${id}-error` };
  if (field.options?.length) {
    return h("select", about, h("option", { value: "" }, "–"), field.options.map(([value, label]) => h("option", { value }, label)));
  }
  return h("input", { ...about, type: "text", maxlength: 200, autocomplete: field.name === "wish_city" ? "address-level2" : "off",
    inputmode: field.kind === "number" ? "numeric" : null });
};

const fieldRow = (field) => {
  const id = `f-${uuid()}`;
  const input = control(field, id);
  const error = h("p", { class: "error", id: `${id}-error` });
  const row = h("div", { class: "field" }, h("label", { for: id }, field.label), input, error);
  row.check = () => {
    const bad = field.kind === "number" && input.value.trim() && !NUMBER.test(input.value.trim());
    input.setAttribute("aria-invalid", String(!!bad));
    error.textContent = bad ? t("form_number") : "";
    return bad ? input : null;
  };
  row.input = input;
  return row;
};

/** What was filled in, in words. */
const summary = (rows) =>
  rows.filter((row) => row.input.value).map((row) =>
    `${row.querySelector("label").textContent}: ${row.input.selectedOptions?.[0].textContent ?? row.input.value}`).join(" · ");

export const formPart = (line, view) => {
  const rows = line.fields.map(fieldRow);
  const error = h("p", { class: "error", role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    const bad = rows.map((row) => row.check()).find(Boolean);
    if (bad) return bad.focus();
    const said = summary(rows);
    error.textContent = said ? "" : t("form_empty");
    if (!said) return rows[0].input.focus();
    const data = Object.fromEntries(rows.filter((row) => row.input.value).map((row) => [row.input.name, row.input.value.trim()]));
    made.replaceChildren(h("p", { class: "note" }, t("form_sent"), " ", said));
    view.act({ form: line.id, data }, said);
    view.focus();
  };
  const made = h("form", { class: "bubble form", part: "form", novalidate: true, onsubmit: submit, "aria-label": line.title },
    h("h3", {}, line.title), h("p", { class: "note" }, t("form_optional")), rows, error,
    h("button", { class: "main" }, line.submit));
  return made;
};
