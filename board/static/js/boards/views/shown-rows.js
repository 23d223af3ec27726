/** The rows of the table as it is sorted and grouped now: cards, the headings of groups, and places for new cards. */
import { computed } from '#ui';
import { dayOf, isLate } from '../../core/dates.js';
import { locale, t } from '../../core/i18n.js';
import { weekAround } from '../../core/month.js';
import { words } from '../card-marks.js';
import { board, may } from '../context.js';
import { filtering, shownCards } from '../filter.js';
import { grouping, presenting, sorting } from '../view.js';
import { fields } from './columns.js';
import { grouped, NONE, sorted } from './rows.js';

/** @import { Item } from '../../core/types.js' */
/** @import { Beginning } from '../commands.js' */

/** What a new card of a place has from the start, so that it stands there: its list, whose it is, its label, what is in a field. @typedef {{ list?: number, beginning?: Beginning, value?: { field: number, value: any } }} Place */
/** @typedef {{ key: string, id: number }} CardRow */
/** @typedef {{ key: string, group: string, ids: number[] }} GroupRow */
/** @typedef {{ key: string, place: Place }} PlaceRow */
/** @typedef {CardRow | GroupRow | PlaceRow} Row */

/** What the rows are gathered by; '' also where that field has gone. */
export const gatheredBy = computed(() => {
  const by = grouping.value;
  return by.startsWith('field:') && !fieldOf(by) ? '' : by;
});

/** @type {import('#ui').ReadonlySignal<Row[]>} */
export const rows = computed(() => {
  const around = aroundNow();
  const makes = may('lists', 'make_card') && !presenting.value && around.lists.length > 0;
  const cards = shownCards.value.flatMap((id) => board.store.item('cards', id).value ?? []);
  const inOrder = sorted(cards, sorting.value, around);
  const by = gatheredBy.value;
  /** @type {Row[]} */
  const found = by
    ? grouped(inOrder, by, { ...around, emptyLists: makes && !filtering.value }).flatMap(({ key, ids }) => {
        const place = makes ? placeOf(by, key) : null;
        return [
          { key: `group ${key}`, group: groupName(by, key), ids },
          ...ids.map((id) => ({ key: `${key}/${id}`, id })),
          ...(place ? [{ key: `new ${key}`, place }] : []),
        ];
      })
    : inOrder.map(({ id }) => ({ key: `${id}`, id }));
  if (makes && !found.some((row) => 'place' in row)) found.push({ key: 'new', place: {} });
  return found;
});

/** The cards from top to bottom, each once. */
export const cardsInOrder = computed(() => [...new Set(rows.value.flatMap((row) => ('id' in row ? [row.id] : [])))]);

/** The cards that stand in one group with this one: all of them where there are no groups. @param {number} id */
export function together(id) {
  const group = rows.peek().find((row) => 'group' in row && row.ids.includes(id));
  return group && 'group' in group ? group.ids : cardsInOrder.peek();
}

/** In a group of dates no day is the one that a new card would have; in the others it has what the group is about. @param {string} by @param {string} key @returns {Place | null} */
function placeOf(by, key) {
  if (by === 'list') return { list: Number(key) };
  const field = fieldOf(by);
  if (by === 'due' || field?.kind === 'date') return null;
  if (key === NONE || (field?.kind === 'tick' && key === 'no')) return {};
  if (by === 'owner') return may('cards', 'set_owner') ? { beginning: { owner_ids: [Number(key)] } } : null;
  if (by === 'label') return may('cards', 'set_label') ? { beginning: { label_ids: [Number(key)] } } : null;
  if (!field || !may('cards', 'set_field')) return null;
  const value =
    field.kind === 'tick'
      ? true
      : field.kind === 'choice'
        ? Number(key)
        : field.kind === 'number'
          ? Number(key.slice(1))
          : key.slice(1);
  return { value: { field: field.id, value } };
}

/** @param {string} by @param {string} key */
function groupName(by, key) {
  const named = (/** @type {string} */ kind, /** @type {string} */ name) =>
    board.store.item(kind, Number(key)).value?.[name];
  if (by === 'list') return named('lists', 'title') ?? '';
  if (by === 'owner') return key === NONE ? t('Nobody') : (named('members', 'name') ?? t('Somebody'));
  if (by === 'label') return key === NONE ? t('No label') : named('labels', 'title') || t('Label');
  const field = fieldOf(by);
  if (field) return fieldGroupName(field, key);
  const when = {
    late: t('Late'),
    today: t('Today'),
    week: t('This week'),
    later: t('Later or over'),
    none: t('No date'),
  };
  return when[/** @type {keyof typeof when} */ (key)] ?? key;
}

/** @param {Item} field @param {string} key */
function fieldGroupName(field, key) {
  const { title, kind } = field;
  if (kind === 'tick') return key === 'yes' ? title : t('Not: {field}', { field: title });
  if (key === NONE) return t('No value: {field}', { field: title });
  if (kind === 'choice') return words(field, Number(key));
  if (kind === 'number') return words(field, Number(key.slice(1)));
  if (kind !== 'date') return key.slice(1);
  const language = locale() === 'en' ? 'en-GB' : locale();
  const format = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(Date.parse(`${key}-01`));
}

/** @param {string} by */
function fieldOf(by) {
  return by.startsWith('field:') ? fields.value.find(({ id }) => `field:${id}` === by) : undefined;
}

/** @returns {import('./rows.js').Around} */
function aroundNow() {
  const today = dayOf(new Date().toISOString());
  const lists = board.store.children('lists').value;
  const title = (/** @type {string} */ kind, /** @type {string} */ field) => (/** @type {number} */ id) =>
    board.store.peek(kind, id)?.[field] ?? '';
  return {
    language: locale(),
    lists,
    memberName: title('members', 'name'),
    labelTitle: title('labels', 'title'),
    fields: new Map(fields.value.map((field) => [field.id, field])),
    today,
    weekEnd: weekAround(today)[1],
    dayOf,
    isLate,
  };
}
