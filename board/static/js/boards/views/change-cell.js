/** What Enter and a click do in a cell of the table: a window beside it, a menu, or at once. Titles, texts and numbers are typed in the row itself. */
import { html } from '#ui';
import { announce } from '../../core/announce.js';
import { dayOf } from '../../core/dates.js';
import { t } from '../../core/i18n.js';
import { moveCard, setDone, undoable } from '../commands.js';
import { board } from '../context.js';
import { openMenu, openPopup } from '../menu.js';
import { openCard } from '../open-card.js';
import { setValue } from '../part-commands.js';
import { LabelPicker, OwnerPicker } from '../side.js';
import { openDate, openWhen } from '../when-popup.js';
import { changes, fields } from './columns.js';

/** @import { Item } from '../../core/types.js' */

/** Is what stands in this column typed where it stands? @param {string} column */
export function isTyped(column) {
  return column === 'title' || ['text', 'number'].includes(fieldOf(column)?.kind);
}

/** The field of the board that has this column. @param {string} column */
export function fieldOf(column) {
  return column.startsWith('field:') ? fields.peek().find(({ id }) => column === `field:${id}`) : undefined;
}

/** @param {string} column @param {HTMLElement} cell @param {Item} card */
export function changeIn(column, cell, card) {
  if (column === 'number') return openCard(card.id);
  if (!changes(column)) return announce(t('This cannot be changed here.'));
  if (card.id < 0) return announce(t('This card is still being saved.'));
  const field = fieldOf(column);
  if (field) return changeField(field, cell, card);
  if (column === 'done') return void setDone(card.id, !card.done);
  if (column === 'due' || column === 'start') return openWhen(card.id, cell, column);
  if (column === 'owners') return openPopup(cell, t('Owners'), () => html`<${OwnerPicker} id=${card.id} />`);
  if (column === 'labels') return openPopup(cell, t('Labels'), () => html`<${LabelPicker} id=${card.id} />`);
  return openMenu(
    cell,
    t('Move to…'),
    board.store
      .children('lists')
      .peek()
      .map((list) => ({
        label: board.store.peek('lists', list)?.title ?? '',
        icon: list === card.list_id ? 'check' : 'arrow-right',
        act: () => moveCard(card.id, list, {}),
      })),
  );
}

/** Takes away what stands in a field of the board, with a way back. @param {string} column @param {Item} card */
export function emptyCell(column, card) {
  const field = fieldOf(column);
  if (!field || !changes(column) || card.id < 0 || card.field_values?.[field.id] === undefined) return false;
  undoable(t('{field}: empty.', { field: field.title }), setValue(card.id, field.id, null));
  return true;
}

/** @param {Item} field @param {HTMLElement} cell @param {Item} card */
function changeField(field, cell, card) {
  const now = () => board.store.item('cards', card.id).value?.field_values?.[field.id] ?? null;
  const set = (/** @type {string | number | boolean | null} */ value) => setValue(card.id, field.id, value);
  if (field.kind === 'date') return openDate(cell, field.title, now, (when) => set(when && dayOf(when)));
  if (field.kind === 'tick') {
    const on = !card.field_values?.[field.id];
    set(on);
    return announce(on ? t('{field}: yes.', { field: field.title }) : t('{field}: no.', { field: field.title }));
  }
  const chosen = card.field_values?.[field.id];
  const choice = (/** @type {string} */ label, /** @type {number | null} */ value) => ({
    label,
    icon: value === (chosen ?? null) ? 'check' : value === null ? 'x' : 'circle',
    act: () => {
      if (value !== (chosen ?? null)) set(value);
      announce(`${field.title}: ${label}.`);
    },
  });
  return openMenu(cell, field.title, [
    ...(field.options ?? []).map((/** @type {Item} */ option) => choice(option.title, option.id)),
    choice(t('none'), null),
  ]);
}
