/** A month as a grid to choose a day from, by mouse or keys; days on which the school is closed are grey and named. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { locale, t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { weekAround } from '../core/month.js';
import { addDays, addMonths } from '../core/when-words.js';

/** @param {{ value: string, today: string, days: import('../core/school-days.js').SchoolDays, choose: (day: string) => void, waits?: boolean }} props `waits`: the focus stays where one types */
export function DatePicker({ value, today, days, choose, waits = false }) {
  const ref = useRef(/** @type {any} */ (null));
  const [at, setAt] = useState(value || today);
  const byKeys = useRef(!waits);
  // Keys may come faster than the grid is drawn.
  const now = useRef(at);
  const focus = () => byKeys.current && ref.current.querySelector(`[data-day="${at}"]`)?.focus();
  useLayoutEffect(() => {
    focus();
  }, [at]);
  // After the window that it stands in has chosen its own first thing.
  useEffect(() => {
    focus();
  }, []);
  const go = (/** @type {string} */ day, keys = true) => {
    byKeys.current = keys;
    now.current = day;
    setAt(day);
  };
  const first = `${at.slice(0, 8)}01`;
  const [start] = weekAround(first);
  const weeks = Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_day, n) => addDays(start, week * 7 + n)),
  );
  return html`<div class="datepick">
    <div class="datepick__head">
      <button type="button" class="tool" aria-label=${t('The month before')} onClick=${() => go(addMonths(at, -1), false)}>${icon('chevron-left')}</button>
      <strong aria-live="polite">${words(at, { month: 'long', year: 'numeric' })}</strong>
      <button type="button" class="tool" aria-label=${t('The month after')} onClick=${() => go(addMonths(at, 1), false)}>${icon('chevron-right')}</button>
    </div>
    <table class="datepick__days" role="grid" aria-label=${words(at, { month: 'long', year: 'numeric' })} ref=${ref} onKeyDown=${(
      /** @type {KeyboardEvent} */ event,
    ) => {
      const next = stepped(event, now.current);
      if (!next) return;
      event.preventDefault();
      event.stopPropagation();
      go(next);
    }}>
      <thead>
        <tr role="row">${weeks[0].map((day) => html`<th key=${day} scope="col" role="columnheader" abbr=${words(day, { weekday: 'long' })}>${words(day, { weekday: 'narrow' })}</th>`)}</tr>
      </thead>
      <tbody>
        ${weeks.map(
          (week) => html`<tr key=${week[0]} role="row">
            ${week.map((day) => {
              const open = days.isSchoolDay(day);
              const name = days.nameOf(day);
              const long = words(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
              const said = [long, day === today && t('today'), name || (!open && t('no school'))]
                .filter(Boolean)
                .join(', ');
              return html`<td key=${day} role="gridcell" aria-selected=${day === value}>
                <button
                  type="button"
                  class="datepick__day"
                  data-day=${day}
                  data-today=${day === today || null}
                  data-shut=${!open || null}
                  data-other=${day.slice(0, 7) !== at.slice(0, 7) || null}
                  data-chosen=${day === value || null}
                  tabindex=${day === at ? 0 : -1}
                  aria-label=${said}
                  aria-current=${day === today ? 'date' : null}
                  title=${name || null}
                  onClick=${() => choose(day)}
                >
                  ${Number(day.slice(8))}
                </button>
              </td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>
    <p class="datepick__name" aria-hidden="true">${days.nameOf(at) || (days.isSchoolDay(at) ? '' : t('no school'))}\u00a0</p>
  </div>`;
}

/** @param {KeyboardEvent} event @param {string} day */
function stepped({ key, shiftKey }, day) {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, document.dir === 'rtl' ? 1 : -1);
    case 'ArrowRight':
      return addDays(day, document.dir === 'rtl' ? -1 : 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'PageUp':
      return addMonths(day, shiftKey ? -12 : -1);
    case 'PageDown':
      return addMonths(day, shiftKey ? 12 : 1);
    case 'Home':
      return weekAround(day)[0];
    case 'End':
      return weekAround(day)[1];
    default:
      return null;
  }
}

/** @param {string} day @param {Intl.DateTimeFormatOptions} options */
function words(day, options) {
  return new Intl.DateTimeFormat(locale() === 'en' ? 'en-GB' : locale(), { ...options, timeZone: 'UTC' }).format(
    Date.parse(day),
  );
}
