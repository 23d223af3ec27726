/**
 * A provisional key between two neighbours, for what is shown until the server says which key it gave. Same order as the server's: base 62,
 * compared by code unit.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** @param {string | undefined} low @param {string | undefined} high */
export function between(low = '', high = '') {
  let out = '';
  let bounded = high !== '';
  for (let i = 0; ; i++) {
    const a = i < low.length ? DIGITS.indexOf(low[i]) : 0;
    const b = !bounded ? DIGITS.length : i < high.length ? DIGITS.indexOf(high[i]) : 0;
    if (b - a > 1) return out + DIGITS[(a + b) >> 1];
    out += DIGITS[a];
    if (a !== b) bounded = false;
    // Neighbours with equal or crossed keys (ties happen): there is no room between, so stand right after the first; ids decide.
    if (bounded && i > high.length) return `${low}${DIGITS[31]}`;
  }
}

/** `count` keys, one after the other, between two neighbours. @param {string | undefined} low @param {string | undefined} high @param {number} count @returns {string[]} */
export function several(low, high, count) {
  if (count <= 0) return [];
  // Halving keeps them short.
  const left = (count - 1) >> 1;
  const middle = between(low, high);
  return [...several(low, middle, left), middle, ...several(middle, high, count - 1 - left)];
}
