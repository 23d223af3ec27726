/** In which order and in which groups the cards of a table stand. Pure: what things are called is handed in. */

/** @import { Item } from '../../core/types.js' */
/** @typedef {{ language: string, lists: number[], listTitle: (id: number) => string, memberName: (id: number) => string, labelTitle: (id: number) => string, fields: Map<number, Item>, today: string, weekEnd: string, dayOf: (when: string) => string, isLate: (card: Item) => boolean }} Around */
/** @typedef {{ key: string, ids: number[] }} Group */

/** Cards without a value stand last, whichever way it is sorted; what is equal keeps the order of the board. @param {Item[]} cards @param {string} sort a column, with "-" before it for downwards @param {Around} around */
export function sorted(cards, sort, around) {
  if (!sort) return cards;
  const [column, way] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
  const value = sortValue(column, around);
  const collator = new Intl.Collator(around.language, { numeric: true, sensitivity: 'base' });
  const compare = (/** @type {any} */ a, /** @type {any} */ b) =>
    typeof a === 'string' ? collator.compare(a, String(b)) : a - b;
  return cards
    .map((card) => ({ card, value: value(card) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return compare(a.value, b.value) * way;
    })
    .map(({ card }) => card);
}

/** A card of two owners or labels stands under both. @param {Item[]} cards @param {'list' | 'owner' | 'label' | 'due'} by @param {Around} around @returns {Group[]} */
export function grouped(cards, by, around) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  const add = (/** @type {string | number} */ key, /** @type {Item} */ card) => {
    const ids = found.get(String(key));
    if (ids) ids.push(card.id);
    else found.set(String(key), [card.id]);
  };
  for (const card of cards) {
    if (by === 'list') add(card.list_id, card);
    else if (by === 'due') add(whenDue(card, around), card);
    else {
      const ids = (by === 'owner' ? card.owner_ids : card.label_ids) ?? [];
      if (!ids.length) add('none', card);
      for (const id of ids) add(id, card);
    }
  }
  const collator = new Intl.Collator(around.language);
  const name = by === 'owner' ? around.memberName : around.labelTitle;
  const rank = (/** @type {string} */ key) =>
    by === 'list' ? around.lists.indexOf(Number(key)) : by === 'due' ? WHEN.indexOf(key) : key === 'none' ? 1 : 0;
  return [...found]
    .map(([key, ids]) => ({ key, ids }))
    .sort((a, b) => rank(a.key) - rank(b.key) || collator.compare(name(Number(a.key)), name(Number(b.key))));
}

export const WHEN = ['late', 'today', 'week', 'later', 'none'];

/** @param {Item} card @param {Around} around */
function whenDue(card, { today, weekEnd, dayOf, isLate }) {
  if (!card.due) return 'none';
  if (isLate(card)) return 'late';
  const day = dayOf(card.due);
  if (day === today) return 'today';
  return day > today && day <= weekEnd ? 'week' : 'later';
}

/** @param {string} column @param {Around} around @returns {(card: Item) => string | number | null} */
function sortValue(column, { lists, memberName, labelTitle, fields }) {
  const firstName = (/** @type {number[] | undefined} */ ids, /** @type {(id: number) => string} */ name) =>
    ids?.length ? ids.map(name).sort((a, b) => a.localeCompare(b))[0] : null;
  switch (column) {
    case 'number':
      return (card) => card.number ?? null;
    case 'title':
      return (card) => card.title;
    case 'list':
      return (card) => lists.indexOf(card.list_id);
    case 'owners':
      return (card) => firstName(card.owner_ids, memberName);
    case 'labels':
      return (card) => firstName(card.label_ids, labelTitle);
    case 'due':
    case 'start':
      return (card) => card[column] ?? null;
    case 'done':
      return (card) => (card.done ? 1 : 0);
    case 'checklist':
      return (card) => (card.item_count ? (card.item_done ?? 0) / card.item_count : null);
    default: {
      const id = Number(column.split(':')[1]);
      const field = fields.get(id);
      return (card) => comparable(card.field_values?.[id], field);
    }
  }
}

/** Options stand in the order in which the board has them. @param {any} value @param {Item | undefined} field */
function comparable(value, field) {
  if (value === undefined || value === null || value === '' || !field) return null;
  if (field.kind === 'choice') {
    const at = field.options?.findIndex((/** @type {{ id: number }} */ option) => option.id === value) ?? -1;
    return at < 0 ? null : at;
  }
  return typeof value === 'boolean' ? Number(value) : value;
}
