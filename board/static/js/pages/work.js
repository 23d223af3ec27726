/** My work: ticks, answers, another date (by a small form everywhere, by dragging in the month), each to be taken back. */
import { announce } from '../core/announce.js';
import { dayOf, liveIn, longDay, timeOf, whenOf } from '../core/dates.js';
import { newOp } from '../core/http.js';
import { t } from '../core/i18n.js';
import { followActions } from './actions.js';
import './submits.js';
import { showRefusal } from './problems.js';
import { send } from './reauth.js';
import { say } from './say.js';
import { sayNext } from './say-next.js';

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
liveIn(boot.time_zone);
followActions();

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('redate'));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector('[data-redate-form]'));
const field = /** @type {HTMLInputElement} */ (document.getElementById('redate-day'));
/** @type {HTMLElement | null} */
let about = null;

document.addEventListener('click', (event) => {
  const button = /** @type {Element} */ (event.target).closest?.('[data-redate]');
  about = button?.closest('[data-action]') ?? about;
  if (!button || !about) return;
  field.value = about.dataset.due ? dayOf(about.dataset.due) : '';
  /** @type {Element} */ (dialog.querySelector('[data-redate-what]')).textContent = about.dataset.title ?? '';
  dialog.showModal();
});
form.addEventListener('submit', () => about && redate(about, field.value));
for (const choice of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll('[data-redate-day]')))
  choice.addEventListener('click', () => {
    dialog.close();
    if (about) redate(about, choice.dataset.redateDay ?? '');
  });

/** The time of day stays what it was. @param {HTMLElement} row @param {string} day empty: no date */
async function redate(row, day) {
  const before = row.dataset.due ?? '';
  if (day === (before ? dayOf(before) : '')) return;
  const op = newOp();
  const due = whenOf(day, day ? timeOf(before) : '');
  try {
    await send('PATCH', `${row.dataset.path}`, { body: { due }, op });
  } catch (error) {
    return showRefusal(error);
  }
  const words = day ? t('Due {day}.', { day: longDay(day) }) : t('Without a date now.');
  if (!row.closest('[data-month]') && !row.closest('.month-undated')) {
    // In the list it may belong under another heading: it is drawn anew.
    sayNext(words, op);
    location.reload();
    return;
  }
  place(row, due ?? '');
  say(words, {
    action: t('Undo'),
    act: async () => {
      try {
        await send('PUT', `/ops/${op}/undone`, {});
        place(row, before);
        announce(t('Taken back.'));
      } catch (error) {
        showRefusal(error);
      }
    },
  });
}

/** @param {HTMLElement} row @param {string} due */
function place(row, due) {
  row.dataset.due = due;
  const day = due ? dayOf(due) : '';
  const home = document.querySelector(`[data-day="${day}"]`);
  const list = home?.matches('ul') ? home : home?.querySelector('ul');
  const focused = row.contains(document.activeElement);
  if (list) list.append(row);
  else row.remove();
  if (focused) /** @type {HTMLElement | null} */ (row.querySelector('a'))?.focus();
}

/** @type {HTMLElement | null} */
let dragged = null;
const isTarget = (/** @type {Event} */ event) =>
  /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.('[data-day]'));

document.addEventListener('dragstart', (event) => {
  dragged = /** @type {Element} */ (event.target).closest?.('.month__action') ?? null;
  dragged?.classList.add('month__action--dragged');
});
document.addEventListener('dragend', () => {
  dragged?.classList.remove('month__action--dragged');
  for (const day of document.querySelectorAll('[data-over]')) day.removeAttribute('data-over');
  dragged = null;
});
document.addEventListener('dragover', (event) => {
  const day = dragged && isTarget(event);
  for (const other of document.querySelectorAll('[data-over]')) if (other !== day) other.removeAttribute('data-over');
  if (!day) return;
  event.preventDefault();
  day.setAttribute('data-over', '');
});
document.addEventListener('drop', (event) => {
  const day = dragged && isTarget(event);
  if (!day || !dragged) return;
  event.preventDefault();
  redate(dragged, day.dataset.day ?? '');
});
