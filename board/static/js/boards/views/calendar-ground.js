/** How one selects in the calendar: a range is what stands between two cards as one reads the days, and a day is what Ctrl+A takes. */
import { focusCard } from '../../core/focus.js';
import { cardsOn, undated } from './calendar-state.js';

/** @type {import('./select-cards.js').Ground} */
export const ground = {
  order: () => {
    const links = [...document.querySelectorAll('.calendar [data-keyed]')].filter((link) => link.checkVisibility());
    return [...new Set(links.map((link) => Number(link.getAttribute('data-keyed'))))];
  },
  together: () => {
    const day = document.activeElement?.closest('[data-day]')?.getAttribute('data-day');
    return day ? cardsOn(day) : day === '' ? undated.peek() : [];
  },
  focus: (id) => void requestAnimationFrame(() => focusCard(id)),
};
