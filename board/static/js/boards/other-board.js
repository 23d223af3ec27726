/** Move a card to a list of another board: its number and its discussion go along. */
import { html, useEffect, useState } from '#ui';
import { read } from '../core/http.js';
import { t } from '../core/i18n.js';
import { moveAway } from './commands.js';
import { board } from './context.js';
import { closeMenu, openPopup } from './menu.js';

/** @import { Item } from '../core/types.js' */

/** @param {number} id @param {HTMLElement} anchor @param {() => void} moved */
export function openOtherBoard(id, anchor, moved) {
  openPopup(anchor, t('To another board'), () => html`<${OtherBoard} id=${id} moved=${moved} />`);
}

/** @param {{ id: number, moved: () => void }} props */
function OtherBoard({ id, moved }) {
  const [boards, setBoards] = useState(/** @type {Item[] | null} */ (null));
  const [lists, setLists] = useState(/** @type {Item[]} */ ([]));
  const [to, setTo] = useState('');
  const [list, setList] = useState('');
  const [wrong, setWrong] = useState('');
  const failed = () => setWrong(t('This could not be read. Try again in a moment.'));
  useEffect(() => {
    read('/boards?limit=200').then(
      ({ data }) => setBoards(data.filter((/** @type {Item} */ other) => other.id !== board.id)),
      failed,
    );
  }, []);
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
      failed();
    }
  };
  if (!boards && !wrong) return html`<p class="part__none" role="status">${t('Reading…')}</p>`;
  return html`<form
    class="form"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      closeMenu();
      moved();
      moveAway(id, Number(list), boards?.find((other) => String(other.id) === to)?.title ?? '');
    }}
  >
    <label class="field"
      ><span class="field__label">${t('Board')}</span>
      <select class="input" value=${to} onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}>
        <option value="">${t('Choose…')}</option>
        ${boards?.map(({ id: other, title }) => html`<option key=${other} value=${String(other)}>${title}</option>`)}
      </select>
    </label>
    ${
      lists.length > 0 &&
      html`<label class="field"
        ><span class="field__label">${t('List')}</span>
        <select class="input" value=${list} onChange=${(/** @type {any} */ event) => setList(event.currentTarget.value)}>
          ${lists.map(({ id: other, title }) => html`<option key=${other} value=${String(other)}>${title}</option>`)}
        </select>
      </label>`
    }
    ${wrong && html`<p class="field__error" role="alert">${wrong}</p>`}
    <button class="button button--primary" type="submit" disabled=${!list || !lists.length}>${t('Move')}</button>
  </form>`;
}
