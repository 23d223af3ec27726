/** Which cards are shown, on this person's screen only. What she filters by is kept for her next visit. */
import { computed, signal } from '#ui';
import { announce } from '../core/announce.js';
import { dayOf, isLate } from '../core/dates.js';
import { t, tn } from '../core/i18n.js';
import { weekAround } from '../core/month.js';
import { board } from './context.js';
import { matcher, NONE, terms } from './filter-terms.js';
import { keepView } from './mine.js';

/** @import { Filter } from './filter-terms.js' */

/** @type {import('#ui').Signal<Filter>} */
export const filter = signal({ ...NONE });

export const filtering = computed(() => terms(filter.value) > 0);
export const onlyMine = computed(() => filter.value.owners.includes('me'));

const SOON = 500;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {Partial<Filter>} fields */
export function setFilter(fields) {
  filter.value = { ...filter.peek(), ...fields };
  clearTimeout(timer);
  timer = setTimeout(() => {
    // A word that is looked for is of the moment: whoever comes back tomorrow would wonder where the cards are.
    keepView({ filter: terms({ ...filter.peek(), text: '' }) ? { ...filter.peek(), text: '' } : null });
    announce(saidCount());
  }, SOON);
}

export function clearFilter() {
  setFilter({ ...NONE });
}

export function toggleMine() {
  setFilter({ owners: toggled(filter.peek().owners, 'me') });
}

/** @template T @param {T[]} values @param {T} value */
export function toggled(values, value) {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** @type {Map<number, import('#ui').ReadonlySignal<number[]>>} */
const lists = new Map();

/** The ids of a list's cards that are shown. @param {number} list */
export function visibleCards(list) {
  let found = lists.get(list);
  if (!found) {
    found = computed(() => {
      const ids = board.store.children('cards', list).value;
      const test = matching.value;
      if (!test) return ids;
      return ids.filter((id) => {
        const card = board.store.item('cards', id).value;
        return card && test(card);
      });
    });
    lists.set(list, found);
  }
  return found;
}

/** All cards that are shown, list after list. */
export const shownCards = computed(() =>
  board.store.children('lists').value.flatMap((list) => visibleCards(list).value),
);

export const allCount = computed(() =>
  board.store.children('lists').value.reduce((sum, list) => sum + board.store.children('cards', list).value.length, 0),
);

/** How many cards of the board are this person's. A value of its own: only a change of the number draws anything. */
export const mineCount = computed(() => {
  let count = 0;
  for (const list of board.store.children('lists').value) {
    for (const id of board.store.children('cards', list).value) if (isMine(id)) count++;
  }
  return count;
});

/** What the filter means today; null when it lets everything through. */
const matching = computed(() => {
  if (!filtering.value) return null;
  const today = dayOf(new Date().toISOString());
  const names = (/** @type {'labels' | 'members'} */ kind, /** @type {string} */ field) =>
    new Map(board.store.children(kind).value.map((id) => [id, board.store.item(kind, id).value?.[field] ?? '']));
  const text = filter.value.text.trim() !== '';
  return matcher(filter.value, {
    me: board.me.id,
    today,
    week: weekAround(today),
    dayOf,
    isLate,
    labels: text ? names('labels', 'title') : new Map(),
    members: text ? names('members', 'name') : new Map(),
  });
});

/** @param {number} id */
function isMine(id) {
  return Boolean(board.store.item('cards', id).value?.owner_ids?.includes(board.me.id));
}

function saidCount() {
  const all = allCount.peek();
  if (!filtering.peek()) return tn(all, 'Nothing is filtered: {count} card.', 'Nothing is filtered: {count} cards.');
  return t('{shown} of {all} cards are shown.', { shown: shownCards.peek().length, all });
}
