/** The cards of a board on the days of a month, over the same store: dragged to another day by mouse, by finger or by keys. */
import { html, useEffect, useRef, useState } from '#ui';
import { t } from '../../core/i18n.js';
import { plainWeek, schoolDays } from '../../core/school-days.js';
import { may } from '../context.js';
import { Agenda, Undated } from './calendar-beside.js';
import { letLie, onCalendarKey } from './calendar-keys.js';
import { Month, MonthHead } from './calendar-month.js';
import { dragOverDays } from './days.js';
import { setDay } from './set-day.js';

export function CalendarView() {
  const ref = useRef(/** @type {any} */ (null));
  const [days, setDays] = useState(plainWeek);
  useEffect(() => {
    schoolDays().then(setDays);
  }, []);
  const movable = may('cards', 'change_card');
  useEffect(() => (movable ? dragOverDays(ref.current, setDay) : undefined), [movable]);
  useEffect(() => letLie, []);
  return html`<div class="board-view calendar" ref=${ref} onKeyDown=${onCalendarKey}>
    <div class="calendar__main">
      <${MonthHead} />
      <${Month} days=${days} />
      <${Agenda} days=${days} />
    </div>
    <${Undated} />
    <p class="visually-hidden" id="how-to-date">${t('Press Enter to open, Space to pick up and move from day to day with the arrow keys, d for another date.')}</p>
  </div>`;
}
