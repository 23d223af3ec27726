/** Days and instants as the school sees them, and the five states of a due date. */
import { locale, t } from './i18n.js';

const DAY = 86_400_000;
let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
let lateTo = '';

/** @param {string | undefined} name of the school's time zone @param {string} [late_to] what was due on this day or earlier is late, as the school counts its days */
export function liveIn(name, late_to = '') {
  if (name) zone = name;
  lateTo = late_to;
}

/** @typedef {'done' | 'later' | 'soon' | 'due' | 'overdue'} DueState */

/**
 * More than a day ahead: later. Within a day: soon. Passed, and no day of the school since: due. Longer ago: overdue. Done wins.
 * @param {{ due?: string | null, done?: string | null }} card
 * @param {number} [now]
 * @returns {DueState | null}
 */
export function dueState({ due, done }, now = Date.now()) {
  if (!due) return null;
  if (done) return 'done';
  const left = dueAt(due) - now;
  if (left > DAY) return 'later';
  if (left > 0) return 'soon';
  return isLate({ due, done }, now) ? 'overdue' : 'due';
}

/** Is it overdue, in the school's days? Where these are not known, a day of the calendar ago. @param {Record<string, any>} card @param {number} [now] */
export function isLate({ due, done }, now = Date.now()) {
  if (!due || done) return false;
  return lateTo ? dayOf(due) <= lateTo : dueAt(due) <= now - DAY;
}

/** The instant by which it is due: a bare day ends with that day, at the school. @param {string} due */
export function dueAt(due) {
  return due.length > 10 ? Date.parse(due) : instant(addDays(due, 1), '00:00');
}

/** "27 Nov", with the year when it is another one. @param {string} when @param {number} [now] */
export function shortDay(when, now = Date.now()) {
  const same = dayOf(when).slice(0, 4) === dayOf(new Date(now).toISOString()).slice(0, 4);
  return format(when, { day: 'numeric', month: 'short', ...(same ? {} : { year: 'numeric' }) });
}

/** "Fri 27 Nov, 15:30", the time only where one was given. @param {string} when */
export function longDay(when) {
  const time =
    when.length > 10 ? { hour: /** @type {const} */ ('2-digit'), minute: /** @type {const} */ ('2-digit') } : {};
  return format(when, { weekday: 'short', day: 'numeric', month: 'short', ...time });
}

/** "Tuesday 24 November". @param {string} day */
export function weekDay(day) {
  return format(day, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** "in 4 days", "tomorrow", "2 days ago". @param {string} when @param {number} [now] */
export function fromNow(when, now = Date.now()) {
  const days = Math.round((Date.parse(dayOf(when)) - Date.parse(dayOf(new Date(now).toISOString()))) / DAY);
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');
}

/** "today, 10:12", "yesterday, 10:12", else the day and time. @param {string} at @param {number} [now] */
export function moment(at, now = Date.now()) {
  const time = format(at, { hour: '2-digit', minute: '2-digit' });
  const ago = Math.round((Date.parse(dayOf(new Date(now).toISOString())) - Date.parse(dayOf(at))) / DAY);
  if (ago === 0) return t('today, {time}', { time });
  if (ago === 1) return t('yesterday, {time}', { time });
  return `${shortDay(at, now)}, ${time}`;
}

/** The day at the school. @param {string} when */
export function dayOf(when) {
  if (when.length <= 10) return when;
  const { year, month, day } = parts(Date.parse(when));
  return `${year}-${month}-${day}`;
}

/** The time of day at the school; '' where only a day was given. @param {string} when */
export function timeOf(when) {
  if (when.length <= 10) return '';
  const { hour, minute } = parts(Date.parse(when));
  return `${hour}:${minute}`;
}

/** What is sent for a day and perhaps a time, as typed at the school. @param {string} day @param {string} time */
export function whenOf(day, time) {
  if (!day) return null;
  return time ? new Date(instant(day, time)).toISOString() : day;
}

/** @param {string} day @param {number} count */
function addDays(day, count) {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

/** The instant of a wall clock at the school. @param {string} day @param {string} time */
function instant(day, time) {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // The offset at a first guess may be that of the other side of a change of the clocks: look again from there.
  const guess = wall - offset(wall);
  return wall - offset(guess);
}

/** @param {number} at */
function offset(at) {
  const { year, month, day, hour, minute } = parts(at);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`) - Math.floor(at / 60_000) * 60_000;
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** @param {number} at @returns {Record<string, string>} */
function parts(at) {
  const clock = formatter(
    'en-GB',
    { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    zone,
  );
  return Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** @param {string} when @param {Intl.DateTimeFormatOptions} options */
function format(when, options) {
  // A bare day is the same day everywhere.
  return formatter(locale() === 'en' ? 'en-GB' : locale(), options, when.length > 10 ? zone : 'UTC').format(
    Date.parse(when),
  );
}

/** Making a formatter costs a hundred times more than using it. @param {string} language @param {Intl.DateTimeFormatOptions} options @param {string} timeZone */
function formatter(language, options, timeZone) {
  const key = JSON.stringify([language, options, timeZone]);
  let found = clocks.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language, { ...options, timeZone, hourCycle: 'h23' });
    clocks.set(key, found);
  }
  return found;
}
