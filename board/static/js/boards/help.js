/** The keys of the board, on one sheet, and the switch for single letters. */
import { html, useState } from '#ui';
import { t } from '../core/i18n.js';
import { Drawer } from './drawer.js';
import { setLetters, usesLetters } from './keyboard.js';

/** @param {{ close: () => void }} props */
export function Help({ close }) {
  const [letters, setOn] = useState(usesLetters());
  return html`<${Drawer} title=${t('Keys')} close=${close}>
    <h3>${t('On a card')}</h3>
    <dl class="keys">
      ${keys(t('From card to card'), '←', '↑', '↓', '→')} ${keys(t('Open'), 'Enter')} ${keys(t('Pick up, let go'), 'Space')}
      ${keys(t('Carry it (after Space)'), '←', '↑', '↓', '→')} ${keys(t('Bring it back'), 'Esc')} ${keys(t('Move one step at once'), 'Alt + arrow')}
      ${letters && html`${keys(t('To the list at the left, at the right'), '<', '>')} ${keys(t('New card in this list'), 'n')} ${keys(t('Rename'), 't')} ${keys(t('Archive'), 'c')}`}
    </dl>
    ${
      letters &&
      html`<h3>${t('Anywhere')}</h3>
        <dl class="keys">${keys(t('Search'), '/')} ${keys(t('Only mine'), 'q')} ${keys(t('This sheet'), '?')}</dl>`
    }
    <h3>${t('Where one writes')}</h3>
    <dl class="keys">${keys(t('Save a comment or a text'), 'Ctrl + Enter')} ${keys(t('Close, keeping what was typed'), 'Esc')}</dl>
    <label class="switch">
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
    <p class="hint">${t('On a touch screen: hold a card for a moment, then move it. Or use “Move to…” in its menu.')}</p>
  <//>`;
}

/** @param {string} what @param {string[]} names */
function keys(what, ...names) {
  return html`<div class="keys__row"><dt>${what}</dt><dd>${names.map((name) => html`<kbd key=${name}>${name}</kbd>`)}</dd></div>`;
}
