/** Which days count at the school, from its calendar: as the server counts them. Days are texts, YYYY-MM-DD. */
import { read } from './http.js';
import { addDays, weekdayOf } from './when-words.js';

/** @typedef {{ title: string, start: string, end: string, staff_day?: boolean }} Span */
/** @typedef {{ isSchoolDay: (day: string) => boolean, nameOf: (day: string) => string, termEnds: string[], yearEnds: string[] }} SchoolDays */

/** A longer gap between two school years was forgotten, not free. */
const LONGEST_SUMMER = 120;

/** @type {Promise<SchoolDays> | null} */
let known = null;

/** Read once for the page; without an answer every weekday counts. @returns {Promise<SchoolDays>} */
export function schoolDays() {
  known ??= Promise.all([read('/school'), read('/school/calendar')]).then(
    ([school, calendar]) => made(school.data.weekdays, calendar.data),
    () => {
      known = null;
      return plainWeek;
    },
  );
  return known;
}

/** @type {SchoolDays} */
export const plainWeek = { isSchoolDay: (day) => weekdayOf(day) < 5, nameOf: () => '', termEnds: [], yearEnds: [] };

/** @param {string} weekdays such as "12345" @param {{ closed_days: Span[], school_years: (Span & { id: number })[], terms: (Span & { school_year_id: number })[] }} calendar @returns {SchoolDays} */
export function made(weekdays, { closed_days, school_years, terms }) {
  const years = [...school_years].sort((a, b) => (a.start < b.start ? -1 : 1));
  const inside = (/** @type {string} */ day, /** @type {{ start: string, end: string }} */ { start, end }) =>
    start <= day && day <= end;
  const staffed = (/** @type {string} */ day) => closed_days.some((span) => span.staff_day && inside(day, span));
  const closed = (/** @type {string} */ day) => closed_days.find((span) => !span.staff_day && inside(day, span));
  const between = (/** @type {string} */ day) => {
    const next = years.findIndex(({ start }) => start > day);
    const last = next > 0 ? years[next - 1] : undefined;
    return Boolean(last && day > last.end && years[next].start <= addDays(last.end, LONGEST_SUMMER));
  };
  const outside = (/** @type {string} */ day) =>
    years.some((year) => {
      const its = terms.filter((term) => term.start <= year.end && term.end >= year.start);
      return inside(day, year) && its.length > 0 && !its.some((term) => inside(day, term));
    });
  return {
    isSchoolDay: (day) =>
      staffed(day) || (weekdays.includes(String(weekdayOf(day) + 1)) && !closed(day) && !between(day) && !outside(day)),
    nameOf: (day) => (staffed(day) ? '' : (closed(day)?.title ?? '')),
    termEnds: terms.map(({ end }) => end),
    yearEnds: years.map(({ end }) => end),
  };
}
