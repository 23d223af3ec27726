/** The cards of a board on the days of a month, over the same store: dragged to another day by mouse, by finger or by keys. */
import { html, useEffect, useRef, useState } from '#ui';
import { t } from '../../core/i18n.js';
import { addKeys } from '../../core/keys.js';
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
  useEffect(() => {
    const forget = addKeys(keysHere);
    return () => void forget();
  }, []);
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

function keysHere() {
  return {
    title: t('In the calendar'),
    keys: [
      { what: t('From card to card, from day to day'), keys: ['←', '↑', '↓', '→'] },
      { what: t('New card on this day'), keys: ['Enter'] },
      { what: t('Pick up, let go'), keys: ['Space'] },
      { what: t('By a month'), keys: ['Page up', 'Page down'] },
      { what: t('Say when it is due'), keys: ['d'], letter: true },
    ],
  };
}
