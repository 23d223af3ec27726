/** A due date as a chip: its state in an icon and in words, never by colour alone. */
import { html, signal } from '#ui';
import { dayOf, dueState, fromNow, longDay, shortDay, timeOf } from '../core/dates.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';

const ICONS = { done: 'check', later: 'calendar', soon: 'clock', due: 'circle-alert', overdue: 'triangle-alert' };

const TINTS = { done: 'green', later: 'grey', soon: 'amber', due: 'red', overdue: 'red' };

/** Moves on by itself, so that what becomes due while the page is open is seen. */
const now = signal(Date.now());
if (typeof document !== 'undefined') setInterval(() => (now.value = Date.now()), 60_000);

/** @param {{ due?: string | null, done?: string | null, long?: boolean }} props */
export function Due({ due, done, long }) {
  const state = dueState({ due, done }, now.value);
  if (!due || !state) return null;
  return html`<span class=${`chip due due--${state} tint-${TINTS[state]}`} title=${`${longDay(due)}, ${fromNow(due, now.value)}`}>
    ${icon(ICONS[state])}<span>${long ? longWords(state, due) : shortWords(state, due)}</span>
  </span>`;
}

/** @param {import('../core/dates.js').DueState} state @param {string} due */
function shortWords(state, due) {
  const day = shortDay(due, now.value);
  if (state === 'done') return t('Done, {day}', { day });
  if (state === 'overdue') return t('Late, {day}', { day });
  if (state === 'due') return t('Due {when}', { when: fromNow(due, now.value) });
  if (state === 'soon') return [capital(fromNow(due, now.value)), timeOf(due)].filter(Boolean).join(' ');
  return day;
}

/** @param {import('../core/dates.js').DueState} state @param {string} due */
function longWords(state, due) {
  const day = longDay(due);
  if (state === 'done') return t('{day}, done', { day });
  if (state === 'overdue') return t('{day}, late: {when}', { day, when: fromNow(due, now.value) });
  if (state === 'due') return t('{day}, due {when}', { day, when: fromNow(due, now.value) });
  return `${day}, ${fromNow(dayOf(due), now.value)}`;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
