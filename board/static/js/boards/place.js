/** Where on the board a point lies: which list, and between which cards. The same for mouse and touch. */

/** @import { Place } from './commands.js' */

/**
 * The place in the nearest list for a card that is let go here.
 * @param {number} x @param {number} y @param {number[]} ids of what is carried, which is not its own neighbour
 * @returns {{ list: number, place: Place, line: DOMRect } | null}
 */
export function cardPlaceAt(x, y, ids) {
  const carried = new Set(ids);
  const list = nearest([...document.querySelectorAll('.list')], x);
  const column = list?.querySelector('[data-cards-of]');
  if (!list || !column) return null;
  const cards = [...column.querySelectorAll(':scope > [data-card]')].filter((card) => !carried.has(idOf(card, 'card')));
  const at = firstBelow(cards, y);
  const place = {
    after: at > 0 ? idOf(cards[at - 1], 'card') : undefined,
    before: cards[at] && idOf(cards[at], 'card'),
  };
  const inside = column.getBoundingClientRect();
  const above = cards[at - 1]?.getBoundingClientRect().bottom;
  const below = cards[at]?.getBoundingClientRect().top;
  const middle =
    above !== undefined && below !== undefined
      ? (above + below) / 2
      : (above ?? (below === undefined ? inside.top + 4 : below - 4));
  const line = new DOMRect(inside.left + 8, clamp(middle - 1.5, inside.top, inside.bottom), inside.width - 16, 3);
  return { list: idOf(list, 'list'), place, line };
}

/** @param {number} x @param {number} id @returns {{ place: Place, line: DOMRect } | null} */
export function listPlaceAt(x, id) {
  const lists = [...document.querySelectorAll('.list')].filter((list) => idOf(list, 'list') !== id);
  const mirrored = document.dir === 'rtl';
  const at = lists.findIndex((list) => (mirrored ? x > middleOf(list) : x < middleOf(list)));
  const before = at < 0 ? undefined : lists[at];
  const after = at < 0 ? lists.at(-1) : lists[at - 1];
  const beside = before ?? after;
  if (!beside) return null;
  const box = beside.getBoundingClientRect();
  const left = Boolean(before) === mirrored ? box.right + 4.5 : box.left - 7.5;
  const place = { after: after && idOf(after, 'list'), before: before && idOf(before, 'list') };
  return { place, line: new DOMRect(left, box.top, 3, box.height) };
}

/** The cards stand one below the other: halve instead of measuring thousands. @param {Element[]} cards @param {number} y */
function firstBelow(cards, y) {
  let [low, high] = [0, cards.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = cards[middle].getBoundingClientRect();
    if (box.top + box.height / 2 > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @param {Element[]} elements @param {number} x */
function nearest(elements, x) {
  let [best, distance] = [/** @type {Element | undefined} */ (undefined), Number.POSITIVE_INFINITY];
  for (const element of elements) {
    const { left, right } = element.getBoundingClientRect();
    const away = x < left ? left - x : x > right ? x - right : 0;
    if (away < distance) [best, distance] = [element, away];
  }
  return best;
}

/** @param {Element} element @param {'card' | 'list'} kind */
function idOf(element, kind) {
  return Number(element.getAttribute(`data-${kind}`));
}

/** @param {Element} element */
function middleOf(element) {
  const { left, right } = element.getBoundingClientRect();
  return (left + right) / 2;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.max(low, Math.min(value, high));
}
