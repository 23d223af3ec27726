/** The calendar by keyboard: arrows go from card to card and from day to day; Space picks a card up, arrows carry it, Space lets it go, Escape brings it back. */
import { announce } from '../../core/announce.js';
import { dayOf, weekDay } from '../../core/dates.js';
import { t, tn } from '../../core/i18n.js';
import { hearWhile, usesLetters } from '../../core/keys.js';
import { weeksOf } from '../../core/month.js';
import { addDays, addMonths } from '../../core/when-words.js';
import { cardMenu } from '../card-menu.js';
import { archiveCard } from '../commands.js';
import { board, may } from '../context.js';
import { verbOfMany } from '../keyboard.js';
import { along } from '../selection.js';
import { month } from '../view.js';
import { openWhen } from '../when-popup.js';
import { ground } from './calendar-ground.js';
import { carried, shownMonth, today } from './calendar-state.js';
import { keySelects } from './select-cards.js';
import { setDay } from './set-day.js';

const STEPS = { ArrowUp: -7, ArrowDown: 7, ArrowLeft: -1, ArrowRight: 1 };

hearWhile(() => carried.peek(), carry);

/** @param {KeyboardEvent} event */
export function onCalendarKey(event) {
  const target = event.target instanceof Element ? event.target : null;
  const number = target?.closest('[data-number]')?.getAttribute('data-number');
  if (number) return fromDayToDay(event, number);
  const link = /** @type {HTMLElement | null | undefined} */ (target?.closest('[data-keyed]'));
  if (!link) return;
  const id = Number(link.getAttribute('data-keyed'));
  if (carried.peek()) carry(event);
  else if (!keySelects(event, id, ground)) onCard(event, id, link);
}

/** @param {KeyboardEvent} event @param {number} id @param {HTMLElement} link */
function onCard(event, id, link) {
  const { key } = event;
  // Space carries them all along.
  if (key !== ' ' && along(id).length > 1 && verbOfMany(event, id)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === ' ') lift(event, id);
  else if (key in STEPS && !event.shiftKey) walk(event, link);
  else if (key === 'd' && usesLetters() && may('cards', 'change_card')) {
    event.preventDefault();
    openWhen(id, link);
  } else if (key === 'c' && usesLetters() && may('cards', 'archive_card') && id > 0) {
    event.preventDefault();
    const order = ground.order();
    const next = order[order.indexOf(id) + 1] ?? order[order.indexOf(id) - 1];
    archiveCard(id);
    if (next) ground.focus(next);
  } else if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) {
    event.preventDefault();
    cardMenu(id, link);
  }
}

/** Past an edge the month turns. @param {KeyboardEvent} event @param {string} day */
function fromDayToDay(event, day) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const next = stepped(event.key, day);
  if (!next) return;
  event.preventDefault();
  showDay(next);
  const focus = () => {
    const number = document.querySelector(`[data-number="${next}"]`);
    if (number instanceof HTMLElement) number.focus();
    return number !== null;
  };
  if (!focus()) requestAnimationFrame(focus);
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
      title: named(id),
      day: weekDay(day),
    }),
  );
  refocus(id);
}

/** Who looks at something else carries nothing any more. */
export function letLie() {
  carried.value = null;
}

/** @param {KeyboardEvent} event */
function carry(event) {
  const held = carried.peek();
  if (!held || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  const next = stepped(key, held.day);
  if (!next && ![' ', 'Enter', 'Escape', 'Tab', 'Delete', 'Backspace'].includes(key)) return;
  event.preventDefault();
  event.stopPropagation();
  const { id } = held;
  if (key === 'Tab') return announce(t('First let the card go with Space, or bring it back with Escape.'));
  if (next) {
    carried.value = { id, day: next };
    showDay(next);
    announce(`${weekDay(next)}.`);
    return refocus(id);
  }
  carried.value = null;
  if (key === 'Escape') announce(t('{title} is back.', { title: named(id) }));
  else setDay(id, key === 'Delete' || key === 'Backspace' ? '' : held.day);
  return refocus(id);
}

/** What is carried: the card, or how many. @param {number} id */
function named(id) {
  const count = along(id).length;
  return count > 1 ? tn(count, '{count} card', '{count} cards') : (board.store.peek('cards', id)?.title ?? '');
}

/** The day that a key leads to. @param {string} key @param {string} day */
function stepped(key, day) {
  if (key === 'PageUp' || key === 'PageDown') return addMonths(day, key === 'PageUp' ? -1 : 1);
  if (!(key in STEPS)) return null;
  const turned = document.dir === 'rtl' && (key === 'ArrowLeft' || key === 'ArrowRight') ? -1 : 1;
  return addDays(day, STEPS[/** @type {keyof typeof STEPS} */ (key)] * turned);
}

/** Past an edge the month turns with it. @param {string} day */
function showDay(day) {
  if (!weeksOf(shownMonth.peek()).some((week) => week.includes(day))) month.value = day.slice(0, 7);
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
