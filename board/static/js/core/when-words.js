/**
 * Days and times as people write them: "fri 3pm", "tomorrow", "24.12.", "in 3 school days", "end of term". Pure: what today is, which days
 * are school days and how the reader's language orders day and month is handed in.
 */

/** A day is its text, YYYY-MM-DD. @typedef {{ today: string, monthFirst?: boolean, isSchoolDay?: (day: string) => boolean, termEnds?: string[], yearEnds?: string[], names?: Names }} Around */
/** Names of the reader's language, lower case; weekdays from Monday on. @typedef {{ weekdays: string[][], months: string[][] }} Names */
/** @typedef {{ day: string, time: string }} Meant `time` is HH:MM, or '' */

const DAY = 86_400_000;
const WEEKDAYS = [
  ['mon', 'monday'],
  ['tue', 'tues', 'tuesday'],
  ['wed', 'weds', 'wednesday'],
  ['thu', 'thur', 'thurs', 'thursday'],
  ['fri', 'friday'],
  ['sat', 'saturday'],
  ['sun', 'sunday'],
];
const MONTHS = [
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];
const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** The longest search for a school day: a year of holidays is no calendar. */
const FARTHEST = 400;

/** What was meant; null when it means nothing. @param {string} text @param {Around} around @returns {Meant | null} */
export function whenMeant(text, around) {
  const tidy = text.toLocaleLowerCase().replace(/[,;]/g, ' ').replace(/\s+/g, ' ').trim();
  if (!tidy || tidy.length > 60) return null;
  const { rest, time } = splitTime(tidy);
  if (time === null) return null;
  if (!rest) return time ? { day: around.today, time } : null;
  const day = dayMeant(rest, around);
  return day ? { day, time } : null;
}

/** @param {string} day @param {number} count */
export function addDays(day, count) {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

/** The same day so many months later, or the last of that month. @param {string} day @param {number} count */
export function addMonths(day, count) {
  const [year, month, date] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** Monday is 0. @param {string} day */
export function weekdayOf(day) {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}

/** How many school days lie after one day, up to and with another; negative when it is earlier. @param {string} from @param {string} to @param {(day: string) => boolean} isSchoolDay @returns {number} */
export function schoolDaysBetween(from, to, isSchoolDay) {
  if (to < from) return -schoolDaysBetween(to, from, isSchoolDay);
  let count = 0;
  for (let day = addDays(from, 1), n = 0; day <= to && n < 4000; day = addDays(day, 1), n++)
    count += Number(isSchoolDay(day));
  return count;
}

/** The time at the end, or at the start; '' without one, null when there is one that no clock shows. @param {string} text @returns {{ rest: string, time: string | null }} */
function splitTime(text) {
  const forms = [
    /(?:^|\s)(?:at |by |@ ?)?(?<h>\d{1,2})(?:[:.](?<m>\d{2}))? ?(?<half>am|pm|a\.m\.|p\.m\.)(?=\s|$)/,
    /(?:^|\s)(?:at |by |@ ?)?(?<h>\d{1,2}):(?<m>\d{2})(?: ?(?:h|uhr))?(?=\s|$)/,
    /(?:^|\s)(?:at |@ ?)(?<h>\d{1,2})(?:[.:h](?<m>\d{2}))?(?=\s|$)/,
    /(?:^|\s)(?<h>\d{1,2})(?:h(?<m>\d{2})?| uhr)(?=\s|$)/,
  ];
  for (const form of forms) {
    const found = form.exec(text);
    if (!found?.groups) continue;
    const { h, m = '00', half } = found.groups;
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`.trim();
    return { rest: rest.replace(/ (at|by)$/, ''), time: clock(Number(h), m, half?.[0]) };
  }
  const word = /(?:^|\s)(?:at )?(noon|midday)(?=\s|$)/.exec(text);
  if (!word) return { rest: text, time: '' };
  return { rest: `${text.slice(0, word.index)} ${text.slice(word.index + word[0].length)}`.trim(), time: '12:00' };
}

/** @param {number} hour @param {string} minute @param {string | undefined} half */
function clock(hour, minute, half) {
  if (Number(minute) > 59 || hour > (half ? 12 : 23) || (half && !hour)) return null;
  const full = half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour;
  return `${String(full).padStart(2, '0')}:${minute}`;
}

/** @param {string} text without its time @param {Around} around @returns {string | null} */
function dayMeant(text, around) {
  const words = text.replace(/^(on|by|due|until|the) /, '').trim();
  return (
    named(words, around) ??
    inSoMany(words, around) ??
    weekday(words, around) ??
    ended(words, around) ??
    dated(words, around)
  );
}

/** @param {string} text @param {Around} around */
function named(text, { today, isSchoolDay }) {
  switch (text) {
    case 'today':
    case 'tonight':
      return today;
    case 'tomorrow':
    case 'tmrw':
    case 'tom':
      return addDays(today, 1);
    case 'day after tomorrow':
    case 'the day after tomorrow':
      return addDays(today, 2);
    case 'yesterday':
      return addDays(today, -1);
    case 'next week':
      return addDays(today, 7 - weekdayOf(today));
    case 'next month':
      return `${addMonths(`${today.slice(0, 8)}01`, 1).slice(0, 8)}01`;
    case 'next school day':
    case 'school day':
      return afterSchoolDays(today, 1, isSchoolDay);
    case 'weekend':
    case 'this weekend':
      return addDays(today, (5 - weekdayOf(today) + 7) % 7);
    default:
      return null;
  }
}

/** @param {string} text @param {Around} around */
function inSoMany(text, { today, isSchoolDay }) {
  const found =
    /^(?:in |\+ ?)(?<many>\d{1,3}|an?|[a-z]+) ?(?<what>school ?days?|days?|d|weeks?|w|fortnights?|months?|m)$/.exec(
      text,
    ) ?? /^(?<many>\d{1,3}|an?|[a-z]+) (?<what>school ?days?|days?|weeks?|months?)(?: from now| later)?$/.exec(text);
  if (!found?.groups) return null;
  const { many, what } = found.groups;
  const count = /^\d/.test(many) ? Number(many) : /^an?$/.test(many) ? 1 : NUMBERS.indexOf(many);
  if (count < 0) return null;
  if (what.startsWith('school')) return afterSchoolDays(today, count, isSchoolDay);
  if (what.startsWith('d')) return addDays(today, count);
  if (what.startsWith('w')) return addDays(today, 7 * count);
  if (what.startsWith('f')) return addDays(today, 14 * count);
  return addMonths(today, count);
}

/** @param {string} today @param {number} count @param {((day: string) => boolean) | undefined} isSchoolDay */
function afterSchoolDays(today, count, isSchoolDay = (day) => weekdayOf(day) < 5) {
  let day = today;
  let left = count;
  for (let n = 0; n < FARTHEST; n++) {
    if (left === 0) return day;
    day = addDays(day, 1);
    if (isSchoolDay(day)) left -= 1;
  }
  return null;
}

/** "fri": the next one, today's own weekday in a week; "next tue": the one of next week. @param {string} text @param {Around} around */
function weekday(text, { today, names }) {
  const found = /^(?<which>next|this|coming)? ?(?<name>[\p{L}.]+)$/u.exec(text);
  if (!found?.groups) return null;
  const at = position(found.groups.name, [WEEKDAYS, names?.weekdays]);
  if (at < 0) return null;
  const ahead = (at - weekdayOf(today) + 7) % 7;
  if (found.groups.which === 'next') return addDays(today, 7 - weekdayOf(today) + at);
  if (found.groups.which === 'this') return addDays(today, at - weekdayOf(today) < 0 ? ahead : at - weekdayOf(today));
  return addDays(today, ahead || 7);
}

/** @param {string} text @param {Around} around */
function ended(text, { today, termEnds = [], yearEnds = [] }) {
  const found = /^(?:the )?end of (?:the |this )?(?<what>term|school year|year|month|week)$/.exec(text);
  if (!found?.groups) return null;
  const next = (/** @type {string[]} */ days) => [...days].sort().find((day) => day >= today) ?? null;
  switch (found.groups.what) {
    case 'term':
      return next(termEnds) ?? next(yearEnds);
    case 'school year':
      return next(yearEnds);
    case 'year':
      return `${today.slice(0, 4)}-12-31`;
    case 'month':
      return addDays(addMonths(`${today.slice(0, 8)}01`, 1), -1);
    default: {
      const friday = addDays(today, 4 - weekdayOf(today));
      return friday < today ? addDays(friday, 7) : friday;
    }
  }
}

/** @param {string} text @param {Around} around */
function dated(text, { today, monthFirst = false, names }) {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})(?<sign>[./-]) ?(\d{1,2})(?:[./-] ?(\d{2}|\d{4})?)?$/.exec(text);
  if (numbers) {
    // With a point the day always comes first; with a stroke as the reader's language has it, unless only the other way is a day.
    const [first, second] = [Number(numbers[1]), Number(numbers[3])];
    const turned = (numbers[2] === '/' && monthFirst && first <= 12) || (second > 12 && first <= 12);
    return withYear(turned ? second : first, turned ? first : second, numbers[4], today);
  }
  const alone = /^(\d{1,2})(?:st|nd|rd|th|\.)$/.exec(text);
  if (alone) return thisMonthOrNext(Number(alone[1]), today);
  const dayFirst = /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?(?<month>[\p{L}.]+)(?: (?<year>\d{2}|\d{4}))?$/u.exec(
    text,
  );
  const monthAhead =
    /^(?<month>[\p{L}.]+) (?:the )?(?<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: (?<year>\d{2}|\d{4}))?$/u.exec(text);
  const found = (dayFirst ?? monthAhead)?.groups;
  if (found) {
    const month = position(found.month, [MONTHS, names?.months]) + 1;
    return month ? withYear(Number(found.day), month, found.year, today) : null;
  }
  const withWeekday = /^(?<name>[\p{L}.]+) (?<rest>.*\d.*)$/u.exec(text);
  if (withWeekday?.groups && position(withWeekday.groups.name, [WEEKDAYS, names?.weekdays]) >= 0)
    return dated(withWeekday.groups.rest, { today, monthFirst, names });
  return null;
}

/** @param {number} day @param {string} today */
function thisMonthOrNext(day, today) {
  for (let n = 0; n < 3; n++) {
    const [year, month] = addMonths(`${today.slice(0, 8)}01`, n)
      .split('-')
      .map(Number);
    const found = real(year, month, day);
    if (found && found >= today) return found;
  }
  return null;
}

/** Without a year: the next such day; a leap day in the next year that has one. @param {number} day @param {number} month @param {string | undefined} year @param {string} today */
function withYear(day, month, year, today) {
  if (year) return real(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const now = Number(today.slice(0, 4));
  for (let n = 0; n <= 8; n++) {
    const found = real(now + n, month, day);
    if (found && found >= today) return found;
    if (!found && !(month === 2 && day === 29)) return null;
  }
  return null;
}

/** @param {number} year @param {number} month @param {number} day */
function real(year, month, day) {
  if (year < 1970 || year > 2200) return null;
  const found = new Date(Date.UTC(year, month - 1, day));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return null;
  return found.toISOString().slice(0, 10);
}

/** @param {string} name @param {Array<string[][] | undefined>} lists */
function position(name, lists) {
  const plain = name.replace(/\.$/, '');
  if (plain.length < 2) return -1;
  for (const list of lists) {
    const at = list?.findIndex((names) => names.some((known) => known.replace(/\.$/, '') === plain)) ?? -1;
    if (at >= 0) return at;
  }
  return -1;
}
