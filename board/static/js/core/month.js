/** Weeks and months as the reader's country counts them, and which things stand on which day. Days are texts, YYYY-MM-DD. */
import { addDays, weekdayOf } from './when-words.js';

const WEEK = 7;

/** The day a week begins with: 0 is Monday. The page says it, so that months drawn by the server and those drawn here look alike. */
export function firstOfWeek() {
  return typeof document === 'undefined' ? 0 : Number(document.documentElement.dataset.weekBegins ?? 0);
}

/** The first and the last day of the week around a day. @param {string} day @param {number} [first] @returns {[string, string]} */
export function weekAround(day, first = firstOfWeek()) {
  const start = addDays(day, -((weekdayOf(day) - first + WEEK) % WEEK));
  return [start, addDays(start, WEEK - 1)];
}

/** The whole weeks that a month lies in. @param {string} month such as "2026-11" @param {number} [first] @returns {string[][]} */
export function weeksOf(month, first = firstOfWeek()) {
  const weeks = [];
  for (let [start] = weekAround(`${month}-01`, first); start.slice(0, 7) <= month; start = addDays(start, WEEK)) {
    weeks.push(Array.from({ length: WEEK }, (_, n) => addDays(start, n)));
  }
  return weeks;
}

/** A thing from a day to a day, both included. @typedef {{ id: number, from: string, to: string }} Span */
/** A piece of it on one day: in which row, and whether it begins or ends there. @typedef {{ id: number, row: number, begins: boolean, ends: boolean, first: boolean }} Piece */

/**
 * Rows for what stands in one week, so that a thing of several days keeps its row from day to day; the longest stand on top.
 * @param {string[]} week @param {Span[]} spans @returns {Piece[][]} for each day, by row
 */
export function layWeek(week, spans) {
  const [first, last] = [week[0], week[week.length - 1]];
  const inside = spans
    .filter(({ from, to }) => from <= last && to >= first)
    .map((span) => ({
      ...span,
      start: span.from < first ? 0 : week.indexOf(span.from),
      end: span.to > last ? week.length - 1 : week.indexOf(span.to),
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end || a.id - b.id);
  /** Up to which day each row is taken. @type {number[]} */
  const taken = [];
  /** @type {Piece[][]} */
  const days = week.map(() => []);
  for (const { id, from, to, start, end } of inside) {
    let row = taken.findIndex((until) => until < start);
    if (row < 0) row = taken.length;
    taken[row] = end;
    for (let n = start; n <= end; n++) {
      days[n].push({ id, row, begins: week[n] === from, ends: week[n] === to, first: n === start });
    }
  }
  for (const pieces of days) pieces.sort((a, b) => a.row - b.row);
  return days;
}
