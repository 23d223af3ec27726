/** Move a card to a list of another board: its number and its discussion go along. */
import { html, useState } from '#ui';
import { read } from '../core/http.js';
import { t } from '../core/i18n.js';
import { moveAway } from './commands.js';
import { Boards, Lists } from './copies.js';
import { closeMenu, openPopup } from './menu.js';

/** @import { Item } from '../core/types.js' */

/** @param {number} id @param {HTMLElement} anchor @param {() => void} moved */
export function openOtherBoard(id, anchor, moved) {
  openPopup(anchor, t('To another board'), () => html`<${OtherBoard} id=${id} moved=${moved} />`);
}

/** @param {{ id: number, moved: () => void }} props */
function OtherBoard({ id, moved }) {
  const [lists, setLists] = useState(/** @type {Item[]} */ ([]));
  const [to, setTo] = useState('');
  const [list, setList] = useState('');
  const [wrong, setWrong] = useState('');
  const choose = async (/** @type {string} */ next) => {
    setTo(next);
    setLists([]);
    setWrong('');
    if (!next) return;
    try {
      const { lists: found, can } = await read(`/boards/${next}`);
      if (!can.cards?.includes('move_card')) return setWrong(t('On that board you may not add cards.'));
      found.sort((/** @type {Item} */ a, /** @type {Item} */ b) => (a.position < b.position ? -1 : 1));
      setLists(found);
      setList(String(found[0]?.id ?? ''));
    } catch {
      setWrong(t('This could not be read. Try again in a moment.'));
    }
  };
  const send = (/** @type {any} */ event) => {
    event.preventDefault();
    const title = event.currentTarget.elements.namedItem('board').selectedOptions[0]?.textContent ?? '';
    closeMenu();
    moved();
    moveAway(id, Number(list), title);
  };
  return html`<form class="form" onSubmit=${send}>
    <${Boards} value=${to} choose=${choose} />
    ${lists.length > 0 && html`<label class="field"><span class="field__label">${t('List')}</span><${Lists} lists=${lists} value=${list} choose=${setList} /></label>`}
    ${wrong && html`<p class="field__error" role="alert">${wrong}</p>`}
    <button class="button button--primary" type="submit" disabled=${!list || !lists.length}>${t('Move')}</button>
  </form>`;
}
