/** The cards of a board on the days of a month, over the same store: dragged to another day by mouse, by finger or by keys. */
import { computed, html, signal, useEffect, useRef, useState } from '#ui';
import { announce } from '../../core/announce.js';
import { dayOf, dueAt, timeOf, weekDay, whenOf } from '../../core/dates.js';
import { locale, t, tn } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { hearWhile, usesLetters } from '../../core/keys.js';
import { layWeek, weeksOf } from '../../core/month.js';
import { plainWeek, schoolDays } from '../../core/school-days.js';
import { addDays, addMonths } from '../../core/when-words.js';
import { cardMenu } from '../card-menu.js';
import { changeCard, undoable } from '../commands.js';
import { board, cardAddress, may } from '../context.js';
import { filtering, shownCards } from '../filter.js';
import { openPopup } from '../menu.js';
import { openCard } from '../open-card.js';
import { month } from '../view.js';
import { openWhen } from '../when-popup.js';
import { dragOverDays } from './days.js';

/** @import { Item } from '../../core/types.js' */
/** @import { Piece, Span } from '../../core/month.js' */
/** @import { SchoolDays } from '../../core/school-days.js' */

/** As many stand in a day; the rest is behind "more". */
const MOST = 4;
const MOST_UNDATED = 100;

/** The card that keys carry, and the day it is over. @type {import('#ui').Signal<{ id: number, day: string } | null>} */
const carried = signal(null);
hearWhile(() => carried.peek(), carry);

const today = () => dayOf(new Date().toISOString());
const shownMonth = computed(() => month.value || today().slice(0, 7));

/** Days on which each card stands; what is carried stands where it would go. @type {import('#ui').ReadonlySignal<Span[]>} */
const spans = computed(() =>
  shownCards.value.flatMap((id) => {
    const card = board.store.item('cards', id).value;
    if (!card) return [];
    const over = carried.value?.id === id ? carried.value.day : null;
    if (!card.due && !over) return [];
    const to = over ?? dayOf(card.due);
    const start = card.start && !over ? dayOf(card.start) : to;
    return [{ id, from: start < to ? start : to, to }];
  }),
);

const undated = computed(() =>
  shownCards.value.filter((id) => {
    const card = board.store.item('cards', id).value;
    return card && !card.due && !card.done && carried.value?.id !== id;
  }),
);

export function CalendarView() {
  const ref = useRef(/** @type {any} */ (null));
  const [days, setDays] = useState(plainWeek);
  useEffect(() => {
    schoolDays().then(setDays);
  }, []);
  const movable = may('cards', 'change_card');
  useEffect(() => (movable ? dragOverDays(ref.current, setDay) : undefined), [movable]);
  useEffect(() => letLie, []);
  const weeks = weeksOf(shownMonth.value);
  return html`<div class="board-view calendar" ref=${ref} onKeyDown=${onCalendarKey}>
    <div class="calendar__main">
      <${MonthHead} />
      <table class="calendar__month" aria-label=${t('What is due in {month}', { month: monthName(shownMonth.value) })}>
        <thead><tr>${weeks[0].map((day) => html`<th key=${day} scope="col" abbr=${formatted(day, { weekday: 'long' })}>${formatted(day, { weekday: 'short' })}</th>`)}</tr></thead>
        <tbody>${weeks.map((week) => html`<${Week} key=${week[0]} week=${week} days=${days} />`)}</tbody>
      </table>
      <${Agenda} days=${days} />
    </div>
    <${Undated} />
    <p class="visually-hidden" id="how-to-date">${t('Press Enter to open, Space to pick up and move from day to day with the arrow keys, d for another date.')}</p>
  </div>`;
}

function MonthHead() {
  return html`<div class="calendar__head">
    <h2 aria-live="polite">${monthName(shownMonth.value)}</h2>
    <div class="row">
      <button type="button" class="tool" aria-label=${t('The month before')} onClick=${() => turn(-1)}>${icon('chevron-left', 'icon--turns')}</button>
      <button type="button" class="button button--small" onClick=${() => (month.value = '')}>${t('Today')}</button>
      <button type="button" class="tool" aria-label=${t('The month after')} onClick=${() => turn(1)}>${icon('chevron-right', 'icon--turns')}</button>
    </div>
  </div>`;
}

/** @param {{ week: string[], days: SchoolDays }} props */
function Week({ week, days }) {
  const laid = layWeek(week, spans.value);
  const now = today();
  return html`<tr>
    ${week.map((day, n) => {
      const name = days.nameOf(day);
      const shut = !days.isSchoolDay(day);
      const pieces = laid[n];
      const rows = pieces.filter(({ row }) => row < MOST);
      const more = pieces.length - rows.length;
      /** @type {(Piece | null)[]} */
      const filled = Array.from(
        { length: (rows.at(-1)?.row ?? -1) + 1 },
        (_, row) => rows.find((piece) => piece.row === row) ?? null,
      );
      return html`<td key=${day} class="calendar__day" data-day=${day} data-shut=${shut || null} data-today=${day === now || null} data-other=${day.slice(0, 7) !== shownMonth.value || null}>
        <div class="calendar__date"><time datetime=${day} aria-current=${day === now ? 'date' : null}>${Number(day.slice(8))}</time>${shut && html`<span class="calendar__shut" dir="auto">${name || html`<span class="visually-hidden">${t('no school')}</span>`}</span>`}${pieces.length > 0 && html`<button type="button" class="calendar__count" aria-label=${tn(pieces.length, '{count} card on {day}', '{count} cards on {day}', { day: weekDay(day) })} onClick=${(/** @type {any} */ event) => openDay(day, event.currentTarget)}>${pieces.length}</button>`}</div>
        ${
          filled.length > 0 &&
          html`<ul class="calendar__pieces">
            ${filled.map((piece, row) => (piece ? html`<${Chip} key=${piece.id} piece=${piece} />` : html`<li key=${`free ${row}`} class="calendar__gap" aria-hidden="true"></li>`))}
          </ul>`
        }
        ${more > 0 && html`<button type="button" class="calendar__more" aria-label=${tn(more, '{count} more on {day}', '{count} more on {day}', { day: weekDay(day) })} onClick=${(/** @type {any} */ event) => openDay(day, event.currentTarget)}>${t('+{count} more', { count: more })}</button>`}
      </td>`;
    })}
  </tr>`;
}

/** A card on a day; of one that lasts, the first day of each week carries the words. @param {{ piece: Piece }} props */
function Chip({ piece: { id, begins, ends, first } }) {
  const card = board.store.item('cards', id).value;
  if (!card) return null;
  const late = isLate(card);
  const kind = `calendar__chip ${begins ? '' : 'calendar__chip--on'} ${ends ? '' : 'calendar__chip--goes'}`;
  const marks = {
    'data-card-day': id,
    'data-done': card.done ? true : null,
    'data-late': late || null,
    'data-mine': card.owner_ids?.includes(board.me.id) || null,
    'data-lifted': carried.value?.id === id || null,
  };
  if (!first) return html`<li class=${kind} aria-hidden="true" ...${marks}></li>`;
  const colour = board.store.item('labels', card.label_ids?.[0] ?? 0).value?.colour;
  return html`<li class=${`${kind} ${colour ? `tint-${colour}` : ''}`} ...${marks}>
    <${CardLink} card=${card} late=${late} />
    <button type="button" class="calendar__tool" tabindex="-1" aria-haspopup="menu" aria-label=${t('More for {title}', { title: card.title })} onClick=${(/** @type {any} */ event) => cardMenu(id, event.currentTarget)}>${icon('ellipsis')}</button>
  </li>`;
}

/** @param {{ card: Item, late?: boolean }} props */
function CardLink({ card, late = isLate(card) }) {
  const time = card.due ? timeOf(card.due) : '';
  return html`<a
    class="calendar__card"
    href=${card.id > 0 ? cardAddress(card.id) : null}
    draggable=${false}
    title=${card.title}
    aria-describedby=${may('cards', 'change_card') ? 'how-to-date' : null}
    data-keyed=${card.id}
    onClick=${(/** @type {MouseEvent} */ event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      openCard(card.id);
    }}
    >${card.done ? html`${icon('check')}<span class="visually-hidden">${t('Done:')} </span>` : late && html`${icon('triangle-alert')}<span class="visually-hidden">${t('Late')}: </span>`}${time && html`<span class="calendar__time">${time}</span> `}<bdi>${card.title}</bdi></a
  >`;
}

/** What has no day yet: to be dragged to one. */
function Undated() {
  const ids = undated.value;
  return html`<section class="calendar__side" aria-labelledby="undated">
    <h2 id="undated">${t('Without a date')} <span class="list__count">${ids.length}</span></h2>
    <ul class="calendar__undated" data-day="">
      ${ids.slice(0, MOST_UNDATED).map((id) => html`<${Loose} key=${id} id=${id} />`)}
      ${!ids.length && html`<li class="list__empty">${filtering.value ? t('No card matches.') : t('Every open card has a date.')}</li>`}
    </ul>
    ${ids.length > MOST_UNDATED && html`<p class="hint">${t('{count} more stand in the table.', { count: ids.length - MOST_UNDATED })}</p>`}
  </section>`;
}

/** @param {{ id: number }} props */
function Loose({ id }) {
  const card = board.store.item('cards', id).value;
  if (!card) return null;
  return html`<li class="calendar__chip calendar__chip--loose" data-card-day=${id} data-mine=${card.owner_ids?.includes(board.me.id) || null}>
    <${CardLink} card=${card} late=${false} />
    <button type="button" class="calendar__tool" tabindex="-1" aria-haspopup="menu" aria-label=${t('More for {title}', { title: card.title })} onClick=${(/** @type {any} */ event) => cardMenu(id, event.currentTarget)}>${icon('ellipsis')}</button>
  </li>`;
}

/** Day by day, where the month is too narrow for words. @param {{ days: SchoolDays }} props */
function Agenda({ days }) {
  const found = new Map();
  for (const { id, to } of spans.value) {
    if (to.slice(0, 7) !== shownMonth.value) continue;
    found.set(to, [...(found.get(to) ?? []), id]);
  }
  const filled = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return html`<section class="calendar__agenda" aria-label=${t('Day by day')}>
    ${filled.map(
      ([day, ids]) => html`<div key=${day}>
        <h3 id=${`agenda-${day}`} data-today=${day === today() || null}>${weekDay(day)}${!days.isSchoolDay(day) && html` <span class="chip">${days.nameOf(day) || t('no school')}</span>`}</h3>
        <${DayCards} ids=${ids} />
      </div>`,
    )}
    ${!filled.length && html`<p class="board-view__none">${t('Nothing is due in this month.')}</p>`}
  </section>`;
}

/** @param {{ ids: number[] }} props */
function DayCards({ ids }) {
  return html`<ul class="calendar__list">
    ${ids.map((id) => {
      const card = board.store.item('cards', id).value;
      return (
        card &&
        html`<li key=${id} class="calendar__chip calendar__chip--loose" data-done=${card.done ? true : null} data-late=${isLate(card) || null}>
          <${CardLink} card=${card} />
          ${may('cards', 'change_card') && html`<button type="button" class="tool" aria-haspopup="dialog" aria-label=${t('Another date: {title}', { title: card.title })} onClick=${(/** @type {any} */ event) => openWhen(id, event.currentTarget)}>${icon('calendar-plus')}</button>`}
        </li>`
      );
    })}
  </ul>`;
}

/** @param {string} day @param {HTMLElement} anchor */
function openDay(day, anchor) {
  openPopup(anchor, weekDay(day), () => html`<${OneDay} day=${day} />`);
}

/** @param {{ day: string }} props */
function OneDay({ day }) {
  const ids = spans.value.filter(({ from, to }) => from <= day && day <= to).map(({ id }) => id);
  return ids.length ? html`<${DayCards} ids=${ids} />` : html`<p class="hint">${t('Nothing is due on this day.')}</p>`;
}

/**
 * The time of day stays what it was, and what lasts keeps its length.
 * @param {number} id @param {string} day '' takes the date off
 */
function setDay(id, day) {
  const card = board.store.peek('cards', id);
  if (!card || id < 0) return;
  const had = card.due ? dayOf(card.due) : '';
  if (had === day) return announce(t('{title} stays where it was.', { title: card.title }));
  /** @type {Record<string, any>} */
  const fields = { due: day ? whenOf(day, card.due ? timeOf(card.due) : '') : null };
  if (card.start && had && day) {
    const moved = Math.round((Date.parse(day) - Date.parse(had)) / 86_400_000);
    fields.start = whenOf(addDays(dayOf(card.start), moved), timeOf(card.start));
  } else if (card.start && day && dayOf(card.start) > day) fields.start = null;
  const asked = changeCard(id, fields);
  undoable(
    day
      ? t('{title}: due {day}.', { title: card.title, day: weekDay(day) })
      : t('{title}: no date.', { title: card.title }),
    asked,
  );
}

const STEPS = { ArrowUp: -7, ArrowDown: 7, ArrowLeft: -1, ArrowRight: 1 };

/** @param {KeyboardEvent} event */
function onCalendarKey(event) {
  const link = event.target instanceof Element ? event.target.closest('[data-keyed]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  const id = Number(link.getAttribute('data-keyed'));
  if (carried.peek()) carry(event);
  else if (event.key === ' ') lift(event, id);
  else if (event.key in STEPS && !event.shiftKey) walk(event, link);
  else if (event.key === 'd' && usesLetters() && may('cards', 'change_card')) {
    event.preventDefault();
    openWhen(id, /** @type {HTMLElement} */ (link));
  } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    event.preventDefault();
    cardMenu(id, /** @type {HTMLElement} */ (link));
  }
}

/** @param {KeyboardEvent} event @param {number} id */
function lift(event, id) {
  event.preventDefault();
  const card = board.store.peek('cards', id);
  if (!card || id < 0 || !may('cards', 'change_card')) return;
  const first = `${shownMonth.peek()}-01`;
  const now = today();
  const day = card.due ? dayOf(card.due) : now.startsWith(shownMonth.peek()) ? now : first;
  carried.value = { id, day };
  announce(
    t('{title} picked up, {day}. Arrow keys to move it, Space to let it go, Escape to bring it back.', {
      title: card.title,
      day: weekDay(day),
    }),
  );
  refocus(id);
}

/** Who looks at something else carries nothing any more. */
function letLie() {
  carried.value = null;
}

/** @param {KeyboardEvent} event */
function carry(event) {
  const held = carried.peek();
  if (!held) return;
  const { key } = event;
  if (!(key in STEPS) && !['PageUp', 'PageDown', ' ', 'Enter', 'Escape', 'Tab', 'Delete', 'Backspace'].includes(key))
    return;
  event.preventDefault();
  event.stopPropagation();
  const { id } = held;
  if (key === 'Tab') return announce(t('First let the card go with Space, or bring it back with Escape.'));
  if (key === 'Escape' || key === ' ' || key === 'Enter') {
    carried.value = null;
    if (key === 'Escape') announce(t('{title} is back.', { title: board.store.peek('cards', id)?.title ?? '' }));
    else setDay(id, held.day);
    return refocus(id);
  }
  if (key === 'Delete' || key === 'Backspace') {
    carried.value = null;
    setDay(id, '');
    return refocus(id);
  }
  const turned = document.dir === 'rtl' && (key === 'ArrowLeft' || key === 'ArrowRight') ? -1 : 1;
  const day =
    key === 'PageUp' || key === 'PageDown'
      ? addMonths(held.day, key === 'PageUp' ? -1 : 1)
      : addDays(held.day, STEPS[/** @type {keyof typeof STEPS} */ (key)] * turned);
  carried.value = { id, day };
  // Past an edge the month turns with it.
  if (!weeksOf(shownMonth.peek()).some((week) => week.includes(day))) month.value = day.slice(0, 7);
  announce(`${weekDay(day)}.`);
  return refocus(id);
}

/** From card to card: to the neighbour in the day, else to the next day in that direction that has one. @param {KeyboardEvent} event @param {Element} link */
function walk(event, link) {
  const day = link.closest('td');
  if (!day) return;
  event.preventDefault();
  const { key } = event;
  const inside = [...day.querySelectorAll('[data-keyed]')];
  const at = inside.indexOf(link);
  const vertical = key === 'ArrowUp' || key === 'ArrowDown';
  const step = STEPS[/** @type {keyof typeof STEPS} */ (key)] * (!vertical && document.dir === 'rtl' ? -1 : 1);
  const beside = vertical ? inside[at + Math.sign(step)] : undefined;
  if (beside instanceof HTMLElement) return beside.focus();
  const all = [.../** @type {HTMLElement} */ (day.closest('tbody')).querySelectorAll('td')];
  for (let n = all.indexOf(day) + step; n >= 0 && n < all.length; n += step) {
    const there = [...all[n].querySelectorAll('[data-keyed]')];
    const next = step < 0 && vertical ? there.at(-1) : there[0];
    if (next instanceof HTMLElement) return next.focus();
  }
  return announce(t('This is the edge.'));
}

/** @param {number} id */
function refocus(id) {
  requestAnimationFrame(() => {
    const link = document.querySelector(
      `.calendar__month [data-keyed="${id}"], .calendar__undated [data-keyed="${id}"]`,
    );
    if (link instanceof HTMLElement) link.focus();
  });
}

/** @param {number} count */
function turn(count) {
  const next = addMonths(`${shownMonth.peek()}-01`, count).slice(0, 7);
  month.value = next === today().slice(0, 7) ? '' : next;
}

/** @param {Item} card */
function isLate(card) {
  return Boolean(card.due && !card.done && dueAt(card.due) <= Date.now());
}

/** @param {string} wanted */
function monthName(wanted) {
  return formatted(`${wanted}-01`, { month: 'long', year: 'numeric' });
}

/** @param {string} day @param {Intl.DateTimeFormatOptions} options */
function formatted(day, options) {
  return new Intl.DateTimeFormat(locale() === 'en' ? 'en-GB' : locale(), { ...options, timeZone: 'UTC' }).format(
    Date.parse(day),
  );
}
