/** Which cards are shown: all, mine, or those with a word. Only this person's screen. */
import { computed, signal } from '#ui';
import { board } from './context.js';

export const words = signal('');
export const onlyMine = signal(false);

export const filtering = computed(() => words.value.trim() !== '' || onlyMine.value);

/** @type {Map<number, import('#ui').ReadonlySignal<number[]>>} */
const lists = new Map();

/** The ids of a list's cards that are shown. @param {number} list */
export function visibleCards(list) {
  let found = lists.get(list);
  if (!found) {
    found = computed(() => {
      const ids = board.store.children('cards', list).value;
      return filtering.value ? ids.filter(matches) : ids;
    });
    lists.set(list, found);
  }
  return found;
}

/** How many cards of the board are this person's. A value of its own: only a change of the number draws anything. */
export const mineCount = computed(() => {
  let count = 0;
  for (const list of board.store.children('lists').value) {
    for (const id of board.store.children('cards', list).value) if (isMine(id)) count++;
  }
  return count;
});

export function clearFilter() {
  words.value = '';
  onlyMine.value = false;
}

/** @param {number} id */
function isMine(id) {
  return Boolean(board.store.item('cards', id).value?.owner_ids?.includes(board.me.id));
}

/** @param {number} id */
function matches(id) {
  const card = board.store.item('cards', id).value;
  if (!card) return false;
  if (onlyMine.value && !card.owner_ids?.includes(board.me.id)) return false;
  const wanted = words.value.trim().toLocaleLowerCase();
  if (!wanted) return true;
  const labels = (card.label_ids ?? []).map(
    (/** @type {number} */ label) => board.store.peek('labels', label)?.title ?? '',
  );
  const owners = (card.owner_ids ?? []).map(
    (/** @type {number} */ owner) => board.store.peek('members', owner)?.name ?? '',
  );
  return [card.title, `#${card.number}`, ...labels, ...owners].some((text) =>
    text.toLocaleLowerCase().includes(wanted),
  );
}
