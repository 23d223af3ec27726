/** What stands in each cell of the table. */
import { html } from '#ui';
import { shortDay } from '../../core/dates.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { Avatar } from '../avatar.js';
import { Labels } from '../card.js';
import { words } from '../card-marks.js';
import { board, cardAddress } from '../context.js';
import { Due } from '../due.js';
import { isSelected } from '../selection.js';
import { SELECT } from './columns.js';

/** @import { Item } from '../../core/types.js' */
/** @import { Column } from './columns.js' */

const MOST_OWNERS = 4;

/** @param {Column} column @param {Item} card */
export function cellOf({ name, field }, card) {
  switch (name) {
    case SELECT:
      return html`<${Box} on=${isSelected(card.id).value} />`;
    case 'number':
      return html`<a class="grid__number" href=${card.id > 0 ? cardAddress(card.id) : null} tabindex="-1" aria-label=${t('Open number {number}', { number: card.number ?? '' })}>${card.number ?? '…'}</a>`;
    case 'title':
      return html`<span class="grid__title"><span dir="auto">${card.title}</span>${card.blocked_count > 0 && !card.done && html`<span class="chip tint-violet">${icon('hourglass')}${t('waits')}</span>`}<button type="button" class="tool grid__open" tabindex="-1" aria-label=${t('Open: {title}', { title: card.title })}>${icon('square-arrow-out-up-right')}</button></span>`;
    case 'list':
      return html`<span class="grid__cut" dir="auto">${board.store.item('lists', card.list_id).value?.title}</span>`;
    case 'owners':
      return html`<span class="grid__many">${(card.owner_ids ?? []).slice(0, MOST_OWNERS).map((/** @type {number} */ id) => html`<${Avatar} key=${id} id=${id} asked=${card.asked_ids?.includes(id)} />`)}${card.owner_ids?.length > MOST_OWNERS && html`<span class="avatar avatar--more">+${card.owner_ids.length - MOST_OWNERS}</span>`}</span>`;
    case 'labels':
      return html`<span class="grid__many"><${Labels} ids=${card.label_ids ?? []} /></span>`;
    case 'due':
      return html`<${Due} due=${card.due} done=${card.done} />`;
    case 'start':
      return card.start && html`<span class="grid__quiet">${shortDay(card.start)}</span>`;
    case 'done':
      return html`<span class="grid__done" data-on=${card.done ? true : null}>${icon(card.done ? 'circle-check' : 'circle')}<span class="visually-hidden">${card.done ? t('Done') : t('Open')}</span></span>`;
    case 'checklist':
      return (
        card.item_count > 0 &&
        html`<span class="grid__quiet" title=${t('{ticked} of {items} ticked', { ticked: card.item_done ?? 0, items: card.item_count })}>${card.item_done ?? 0}/${card.item_count}</span>`
      );
    default:
      return field && fieldCell(field, card.field_values?.[field.id]);
  }
}

/** A tick that is drawn, not pressed: the cell or the button around it is. @param {{ on: boolean, some?: boolean }} props */
export function Box({ on, some = false }) {
  const said = on ? t('Selected') : some ? t('Some are selected') : t('Not selected');
  return html`<span class="grid__box" data-on=${on || some || null}>${on ? icon('check') : some && html`<span class="grid__some"></span>`}<span class="visually-hidden">${said}</span></span>`;
}

/** @param {Item} field @param {any} value */
function fieldCell(field, value) {
  const none = value === undefined || value === null || value === '' || value === false;
  if (field.kind === 'tick')
    return html`<span class="grid__done grid__tick" data-on=${none ? null : true}>${icon(none ? 'square' : 'square-check')}<span class="visually-hidden">${none ? t('no') : t('yes')}</span></span>`;
  if (none) return null;
  const said = words(field, value);
  if (field.kind === 'choice') {
    const option = field.options?.find((/** @type {Item} */ one) => one.id === value);
    return option && html`<span class=${`label tint-${option.colour || 'grey'}`} dir="auto">${said}</span>`;
  }
  if (field.kind === 'text') return html`<span class="grid__cut" dir="auto" title=${said}>${said}</span>`;
  return html`<span class="grid__quiet">${said}</span>`;
}
