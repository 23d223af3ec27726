/** A new card on a day of the calendar: it is due then. */
import { html, signal } from '#ui';
import { weekDay } from '../../core/dates.js';
import { t, tn } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { board, may } from '../context.js';
import { closeMenu, openPopup } from '../menu.js';
import { presenting } from '../view.js';
import { DayCards } from './calendar-chip.js';
import { cardsOn, dayIn, shownMonth, today } from './calendar-state.js';
import { NewCardForm } from './new-card-form.js';

/** The day that Tab leads to: the one that had the focus last. */
export const dayAt = signal('');

/** Only where the month shows it. */
export function tabDay() {
  if (dayAt.value.startsWith(shownMonth.value)) return dayAt.value;
  return today().startsWith(shownMonth.value) ? today() : `${shownMonth.value}-01`;
}

export function makesCards() {
  return may('lists', 'make_card') && !presenting.value && board.store.children('lists').value.length > 0;
}

/** The number of a day; where cards can be made it is a button for one. @param {{ day: string }} props */
export function DayNumber({ day }) {
  const now = day === today() ? 'date' : null;
  const number = html`<time datetime=${day} aria-current=${now}>${Number(day.slice(8))}</time>`;
  if (!makesCards()) return number;
  return html`<button
    type="button"
    class="calendar__number"
    data-new-card
    data-number=${day}
    tabindex=${day === tabDay() ? 0 : -1}
    aria-haspopup="dialog"
    aria-label=${t('{day}: new card', { day: dayIn(day, { weekday: 'long', day: 'numeric', month: 'long' }) })}
    onFocus=${() => (dayAt.value = day)}
    onClick=${(/** @type {any} */ event) => newOn(day, event.currentTarget)}
  >${number}</button>`;
}

/** @param {string} day @param {HTMLElement} anchor */
export function newOn(day, anchor) {
  openPopup(
    anchor,
    t('New card, {day}', { day: weekDay(day) }),
    () => html`<div class="calendar__new">
    <${NewCardForm} place=${{ beginning: { due: day } }} draft=${`new card ${board.id} on ${day}`} takes=${true} close=${closeMenu} />
    <p class="hint">${t('Enter adds it, and you can write the next one.')}</p>
  </div>`,
  );
}

/** All that stands on a day. @param {string} day @param {HTMLElement} anchor */
export function openDay(day, anchor) {
  openPopup(anchor, weekDay(day), () => html`<${OneDay} day=${day} anchor=${anchor} />`);
}

/** @param {{ day: string, anchor: HTMLElement }} props */
function OneDay({ day, anchor }) {
  const ids = cardsOn(day);
  return html`<div class="calendar__one">
    ${ids.length ? html`<${DayCards} ids=${ids} />` : html`<p class="hint">${t('Nothing is due on this day.')}</p>`}
    ${makesCards() && html`<button type="button" class="composer__opener" onClick=${() => newOn(day, anchor)}>${icon('plus')}<span>${t('New card')}</span></button>`}
  </div>`;
}

/** @param {string} day @param {number} count */
export function countOn(day, count) {
  return tn(count, '{count} card on {day}', '{count} cards on {day}', { day: weekDay(day) });
}
