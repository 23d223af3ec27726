/** What stands beside the month: cards without a date, and, where the month is too narrow for words, the cards day by day. */
import { html } from '#ui';
import { weekDay } from '../../core/dates.js';
import { t } from '../../core/i18n.js';
import { filtering } from '../filter.js';
import { DayCards, Loose } from './calendar-chip.js';
import { shownMonth, spans, today, undated } from './calendar-state.js';

/** @import { SchoolDays } from '../../core/school-days.js' */

const MOST_UNDATED = 100;

/** What has no day yet: to be dragged to one. */
export function Undated() {
  const ids = undated.value;
  return html`<section class="calendar__side" aria-labelledby="undated">
    <h2 id="undated">${t('Without a date')} <span class="list__count">${ids.length}</span></h2>
    <ul class="calendar__undated" data-day="">
      ${ids.slice(0, MOST_UNDATED).map((id) => html`<${Loose} key=${id} id=${id} />`)}
      ${!ids.length && html`<li class="list__empty">${filtering.value ? t('No card matches.') : t('Every open card has a date.')}</li>`}
    </ul>
    ${ids.length > MOST_UNDATED && html`<p class="hint">${t('{count} more stand in the table.', { count: ids.length - MOST_UNDATED })}</p>`}
  </section>`;
}

/** @param {{ days: SchoolDays }} props */
export function Agenda({ days }) {
  const found = new Map();
  for (const { id, to } of spans.value) {
    if (to.slice(0, 7) !== shownMonth.value) continue;
    found.set(to, [...(found.get(to) ?? []), id]);
  }
  const filled = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return html`<section class="calendar__agenda" aria-label=${t('Day by day')}>
    ${filled.map(
      ([day, ids]) => html`<div key=${day}>
        <h3 id=${`agenda-${day}`} data-today=${day === today() || null}>${weekDay(day)}${!days.isSchoolDay(day) && html` <span class="chip">${days.nameOf(day) || t('no school')}</span>`}</h3>
        <${DayCards} ids=${ids} />
      </div>`,
    )}
    ${!filled.length && html`<p class="board-view__none">${t('Nothing is due in this month.')}</p>`}
  </section>`;
}
