/** A card in the calendar: on the days of the month, beside it, or in the list of one day. */
import { html } from '#ui';
import { isLate, timeOf } from '../../core/dates.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { cardMenu } from '../card-menu.js';
import { board, cardAddress, may } from '../context.js';
import { openCard } from '../open-card.js';
import { isSelected } from '../selection.js';
import { openWhen } from '../when-popup.js';
import { ground } from './calendar-ground.js';
import { carried } from './calendar-state.js';
import { clickSelects } from './select-cards.js';

/** @import { Item } from '../../core/types.js' */
/** @import { Piece } from '../../core/month.js' */

/** A card on a day; of one that lasts, the first day of each week carries the words. @param {{ piece: Piece }} props */
export function Chip({ piece: { id, begins, ends, first } }) {
  const card = board.store.item('cards', id).value;
  if (!card) return null;
  const late = isLate(card);
  const kind = `calendar__chip ${begins ? '' : 'calendar__chip--on'} ${ends ? '' : 'calendar__chip--goes'}`;
  const marks = { ...marksOf(card), 'data-late': late || null, 'data-lifted': carried.value?.id === id || null };
  if (!first) return html`<li class=${kind} aria-hidden="true" data-card-day=${id} ...${marks}></li>`;
  const colour = board.store.item('labels', card.label_ids?.[0] ?? 0).value?.colour;
  return html`<li class=${`${kind} ${colour ? `tint-${colour}` : ''}`} data-card-day=${id} ...${marks}>
    <${CardLink} card=${card} late=${late} />
    <${More} card=${card} />
  </li>`;
}

/** What has no day yet. @param {{ id: number }} props */
export function Loose({ id }) {
  const card = board.store.item('cards', id).value;
  if (!card) return null;
  return html`<li class="calendar__chip calendar__chip--loose" data-card-day=${id} ...${marksOf(card)}>
    <${CardLink} card=${card} late=${false} />
    <${More} card=${card} />
  </li>`;
}

/** @param {{ ids: number[] }} props */
export function DayCards({ ids }) {
  return html`<ul class="calendar__list">
    ${ids.map((id) => {
      const card = board.store.item('cards', id).value;
      return (
        card &&
        html`<li key=${id} class="calendar__chip calendar__chip--loose" ...${marksOf(card)} data-late=${isLate(card) || null}>
          <${CardLink} card=${card} />
          ${may('cards', 'change_card') && html`<button type="button" class="tool" aria-haspopup="dialog" aria-label=${t('Another date: {title}', { title: card.title })} onClick=${(/** @type {any} */ event) => openWhen(id, event.currentTarget)}>${icon('calendar-plus')}</button>`}
        </li>`
      );
    })}
  </ul>`;
}

/** @param {{ card: Item, late?: boolean }} props */
function CardLink({ card, late = isLate(card) }) {
  const time = card.due ? timeOf(card.due) : '';
  const state = card.done
    ? html`${icon('check')}<span class="visually-hidden">${t('Done:')} </span>`
    : late && html`${icon('triangle-alert')}<span class="visually-hidden">${t('Late')}: </span>`;
  return html`<a
    class="calendar__card"
    href=${card.id > 0 ? cardAddress(card.id) : null}
    tabindex="0"
    draggable=${false}
    title=${card.title}
    aria-describedby=${may('cards', 'change_card') ? 'how-to-date' : null}
    data-keyed=${card.id}
    onClick=${(/** @type {MouseEvent} */ event) => {
      if (event.button) return;
      const selects = clickSelects(event, card.id, ground);
      if (!selects && (event.metaKey || event.ctrlKey || event.shiftKey)) return;
      event.preventDefault();
      if (!selects) openCard(card.id);
    }}
    >${isSelected(card.id).value && html`<span class="card__chosen">${icon('check')}<span class="visually-hidden">${t('Selected:')} </span></span>`}${state}${time && html`<span class="calendar__time">${time}</span> `}<bdi>${card.title}</bdi></a
  >`;
}

/** @param {{ card: Item }} props */
function More({ card: { id, title } }) {
  return html`<button type="button" class="calendar__tool" tabindex="-1" aria-haspopup="menu" aria-label=${t('More for {title}', { title })} onClick=${(/** @type {any} */ event) => cardMenu(id, event.currentTarget)}>${icon('ellipsis')}</button>`;
}

/** @param {Item} card */
function marksOf(card) {
  return {
    'data-done': card.done ? true : null,
    'data-mine': card.owner_ids?.includes(board.me.id) || null,
    'data-selected': isSelected(card.id).value || null,
  };
}
