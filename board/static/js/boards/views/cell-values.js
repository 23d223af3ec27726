/** What is typed into a field of a board, and what of it stands there to be typed over. Pure. */

/** @import { Item } from '../../core/types.js' */
/** What was meant; or why it means nothing. @typedef {{ value: string | number | null } | { wrong: 'number' | 'large' }} Meant */

/** From here on the server takes no number. */
const LARGEST = 1e15;

/** @param {Item} field a text or a number @param {string} text @param {string} language @returns {Meant} */
export function valueMeant(field, text, language) {
  const typed = text.trim();
  if (!typed) return { value: null };
  if (field.kind !== 'number') return { value: typed };
  const number = numberMeant(typed, language);
  if (number === null) return { wrong: 'number' };
  return Math.abs(number) < LARGEST ? { value: number } : { wrong: 'large' };
}

/**
 * A number as people write it: "1 250", "12,5" or "−3". A mark that stands where the language groups thousands groups; any other single one begins
 * the decimals, so that "12.5" is understood where one writes "12,5", too.
 * @param {string} text @param {string} language @returns {number | null}
 */
export function numberMeant(text, language) {
  const { group } = marksOf(language);
  const plain = text.replace(/[\s'’]/g, '').replace('−', '-');
  const [, sign, digits] = plain.match(/^([+-]?)(\d[\d.,]*|[.,]\d+)$/) ?? [];
  if (digits === undefined) return null;
  const marks = digits.match(/[.,]/g) ?? [];
  const kinds = new Set(marks);
  let whole = digits;
  let decimals = '';
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  // One mark alone, of the kind that groups here and with three digits after it, groups: "1,250" in English.
  const groups = marks.length > 1 ? kinds.size === 1 : marks[0] === group && /^\d{1,3}[.,]\d{3}$/.test(digits);
  if (marks.length && !groups) {
    whole = digits.slice(0, last);
    decimals = digits.slice(last + 1);
  }
  if (/[.,]/.test(whole)) {
    if (!/^\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(whole)) return null;
    whole = whole.replace(/[.,]/g, '');
  }
  const number = Number(`${sign}${whole || 0}.${decimals || 0}`);
  return Number.isFinite(number) ? number : null;
}

/** As it can be typed again. @param {Item} field @param {any} value @param {string} language */
export function editable(field, value, language) {
  if (value === undefined || value === null) return '';
  if (field.kind !== 'number') return String(value);
  const format = new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 15 });
  // Digits of other scripts could not be read again.
  return marksOf(language).latin ? format.format(value) : String(value);
}

/** @param {string} language */
function marksOf(language) {
  const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(-12345.6);
  const of = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? '';
  return { group: of('group'), latin: of('fraction') === '6' };
}
