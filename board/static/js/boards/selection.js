/** Which cards are selected, on this screen only: one by one, as a range in a list, or a whole list; what is done then is done to all of them. */
import { computed, signal } from '#ui';
import { announce } from '../core/announce.js';
import { flagsOf } from '../core/flags.js';
import { t, tn } from '../core/i18n.js';
import { board, may } from './context.js';
import { visibleCards } from './filter.js';

/** @type {import('#ui').Signal<ReadonlySet<number>>} */
const chosen = signal(new Set());
/** On a touch screen there is no Ctrl key: while this is on, a tap selects instead of opening. */
export const picking = signal(false);
/** The card that a range begins at, and what was selected besides it. */
let anchor = 0;
/** @type {ReadonlySet<number>} */
let besides = new Set();

/** Those of them that the board still shows, in the order in which they stand there. */
export const selected = computed(() => {
  const ids = chosen.value;
  if (!ids.size) return [];
  const lists = board.store.children('lists').value;
  return lists.flatMap((list) => board.store.children('cards', list).value.filter((id) => ids.has(id)));
});

/** A value for each card: selecting one draws one. */
export const isSelected = flagsOf(chosen);

export function maySelect() {
  return may('board', 'change_cards');
}

/** What a verb on this card is about: all that is selected when it is one of them, else the card alone. @param {number} id */
export function along(id) {
  const ids = selected.peek();
  return ids.length > 1 && chosen.peek().has(id) ? ids : [id];
}

/** @param {number} id */
export function toggle(id) {
  if (!(id > 0) || !maySelect()) return;
  const next = new Set(chosen.peek());
  if (!next.delete(id)) next.add(id);
  anchor = id;
  besides = next;
  choose(next);
}

/** From where the range began to this card, in the order in which both stand: that of their list, unless another is given. @param {number} id @param {number[]} [order] */
export function extendTo(id, order) {
  const list = board.store.peek('cards', id)?.list_id;
  if (list === undefined || !maySelect()) return;
  const ids = order ?? visibleCards(list).peek();
  if (!chosen.peek().size || !ids.includes(anchor)) return toggle(id);
  const [from, to] = [ids.indexOf(anchor), ids.indexOf(id)].sort((a, b) => a - b);
  choose(new Set([...besides, ...ids.slice(Math.max(0, from), to + 1).filter((other) => other > 0)]));
}

/** One card further from the focused one: a first step takes both. @param {number} from @param {number} to @param {number[]} [order] */
export function extendStep(from, to, order) {
  if (!chosen.peek().has(from)) toggle(from);
  extendTo(to, order);
}

/** All cards of a list that are shown; again: none of them. @param {number} list */
export function toggleList(list) {
  toggleAll(visibleCards(list).peek());
}

/** All of these; again: none of them. @param {number[]} those */
export function toggleAll(those) {
  if (!maySelect()) return;
  const ids = those.filter((id) => id > 0);
  const all = ids.length > 0 && ids.every((id) => chosen.peek().has(id));
  const next = new Set(chosen.peek());
  for (const id of ids) {
    if (all) next.delete(id);
    else next.add(id);
  }
  anchor = ids[0] ?? 0;
  besides = next;
  choose(next);
}

export function clearSelection() {
  if (!chosen.peek().size && !picking.peek()) return false;
  picking.value = false;
  chosen.value = new Set();
  announce(t('Nothing is selected.'));
  return true;
}

/** @param {Set<number>} next */
function choose(next) {
  chosen.value = next;
  if (!next.size) picking.value = false;
  announce(next.size ? tn(next.size, '{count} card selected.', '{count} cards selected.') : t('Nothing is selected.'));
}
