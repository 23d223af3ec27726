/** The keys of this page, on one sheet, and the switch for single letters. */
import { html, signal, useRef, useState } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { allKeys, setLetters, usesLetters } from '../core/keys.js';
import { mount, useModal } from '../core/modal.js';

const shown = signal(false);

export function open() {
  mount('keys-sheet', Host);
  shown.value = true;
}

function Host() {
  return shown.value ? html`<${Sheet} />` : null;
}

function Sheet() {
  const ref = useRef(/** @type {any} */ (null));
  const [letters, setOn] = useState(usesLetters());
  useModal(ref);
  const close = () => (shown.value = false);
  return html`<dialog
    ref=${ref}
    class="modal modal--wide"
    closedby="any"
    aria-labelledby="keys-title"
    onClose=${close}
    onClick=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && ref.current.close()}
  >
    <header class="modal__head">
      <h2 id="keys-title" tabindex="-1" data-first>${t('Keys')}</h2>
      <button type="button" class="tool" aria-label=${t('Close')} onClick=${() => ref.current.close()}>${icon('x')}</button>
    </header>
    <div class="modal__body key-sheet">
      <div class="key-sheet__groups">
        ${allKeys().map(
          (group) => html`<section key=${group.title} class="key-sheet__group">
            <h3>${group.title}</h3>
            <dl class="keys">
              ${group.keys
                .filter((key) => letters || !key.letter)
                .map(
                  ({ what, keys }) => html`<div key=${what} class="keys__row">
                    <dt>${what}</dt>
                    <dd>${keys.map((name) => html`<kbd key=${name}>${name}</kbd>`)}</dd>
                  </div>`,
                )}
            </dl>
          </section>`,
        )}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked=${letters}
          onChange=${(/** @type {any} */ event) => {
            setLetters(event.currentTarget.checked);
            setOn(event.currentTarget.checked);
          }}
        />
        <span>${t('Single letters are keys (switch this off when you dictate)')}</span>
      </label>
      <p class="field__hint">${t('On a touch screen: hold a card for a moment, then move it. Or use “Move to…” in its menu.')}</p>
    </div>
    <div class="announcer visually-hidden" role="status"></div>
  </dialog>`;
}
