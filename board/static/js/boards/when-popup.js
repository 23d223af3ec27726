/** A date in a small window beside whatever it belongs to: typed as one says it, or chosen from a month. */
import { html, useEffect, useRef, useState } from '#ui';
import { announce } from '../core/announce.js';
import { dayOf, longDay, timeOf, whenOf } from '../core/dates.js';
import { t } from '../core/i18n.js';
import { plainWeek, schoolDays } from '../core/school-days.js';
import { changeCard } from './commands.js';
import { board } from './context.js';
import { DateField } from './date-field.js';
import { DatePicker } from './date-picker.js';
import { closeMenu, openPopup } from './menu.js';

/** @param {number} id @param {HTMLElement} anchor @param {'due' | 'start'} [field] */
export function openWhen(id, anchor, field = 'due') {
  const label = field === 'due' ? t('Due') : t('Start');
  openPopup(anchor, label, () => html`<${When} id=${id} field=${field} label=${label} />`);
}

/** @param {{ id: number, field: 'due' | 'start', label: string }} props */
function When({ id, field, label }) {
  const [days, setDays] = useState(plainWeek);
  useEffect(() => {
    schoolDays().then(setDays);
  }, []);
  const value = board.store.item('cards', id).value?.[field] ?? null;
  const over = useRef(false);
  const save = (/** @type {string | null} */ when) => {
    // The field is left when the window closes, and would save once more.
    if (over.current) return;
    over.current = true;
    closeMenu();
    if (when !== value) changeCard(id, { [field]: when });
    announce(when ? `${label}: ${longDay(when)}` : t('No date.'));
  };
  return html`<div class="when">
    <${DateField} id="when" value=${value} label=${label} save=${save} say=${false} alone=${true} />
    <${DatePicker}
      value=${value ? dayOf(value) : ''}
      today=${dayOf(new Date().toISOString())}
      days=${days}
      waits=${true}
      choose=${(/** @type {string} */ day) => save(whenOf(day, value ? timeOf(value) : ''))}
    />
    ${value && html`<button type="button" class="button" onClick=${() => save(null)}>${t('No date')}</button>`}
  </div>`;
}
