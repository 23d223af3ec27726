/** Which month is shown, what stands on which of its days, and which card is carried over them by keys. */
import { computed, signal } from '#ui';
import { dayOf } from '../../core/dates.js';
import { locale } from '../../core/i18n.js';
import { board } from '../context.js';
import { shownCards } from '../filter.js';
import { month } from '../view.js';

/** @import { Span } from '../../core/month.js' */

/** The card that keys carry, and the day it is over. @type {import('#ui').Signal<{ id: number, day: string } | null>} */
export const carried = signal(null);

export const today = () => dayOf(new Date().toISOString());
export const shownMonth = computed(() => month.value || today().slice(0, 7));

/** Days on which each card stands; what is carried stands where it would go. @type {import('#ui').ReadonlySignal<Span[]>} */
export const spans = computed(() =>
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

export const undated = computed(() =>
  shownCards.value.filter((id) => {
    const card = board.store.item('cards', id).value;
    return card && !card.due && !card.done && carried.value?.id !== id;
  }),
);

/** The cards of one day. @param {string} day */
export function cardsOn(day) {
  return spans.value.filter(({ from, to }) => from <= day && day <= to).map(({ id }) => id);
}

/** @param {string} wanted */
export function monthName(wanted) {
  return dayIn(`${wanted}-01`, { month: 'long', year: 'numeric' });
}

/** @param {string} day @param {Intl.DateTimeFormatOptions} options */
export function dayIn(day, options) {
  return new Intl.DateTimeFormat(locale() === 'en' ? 'en-GB' : locale(), { ...options, timeZone: 'UTC' }).format(
    Date.parse(day),
  );
}
