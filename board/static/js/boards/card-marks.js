/** What a card shows on its front besides labels and dates: that it waits for others, and the board's own fields. */
import { html } from '#ui';
import { shortDay } from '../core/dates.js';
import { locale, t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { board } from './context.js';

/** @import { Item } from '../core/types.js' */

/** The fields of the board, in order. @returns {Item[]} */
export function fieldsOf() {
  return board.store.children('fields').value.flatMap((id) => board.store.item('fields', id).value ?? []);
}

/** On the front of a card: that it waits, and the fields that are shown there. @param {{ card: Item }} props */
export function Marks({ card }) {
  const values = card.field_values ?? {};
  const shown = card.field_values ? fieldsOf().filter(({ id, shown }) => shown && values[id] !== undefined) : [];
  return html`${card.blocked_count > 0 && !card.done && html`<${Waiting} count=${card.blocked_count} />`}${shown.map(
    (field) =>
      html`<span key=${field.id} class=${`chip chip--field ${tint(field, values[field.id])}`} dir="auto">${said(field, values[field.id])}</span>`,
  )}`;
}

/** A number or a day says nothing without its name; a choice and a text do. @param {Item} field @param {any} value */
function said(field, value) {
  if (field.kind === 'tick') return html`${icon('check')}${field.title}`;
  if (field.kind === 'number' || field.kind === 'date') return `${field.title}: ${words(field, value)}`;
  return html`<span class="visually-hidden">${field.title}: </span>${words(field, value)}`;
}

/** Is there something of it? @param {Item} card */
export function hasMarks(card) {
  return (card.blocked_count > 0 && !card.done) || Boolean(card.field_values);
}

/** @param {{ count: number }} props */
function Waiting({ count }) {
  const why = count === 1 ? t('Waiting for another card') : t('Waiting for {count} other cards', { count });
  return html`<span class="chip chip--waiting" title=${why}>${icon('hourglass')}<span aria-hidden="true">${t('waiting')}</span><span class="visually-hidden">${why}</span></span>`;
}

/** A number without the dust of binary sums: 0.3 and not 0.30000000000000004. @param {number} value */
export function exact(value) {
  return Number(value.toPrecision(15));
}

/** @param {Item} field @param {any} value */
export function words(field, value) {
  if (field.kind === 'choice') return option(field, value)?.title ?? '';
  if (field.kind === 'tick') return t('yes');
  if (field.kind === 'number')
    return new Intl.NumberFormat(locale(), { maximumFractionDigits: 15 }).format(exact(value));
  return field.kind === 'date' ? shortDay(value) : value;
}

/** @param {Item} field @param {any} value */
function tint(field, value) {
  const colour = field.kind === 'choice' && option(field, value)?.colour;
  return colour ? `tint-${colour}` : '';
}

/** @param {Item} field @param {any} value @returns {Item | undefined} */
function option(field, value) {
  return field.options.find((/** @type {Item} */ one) => one.id === value);
}
