/** The columns of the table: what every card has, and then the fields of this board. */
import { computed } from '#ui';
import { t } from '../../core/i18n.js';
import { board, may } from '../context.js';
import { maySelect } from '../selection.js';
import { presenting } from '../view.js';

/** @import { Item } from '../../core/types.js' */
/** @typedef {{ name: string, title: string, field?: Item }} Column */

/** Ticks at the beginning of each row select it. */
export const SELECT = 'select';

/** The board's own fields, in order. @type {import('#ui').ReadonlySignal<Item[]>} */
export const fields = computed(() =>
  board.store.children('fields').value.flatMap((id) => board.store.item('fields', id).value ?? []),
);

/** @type {import('#ui').ReadonlySignal<Column[]>} */
export const columns = computed(() => [
  ...(maySelect() && !presenting.value ? [{ name: SELECT, title: t('Select') }] : []),
  { name: 'number', title: t('No.') },
  { name: 'title', title: t('Title') },
  { name: 'list', title: t('List') },
  { name: 'owners', title: t('Owners') },
  { name: 'labels', title: t('Labels') },
  { name: 'due', title: t('Due') },
  { name: 'start', title: t('Start') },
  { name: 'done', title: t('Done') },
  { name: 'checklist', title: t('Checklist') },
  ...fields.value.map((field) => ({ name: `field:${field.id}`, title: field.title, field })),
]);

/** Those by which it can be sorted. */
export const sortable = computed(() => columns.value.filter(({ name }) => name !== SELECT));

const VERBS = new Map([
  ['title', 'change_card'],
  ['due', 'change_card'],
  ['start', 'change_card'],
  ['list', 'move_card'],
  ['owners', 'set_owner'],
  ['labels', 'set_label'],
  ['done', 'finish_card'],
]);

/** May what stands in this column be changed here? @param {string} column */
export function changes(column) {
  const verb = column.startsWith('field:') ? 'set_field' : VERBS.get(column);
  return verb !== undefined && may('cards', verb);
}
