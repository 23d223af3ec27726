/** A board on paper: lists side by side, or one after the other. */
import { html } from '#ui';
import { t } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { closeMenu, openPopup } from '../menu.js';
import { view } from '../view.js';

/** @param {HTMLElement} anchor */
export function offerPrint(anchor) {
  if (view.peek() !== 'board') return print('columns');
  openPopup(
    anchor,
    t('Print'),
    () => html`<div class="form">
      <button type="button" class="button" autofocus onClick=${() => print('columns')}>${icon('columns-3')}<span>${t('Lists side by side')}</span></button>
      <button type="button" class="button" onClick=${() => print('stacked')}>${icon('list')}<span>${t('One list after the other')}</span></button>
    </div>`,
  );
}

/** @param {'columns' | 'stacked'} how */
function print(how) {
  closeMenu();
  document.documentElement.dataset.print = how;
  // The window has to be gone before the page is taken.
  requestAnimationFrame(() => setTimeout(() => window.print()));
}
