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
  openDate(
    anchor,
    field === 'due' ? t('Due') : t('Start'),
    () => board.store.item('cards', id).value?.[field] ?? null,
    (when) => changeCard(id, { [field]: when }),
  );
}

/** @param {HTMLElement} anchor @param {string} label @param {() => string | null} now what stands there, watched while it is shown @param {(when: string | null) => void} change */
export function openDate(anchor, label, now, change) {
  openPopup(anchor, label, () => html`<${When} label=${label} now=${now} change=${change} />`);
}

/** @param {{ label: string, now: () => string | null, change: (when: string | null) => void }} props */
function When({ label, now, change }) {
  const [days, setDays] = useState(plainWeek);
  useEffect(() => {
    schoolDays().then(setDays);
  }, []);
  const value = now();
  const over = useRef(false);
  const save = (/** @type {string | null} */ when) => {
    // The field is left when the window closes, and would save once more.
    if (over.current) return;
    over.current = true;
    closeMenu();
    if (when !== value) change(when);
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
