/** How the board is looked at: as lists, as a table or as a calendar, and whether it is shown to a room. All over the same store. */
import { signal } from '#ui';
import { t } from '../core/i18n.js';
import { keepView } from './mine.js';

/** @typedef {'board' | 'table' | 'calendar'} View */

export const VIEWS = /** @type {View[]} */ (['board', 'table', 'calendar']);
export const GROUPS = ['', 'list', 'owner', 'label', 'due'];

export const view = signal(/** @type {View} */ ('board'));
/** The column by which the table is sorted, "-" before it for downwards; '' is the order of the board. */
export const sorting = signal('');
/** What its rows are gathered by: one of GROUPS, or a field of the board ("field:3"). */
export const grouping = signal('');
/** The month that the calendar shows, such as "2026-11"; '' is this one. */
export const month = signal('');
/** Is the board on a projector? */
export const presenting = signal(false);

export const VIEW_ICONS = { board: 'square-kanban', table: 'list', calendar: 'calendar-days' };

/** @param {View} wanted */
export function viewName(wanted) {
  return { board: t('Board'), table: t('Table'), calendar: t('Calendar') }[wanted];
}

/** @param {View} wanted */
export function showView(wanted) {
  if (view.peek() === wanted) return;
  view.value = wanted;
  keepView({ view: wanted });
}

/** What of it stands in an address; the rest of that is left alone. @param {URLSearchParams} params */
export function viewIntoAddress(params) {
  const table = view.value === 'table';
  const values = {
    view: view.value === 'board' ? '' : view.value,
    sort: table ? sorting.value : '',
    group: table ? grouping.value : '',
    month: view.value === 'calendar' ? month.value : '',
    present: presenting.value ? '1' : '',
  };
  for (const [name, value] of Object.entries(values)) if (value) params.set(name, value);
  return params;
}

/** @param {URLSearchParams} params */
export function viewFromAddress(params) {
  const wanted = params.get('view');
  const group = params.get('group') ?? '';
  const when = params.get('month') ?? '';
  view.value = VIEWS.find((name) => name === wanted) ?? 'board';
  sorting.value = /^-?[a-z]+(:\d+)?$/.test(params.get('sort') ?? '') ? (params.get('sort') ?? '') : '';
  grouping.value = GROUPS.includes(group) || /^field:\d+$/.test(group) ? group : '';
  month.value = /^\d{4}-(0[1-9]|1[0-2])$/.test(when) ? when : '';
  presenting.value = params.get('present') === '1';
}
