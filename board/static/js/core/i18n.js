/** Words for people. The page brings the translations of its language; without one the English text stands. */

/** @type {Record<string, string | string[]>} */
let messages = {};
let language = 'en';
/** @type {Intl.PluralRules} */
let plurals = new Intl.PluralRules('en');

/** @param {Record<string, string | string[]>} [found] @param {string} [locale] */
export function speak(found = {}, locale = 'en') {
  messages = found;
  language = locale.replace('_', '-');
  plurals = new Intl.PluralRules(language);
}

export function locale() {
  return language;
}

/** @param {string} text @param {Record<string, string | number>} [values] for the {names} in it */
export function t(text, values = {}) {
  return fill(/** @type {string} */ (messages[text] ?? text), values);
}

/** @param {number} count @param {string} one @param {string} many @param {Record<string, string | number>} [values] */
export function tn(count, one, many, values = {}) {
  const found = messages[one];
  const form = Array.isArray(found)
    ? (found[plurals.select(count) === 'one' ? 0 : found.length - 1] ?? many)
    : count === 1
      ? one
      : many;
  return fill(form, { count, ...values });
}

/** @param {string} text @param {Record<string, string | number>} values */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
