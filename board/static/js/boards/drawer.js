/** A window at the side of the page. */
import { html, useRef } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { useModal } from '../core/modal.js';
import { Toasts } from '../core/toast.js';

/** @param {{ title: string, close: () => void, children: any }} props */
export function Drawer({ title, close, children }) {
  const ref = useRef(/** @type {any} */ (null));
  useModal(ref);
  return html`<dialog
    ref=${ref}
    class="drawer"
    closedby="any"
    aria-labelledby="drawer-title"
    onClose=${close}
    onClick=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && ref.current.close()}
  >
    <header class="drawer__head">
      <h2 id="drawer-title" tabindex="-1" data-first>${title}</h2>
      <button type="button" class="tool" aria-label=${t('Close')} onClick=${() => ref.current.close()}>${icon('x')}</button>
    </header>
    <div class="drawer__body">${children}</div>
    <${Toasts} />
    <div class="announcer visually-hidden" role="status"></div>
  </dialog>`;
}
