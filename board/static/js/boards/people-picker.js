/** One of the people of this board, found by a part of the name: to ask, to hand an item to, or for many cards at once. */
import { html, useState } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Avatar } from './avatar.js';
import { board } from './context.js';

/** @import { Item } from '../core/types.js' */

/**
 * @param {object} props
 * @param {(member: number) => boolean | 'true' | 'false' | 'mixed'} props.state whether she is chosen; `mixed`: for some of what is meant
 * @param {(member: number, on: boolean) => void} props.choose `on`: she was wholly chosen until now
 * @param {(on: any) => any} [props.mark]
 * @param {string} [props.hint]
 */
export function PeoplePicker({ state, choose, mark = (on) => on && icon('check', 'pick__on'), hint }) {
  const [wanted, setWanted] = useState('');
  const words = wanted.trim().toLocaleLowerCase();
  const found = board.store
    .children('members')
    .value.map((/** @type {number} */ id) => /** @type {Item} */ (board.store.peek('members', id)))
    .filter(({ name, active }) => active !== false && name.toLocaleLowerCase().includes(words))
    .sort((a, b) => a.name.localeCompare(b.name));
  return html`<div class="picker">
    <input class="input" type="search" autofocus aria-label=${t('Find a person')} placeholder=${t('Find a person')} onInput=${(/** @type {any} */ event) => setWanted(event.currentTarget.value)} />
    <ul class="picker__list">
      ${found.map(({ id, name }) => {
        const on = state(id);
        return html`<li key=${id}>
          <button type="button" class="pick-row" aria-pressed=${on} onClick=${() => choose(id, on === true || on === 'true')}>
            <${Avatar} id=${id} /><span dir="auto">${name}</span>${mark(on)}
          </button>
        </li>`;
      })}
      ${!found.length && html`<li class="part__none">${t('Nobody by that name belongs to this board.')}</li>`}
    </ul>
    ${hint && html`<p class="hint">${hint}</p>`}
  </div>`;
}
