/** In which order and in which groups the cards of a table stand. Pure: what things are called is handed in. */

/** @import { Item } from '../../core/types.js' */
/** @typedef {{ language: string, lists: number[], memberName: (id: number) => string, labelTitle: (id: number) => string, fields: Map<number, Item>, today: string, weekEnd: string, dayOf: (when: string) => string, isLate: (card: Item) => boolean, emptyLists?: boolean }} Around `emptyLists`: a list without cards is a group, too */
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

/** A card of two owners or labels stands under both. @param {Item[]} cards @param {string} by list, owner, label, due, or a field of the board ("field:3") @param {Around} around @returns {Group[]} */
export function grouped(cards, by, around) {
  const { keys, compare } = wayOf(by, around);
  /** @type {Map<string, number[]>} */
  const found = new Map();
  if (by === 'list' && around.emptyLists) for (const list of around.lists) found.set(String(list), []);
  for (const card of cards) {
    for (const key of keys(card)) {
      const ids = found.get(key);
      if (ids) ids.push(card.id);
      else found.set(key, [card.id]);
    }
  }
  return [...found]
    .map(([key, ids]) => ({ key, ids }))
    .sort((a, b) => Number(a.key === NONE) - Number(b.key === NONE) || compare(a.key, b.key));
}

/** The group of what has no value: it stands last. */
export const NONE = 'none';
export const WHEN = ['late', 'today', 'week', 'later'];

/** Into which groups a card goes, and which of two groups stands first. @typedef {{ keys: (card: Item) => string[], compare: (a: string, b: string) => number }} Way */

/** @param {string} by @param {Around} around @returns {Way} */
function wayOf(by, around) {
  const collator = new Intl.Collator(around.language, { numeric: true });
  const byName = (/** @type {(id: number) => string} */ name) => (/** @type {string} */ a, /** @type {string} */ b) =>
    collator.compare(name(Number(a)), name(Number(b)));
  const many = (/** @type {number[] | undefined} */ ids) => (ids?.length ? ids.map(String) : [NONE]);
  switch (by) {
    case 'list':
      return {
        keys: (card) => [String(card.list_id)],
        compare: (a, b) => around.lists.indexOf(Number(a)) - around.lists.indexOf(Number(b)),
      };
    case 'owner':
      return { keys: (card) => many(card.owner_ids), compare: byName(around.memberName) };
    case 'label':
      return { keys: (card) => many(card.label_ids), compare: byName(around.labelTitle) };
    case 'due':
      return { keys: (card) => [whenDue(card, around)], compare: (a, b) => WHEN.indexOf(a) - WHEN.indexOf(b) };
    default:
      return wayOfField(around.fields.get(Number(by.split(':')[1])), around, collator);
  }
}

/** A date by its month; what is typed begins with "=", so that no word of it is taken for a key. @param {Item | undefined} field @param {Around} around @param {Intl.Collator} collator @returns {Way} */
function wayOfField(field, { dayOf }, collator) {
  const key = (/** @type {any} */ value) => {
    if (field?.kind === 'tick') return value ? 'yes' : 'no';
    if (!field || comparable(value, field) === null) return NONE;
    if (field.kind === 'choice') return String(value);
    return field.kind === 'date' ? dayOf(value).slice(0, 7) : `=${value}`;
  };
  const options = (field?.options ?? []).map((/** @type {Item} */ { id }) => String(id));
  /** @type {Record<string, Way['compare']>} */
  const compare = {
    tick: (a, b) => collator.compare(b, a),
    choice: (a, b) => options.indexOf(a) - options.indexOf(b),
    number: (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
  };
  return {
    keys: (card) => [key(card.field_values?.[field?.id ?? 0])],
    compare: compare[field?.kind] ?? collator.compare,
  };
}

/** @param {Item} card @param {Around} around */
function whenDue(card, { today, weekEnd, dayOf, isLate }) {
  if (!card.due) return NONE;
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
