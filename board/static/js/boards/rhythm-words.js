/** How often a card comes again, in words. */
import { longDay } from '../core/dates.js';
import { locale, t, tn } from '../core/i18n.js';

/** @typedef {{ every: string, on: number[], interval: number, until: string | null, list_id: number, next_day: string | null }} Recurrence */

/** A card comes again "every Monday and Thursday", "every second week on Monday", "every 3rd school day". @param {Recurrence} found */
export function words({ every, on, interval, until }) {
  const end = until ? ` ${t('Until {day}.', { day: longDay(until) })}` : '';
  return rhythm(every, on, interval) + end;
}

/** @param {string} every @param {number[]} on @param {number} interval */
export function rhythm(every, on, interval) {
  if (every === 'week') {
    const days = together(on.map(weekday));
    return interval === 1 ? t('Every {days}.', { days }) : t('Every {n} weeks, on {days}.', { n: interval, days });
  }
  if (every === 'month') {
    const days = together(on.map(String));
    return interval === 1
      ? t('Every month, on day {days}.', { days })
      : t('Every {n} months, on day {days}.', { n: interval, days });
  }
  return interval === 1
    ? t('Every school day.')
    : tn(interval, 'Every {count} school day.', 'Every {count} school days.');
}

/** @param {number} day 1 is Monday */
export function weekday(day) {
  return new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, day)),
  );
}

/** @param {string[]} names */
function together(names) {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
}
