// The words. BAKED stands before this module as served: strings, help lines and settings from the server's own files.
/* global BAKED */

export const site = typeof BAKED === "undefined" ? { strings: {}, help: [], lang: "en" } : { ...BAKED };

/** Take newer words and help lines, as a session brings them. */
export const learn = ({ strings, help, lang, exit_url, privacy_url }) => {
  if (strings) Object.assign(site, { strings, help, lang, exit_url, privacy_url });
};

/** Return a text with its {names} filled in; a missing one shows its key, and a test finds it. */
export const t = (key, values = {}) =>
  (site.strings[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
