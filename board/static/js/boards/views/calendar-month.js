/** The month as a table of days, and what turns it. */
import { html } from '#ui';
import { weekDay } from '../../core/dates.js';
import { t, tn } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { layWeek, weeksOf } from '../../core/month.js';
import { addMonths } from '../../core/when-words.js';
import { picking } from '../selection.js';
import { month } from '../view.js';
import { Chip } from './calendar-chip.js';
import { dayIn, monthName, shownMonth, spans, today } from './calendar-state.js';
import { countOn, DayNumber, makesCards, newOn, openDay, tabDay } from './new-on-day.js';
import { Pick } from './pick.js';

/** @import { Piece } from '../../core/month.js' */
/** @import { SchoolDays } from '../../core/school-days.js' */

/** As many stand in a day; the rest is behind "more". */
const MOST = 4;

export function MonthHead() {
  return html`<div class="calendar__head">
    <h2 aria-live="polite">${monthName(shownMonth.value)}</h2>
    <div class="row calendar__does">
      <${Pick} />
      ${makesCards() && html`<button type="button" class="button button--small" aria-haspopup="dialog" data-new-card onClick=${(/** @type {any} */ event) => newOn(tabDay(), event.currentTarget)}>${icon('plus')}<span>${t('New card')}</span></button>`}
    </div>
    <div class="row">
      <button type="button" class="tool" aria-label=${t('The month before')} onClick=${() => turn(-1)}>${icon('chevron-left', 'icon--turns')}</button>
      <button type="button" class="button button--small" onClick=${() => (month.value = '')}>${t('Today')}</button>
      <button type="button" class="tool" aria-label=${t('The month after')} onClick=${() => turn(1)}>${icon('chevron-right', 'icon--turns')}</button>
    </div>
  </div>`;
}

/** @param {{ days: SchoolDays }} props */
export function Month({ days }) {
  const weeks = weeksOf(shownMonth.value);
  return html`<table class="calendar__month" aria-label=${t('What is due in {month}', { month: monthName(shownMonth.value) })}>
    <thead><tr>${weeks[0].map((day) => html`<th key=${day} scope="col" abbr=${dayIn(day, { weekday: 'long' })}>${dayIn(day, { weekday: 'short' })}</th>`)}</tr></thead>
    <tbody>${weeks.map((week) => html`<${Week} key=${week[0]} week=${week} days=${days} />`)}</tbody>
  </table>`;
}

/** @param {{ week: string[], days: SchoolDays }} props */
function Week({ week, days }) {
  const laid = layWeek(week, spans.value);
  return html`<tr>${week.map((day, n) => html`<${Day} key=${day} day=${day} pieces=${laid[n]} days=${days} />`)}</tr>`;
}

/** @param {{ day: string, pieces: Piece[], days: SchoolDays }} props */
function Day({ day, pieces, days }) {
  const name = days.nameOf(day);
  const shut = !days.isSchoolDay(day);
  const rows = pieces.filter(({ row }) => row < MOST);
  const more = pieces.length - rows.length;
  const makes = makesCards();
  /** @type {(Piece | null)[]} */
  const filled = Array.from(
    { length: (rows.at(-1)?.row ?? -1) + 1 },
    (_, row) => rows.find((piece) => piece.row === row) ?? null,
  );
  return html`<td
    class="calendar__day"
    data-day=${day}
    data-shut=${shut || null}
    data-today=${day === today() || null}
    data-other=${day.slice(0, 7) !== shownMonth.value || null}
    data-makes=${makes || null}
    onPointerDown=${rememberWindow}
    onClick=${makes ? (/** @type {MouseEvent} */ event) => onFreePlace(event, day) : null}
  >
    <div class="calendar__date"><${DayNumber} day=${day} />${shut && html`<span class="calendar__shut" dir="auto">${name || html`<span class="visually-hidden">${t('no school')}</span>`}</span>`}${pieces.length > 0 && html`<button type="button" class="calendar__count" aria-label=${countOn(day, pieces.length)} onClick=${(/** @type {any} */ event) => openDay(day, event.currentTarget)}>${pieces.length}</button>`}${makes && icon('plus', 'calendar__plus')}</div>
    ${
      filled.length > 0 &&
      html`<ul class="calendar__pieces">
        ${filled.map((piece, row) => (piece ? html`<${Chip} key=${piece.id} piece=${piece} />` : html`<li key=${`free ${row}`} class="calendar__gap" aria-hidden="true"></li>`))}
      </ul>`
    }
    ${more > 0 && html`<button type="button" class="calendar__more" aria-label=${tn(more, '{count} more on {day}', '{count} more on {day}', { day: weekDay(day) })} onClick=${(/** @type {any} */ event) => openDay(day, event.currentTarget)}>${t('+{count} more', { count: more })}</button>`}
  </td>`;
}

let closesWindow = false;

/** A click beside a small window closes it, and does nothing else. */
function rememberWindow() {
  closesWindow = document.querySelector('[popover]:popover-open') !== null;
}

/** A click where nothing stands. @param {MouseEvent} event @param {string} day */
function onFreePlace(event, day) {
  const target = /** @type {Element} */ (event.target);
  const other = event.button || event.metaKey || event.ctrlKey || event.shiftKey || closesWindow || picking.peek();
  if (other || target.closest('button, a, .calendar__chip')) return;
  const number = /** @type {HTMLElement} */ (event.currentTarget).querySelector('.calendar__number');
  if (number instanceof HTMLElement) newOn(day, number);
}

/** @param {number} count */
function turn(count) {
  const next = addMonths(`${shownMonth.peek()}-01`, count).slice(0, 7);
  month.value = next === today().slice(0, 7) ? '' : next;
}
