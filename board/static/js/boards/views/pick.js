/** Where there is no Ctrl key: from here on a tap selects. */
import { html } from '#ui';
import { t } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { clearSelection, maySelect, picking } from '../selection.js';
import { presenting } from '../view.js';

export function Pick() {
  if (!maySelect() || presenting.value) return null;
  const press = () => {
    if (!picking.peek()) picking.value = true;
    else clearSelection();
  };
  return html`<button type="button" class="button button--small picks" aria-pressed=${picking.value} onClick=${press}>${icon('square-check')}<span>${t('Select')}</span></button>`;
}
