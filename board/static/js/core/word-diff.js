/** What two texts have in common, by words: for showing both side by side. */

/** @typedef {{ kind: 'same' | 'mine' | 'theirs', text: string }} Piece */

/** Longer than this the table of the comparison would be larger than it is worth: the middle is then shown as different as a whole. */
const MOST_CELLS = 4_000_000;

/** Pieces whose texts make `mine` ('same' and 'mine') and `theirs` ('same' and 'theirs'). @param {string} mine @param {string} theirs @returns {Piece[]} */
export function wordDiff(mine, theirs) {
  const [a, b] = [words(mine), words(theirs)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  /** @type {Piece[]} */
  const out = [];
  add(out, 'same', a.slice(0, start));
  middle(out, a.slice(start, a.length - end), b.slice(start, b.length - end));
  add(out, 'same', a.slice(a.length - end));
  return out;
}

/** Both texts in one, where only one side wrote something; where both did, mine and then theirs. @param {Piece[]} pieces */
export function merged(pieces) {
  return pieces.map(({ text }) => text).join('');
}

/** What both made of one text: a change that only one of them made is taken, where both changed the same words both stand. @param {string} base @param {string} mine @param {string} theirs */
export function mergeTexts(base, mine, theirs) {
  const [left, right] = [changes(base, mine), changes(base, theirs)];
  let out = '';
  let at = 0;
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    const first = !b || (a && a.from <= b.from) ? a : b;
    const other = first === a ? b : a;
    if (other && other.from <= first.to && !(other.from === first.to && first.to > first.from)) {
      // Both touched the same words: what each made of the whole stretch stands, one after the other.
      let from = Math.min(a.from, b.from);
      let to = Math.max(a.to, b.to);
      let [i2, j2] = [i, j];
      for (let grown = true; grown; ) {
        grown = false;
        while (i2 < left.length && left[i2].from <= to) [to, grown] = [Math.max(to, left[i2++].to), true];
        while (j2 < right.length && right[j2].from <= to) [to, grown] = [Math.max(to, right[j2++].to), true];
      }
      from = Math.max(from, at);
      const ours = stretch(base, left.slice(i, i2), from, to);
      const others = stretch(base, right.slice(j, j2), from, to);
      out += base.slice(at, from) + (ours === others ? ours : joined(ours, others));
      [at, i, j] = [to, i2, j2];
    } else {
      out += base.slice(at, first.from) + first.text;
      at = first.to;
      if (first === a) i++;
      else j++;
    }
  }
  return out + base.slice(at);
}

/** @typedef {{ from: number, to: number, text: string }} Change of the characters `from` to `to` of the base */

/** @param {string} base @param {string} text @returns {Change[]} */
function changes(base, text) {
  /** @type {Change[]} */
  const out = [];
  let at = 0;
  for (const piece of wordDiff(base, text)) {
    const last = out.at(-1);
    if (piece.kind === 'same') at += piece.text.length;
    else {
      const change = last && last.to === at && piece.kind !== undefined ? last : { from: at, to: at, text: '' };
      if (change !== last) out.push(change);
      if (piece.kind === 'mine') {
        at += piece.text.length;
        change.to = at;
      } else change.text += piece.text;
    }
  }
  return out;
}

/** The base from `from` to `to` with these changes made. @param {string} base @param {Change[]} made @param {number} from @param {number} to */
function stretch(base, made, from, to) {
  let out = '';
  let at = from;
  for (const change of made) {
    out += base.slice(at, change.from) + change.text;
    at = change.to;
  }
  return out + base.slice(at, to);
}

/** @param {string} one @param {string} other */
function joined(one, other) {
  if (!one.trim() || !other.trim()) return one.trim() ? one : other;
  return /\s$/.test(one) || /^\s/.test(other) ? one + other : `${one} ${other}`;
}

/** @param {Piece[]} out @param {string[]} a @param {string[]} b */
function middle(out, a, b) {
  if (!a.length || !b.length || a.length * b.length > MOST_CELLS) {
    add(out, 'mine', a);
    add(out, 'theirs', b);
    return;
  }
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] =
        a[i] === b[j]
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(out, 'same', [a[i++]]);
      j++;
    } else if (i < a.length && (j >= b.length || table[(i + 1) * width + j] >= table[i * width + j + 1]))
      add(out, 'mine', [a[i++]]);
    else add(out, 'theirs', [b[j++]]);
  }
}

/** @param {Piece[]} out @param {Piece['kind']} kind @param {string[]} found */
function add(out, kind, found) {
  if (!found.length) return;
  const last = out.at(-1);
  if (last?.kind === kind) last.text += found.join('');
  else out.push({ kind, text: found.join('') });
}

/** Words, the spaces between them, and every other sign by itself. @param {string} text */
function words(text) {
  return text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?|[^\S\n]+|\n|[^\s\p{L}\p{N}]/gu) ?? [];
}
