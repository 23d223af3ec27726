/** "Help wanted", with about how many minutes it takes: set beside a card, shown on its front. */
import { html } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { changeCard } from './commands.js';

/** @import { Item } from '../core/types.js' */

const MINUTES = [5, 10, 15, 20, 30, 45, 60, 90, 120];

/** @param {{ minutes?: number | null }} props */
export function HelpChip({ minutes }) {
  if (!minutes) return null;
  return html`<span class="chip help-wanted tint-violet">${icon('hand-helping')}<span>${t('Help wanted, {minutes} min', { minutes })}</span></span>`;
}

/** @param {{ card: Item, edits: boolean }} props */
export function HelpWanted({ card, edits }) {
  const minutes = card.help_minutes ?? 0;
  if (!edits)
    return minutes
      ? html`<section class="fact"><h3>${t('Help')}</h3><${HelpChip} minutes=${minutes} /></section>`
      : null;
  const choices = minutes && !MINUTES.includes(minutes) ? [...MINUTES, minutes].sort((a, b) => a - b) : MINUTES;
  return html`<section class="fact">
    <h3 id="help-wanted">${t('Help')}</h3>
    ${minutes > 0 && html`<${HelpChip} minutes=${minutes} />`}
    <select class="input" aria-labelledby="help-wanted" value=${String(minutes)} onChange=${(/** @type {any} */ event) => changeCard(card.id, { help_minutes: Number(event.currentTarget.value) || null })}>
      <option value="0">${minutes ? t('No more help is needed') : t('No help is wanted')}</option>
      ${choices.map((many) => html`<option key=${many} value=${String(many)}>${tn(many, 'Help wanted: {count} minute', 'Help wanted: {count} minutes')}</option>`)}
    </select>
  </section>`;
}
