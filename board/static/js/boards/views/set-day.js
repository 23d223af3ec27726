/** A card, or all that are selected with it, put on another day of the calendar, with one way back. */
import { announce } from '../../core/announce.js';
import { dayOf, timeOf, weekDay, whenOf } from '../../core/dates.js';
import { t } from '../../core/i18n.js';
import { addDays } from '../../core/when-words.js';
import { changeCard, undoable } from '../commands.js';
import { board } from '../context.js';
import { dateMany } from '../many.js';
import { along } from '../selection.js';

/**
 * The time of day stays what it was, and what lasts keeps its length; of many cards each gets the day alone.
 * @param {number} id @param {string} day '' takes the date off
 */
export function setDay(id, day) {
  const card = board.store.peek('cards', id);
  if (!card || id < 0) return;
  const ids = along(id);
  const had = card.due ? dayOf(card.due) : '';
  if (had === day && !ids.some((one) => dueDay(one) !== day))
    return announce(t('{title} stays where it was.', { title: card.title }));
  if (ids.length > 1) return void dateMany(ids, day || null);
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

/** @param {number} id */
function dueDay(id) {
  const due = board.store.peek('cards', id)?.due;
  return due ? dayOf(due) : '';
}
