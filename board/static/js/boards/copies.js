/** Copies of cards, lists and the board, and lists that go to another board: small forms, read when they are wanted. */
import { html, useEffect, useState } from '#ui';
import { read, readAll } from '../core/http.js';
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';
import { undoable } from './commands.js';
import { board } from './context.js';
import { closeMenu, openPopup } from './menu.js';

/** @import { Item } from '../core/types.js' */

/** @param {number} id @param {HTMLElement} anchor */
export function offerCopy(id, anchor) {
  openPopup(anchor, t('Copy this card'), () => html`<${CopyCard} id=${id} />`);
}

/** @param {number} id @param {HTMLElement} anchor */
export function offerListCopy(id, anchor) {
  openPopup(anchor, t('Copy this list'), () => html`<${CopyList} id=${id} />`);
}

/** @param {number} id @param {HTMLElement} anchor */
export function offerListMove(id, anchor) {
  openPopup(anchor, t('List to another board'), () => html`<${MoveList} id=${id} />`);
}

/** @param {HTMLElement} anchor */
export function offerBoardCopy(anchor) {
  openPopup(anchor, t('Copy this board'), () => html`<${CopyBoard} />`);
}

/** @param {{ id: number }} props */
function CopyCard({ id }) {
  const card = board.store.peek('cards', id);
  const [to, setTo] = useState(String(board.id));
  const [list, setList] = useState(String(card?.list_id ?? ''));
  const { lists, wrong } = useLists(to, setList);
  const parts = [
    ['checklists', t('Checklists, unticked'), true],
    ['labels', t('Labels'), true],
    ['fields', t('Fields'), true],
    ['attachments', t('Links'), true],
    ['owners', t('Owners; they are asked'), false],
  ];
  const send = (/** @type {any} */ event) => {
    event.preventDefault();
    const { elements } = event.currentTarget;
    const chosen = parts.map(([name]) => name).filter((name) => elements.namedItem(name).checked);
    const title = elements.namedItem('title').value.trim();
    closeMenu();
    const body = { list_id: Number(list), with: chosen, ...(title ? { title } : {}) };
    undoable(t('Copied.'), board.queue.do({ method: 'POST', path: `/cards/${id}/copies`, body }));
  };
  if (!card) return null;
  return html`<form class="form" onSubmit=${send}>
    <label class="field"><span class="field__label">${t('Title')}</span><input class="input" name="title" maxlength="512" dir="auto" autocomplete="off" defaultValue=${card.title} autofocus /></label>
    <${Boards} value=${to} choose=${setTo} here=${true} />
    ${lists.length > 0 && html`<label class="field"><span class="field__label">${t('List')}</span><${Lists} lists=${lists} value=${list} choose=${setList} /></label>`}
    <fieldset class="choices"><legend class="field__label">${t('What comes along')}</legend>
      ${parts.map(([name, words, on]) => html`<label key=${name} class="along"><input type="checkbox" name=${name} defaultChecked=${on} /><span>${words}</span></label>`)}
    </fieldset>
    <p class="hint">${t('Text and dates always come along; what was said stays with this card.')}</p>
    ${wrong && html`<p class="field__error" role="alert">${wrong}</p>`}
    <button class="button button--primary" type="submit" disabled=${!list || !lists.length}>${t('Copy')}</button>
  </form>`;
}

/** @param {{ id: number }} props */
function CopyList({ id }) {
  const list = board.store.peek('lists', id);
  const [to, setTo] = useState(String(board.id));
  const send = (/** @type {any} */ event) => {
    event.preventDefault();
    const title = event.currentTarget.elements.namedItem('title').value.trim();
    closeMenu();
    const body = { ...(Number(to) === board.id ? {} : { board_id: Number(to) }), ...(title ? { title } : {}) };
    undoable(
      t('The list is copied, with its cards.'),
      board.queue.do({ method: 'POST', path: `/lists/${id}/copies`, body }),
    );
  };
  return html`<form class="form" onSubmit=${send}>
    <label class="field"><span class="field__label">${t('Title')}</span><input class="input" name="title" maxlength="512" dir="auto" autocomplete="off" defaultValue=${list?.title} autofocus /></label>
    <${Boards} value=${to} choose=${setTo} here=${true} />
    <p class="hint">${t('Its open cards come along, without owners and without what was said.')}</p>
    <button class="button button--primary" type="submit" disabled=${!to}>${t('Copy')}</button>
  </form>`;
}

/** @param {{ id: number }} props */
function MoveList({ id }) {
  const [to, setTo] = useState('');
  const cards = board.store.children('cards', id).peek();
  const send = (/** @type {any} */ event) => {
    event.preventDefault();
    closeMenu();
    const asked = board.queue.do({
      method: 'PUT',
      path: `/lists/${id}/board`,
      body: { board_id: Number(to) },
      guess: { drop: { lists: [id], cards: [...cards] } },
    });
    undoable(t('The list is on another board.'), asked);
  };
  return html`<form class="form" onSubmit=${send}>
    <${Boards} value=${to} choose=${setTo} />
    <p class="hint">${t('All its cards go along, with their numbers and discussions. Labels and fields are found there by name, or left.')}</p>
    <button class="button button--primary" type="submit" disabled=${!to}>${t('Move the list')}</button>
  </form>`;
}

function CopyBoard() {
  const row = board.store.peek('board', board.id);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (/** @type {any} */ event) => {
    event.preventDefault();
    const { elements } = event.currentTarget;
    const place = row?.group_id ? { group_id: row.group_id } : { initiative_id: row?.initiative_id };
    const body = {
      title: elements.namedItem('title').value.trim(),
      with_cards: elements.namedItem('cards').checked,
      ...place,
    };
    setBusy(true);
    try {
      const { data } = await board.queue.do({
        method: 'POST',
        path: `/boards/${board.id}/copies`,
        body,
        quiet: true,
      });
      closeMenu();
      toast(t('The board is copied.'), {
        action: t('Open the copy'),
        act: () => location.assign(`/boards/${data.id}`),
      });
    } catch (error) {
      setWrong(/** @type {Error} */ (error).message);
    }
    setBusy(false);
  };
  return html`<form class="form" onSubmit=${send}>
    <label class="field"><span class="field__label">${t('Title of the copy')}</span><input class="input" name="title" required maxlength="512" dir="auto" autocomplete="off" defaultValue=${t('{title} (copy)', { title: row?.title ?? '' })} autofocus /></label>
    <label class="along"><input type="checkbox" name="cards" /><span>${t('With its open cards')}</span></label>
    <p class="hint">${t('Lists, labels and fields come along. It stands beside this one.')}</p>
    ${wrong && html`<p class="field__error" role="alert">${wrong}</p>`}
    <button class="button button--primary" type="submit" aria-busy=${busy}>${t('Copy')}</button>
  </form>`;
}

/** @param {{ value: string, choose: (id: string) => void, here?: boolean }} props here: this board may be chosen too */
export function Boards({ value, choose, here = false }) {
  const [others, setOthers] = useState(/** @type {Item[]} */ ([]));
  const [wrong, setWrong] = useState('');
  useEffect(() => {
    readAll('/boards?limit=200').then(
      (rows) => setOthers(rows.filter((/** @type {Item} */ other) => other.id !== board.id)),
      () => setWrong(t('This could not be read. Try again in a moment.')),
    );
  }, []);
  return html`<label class="field"><span class="field__label">${t('Board')}</span>
    <select class="input" name="board" value=${value} onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}>
      ${here ? html`<option value=${String(board.id)}>${t('This board')}</option>` : html`<option value="">${t('Choose…')}</option>`}
      ${others.map(({ id, title }) => html`<option key=${id} value=${String(id)}>${title}</option>`)}
    </select>
    ${wrong && html`<span class="field__error" role="alert">${wrong}</span>`}
  </label>`;
}

/** @param {{ lists: Item[], value: string, choose: (id: string) => void }} props */
export function Lists({ lists, value, choose }) {
  return html`<select class="input" value=${value} onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}>
    ${lists.map(({ id, title }) => html`<option key=${id} value=${String(id)}>${title}</option>`)}
  </select>`;
}

/** The open lists of a board. @param {string} to @param {(id: string) => void} first chosen on another board */
function useLists(to, first) {
  const here = board.store
    .children('lists')
    .peek()
    .map((id) => /** @type {Item} */ (board.store.peek('lists', id)));
  const [found, setFound] = useState(here);
  const [wrong, setWrong] = useState('');
  useEffect(() => {
    if (Number(to) === board.id && found === here) return;
    setWrong('');
    if (Number(to) === board.id) {
      setFound(here);
      return;
    }
    setFound([]);
    read(`/boards/${to}`).then(
      ({ lists, can }) => {
        if (!can.cards?.includes('copy_card')) return setWrong(t('On that board you may not add cards.'));
        lists.sort((/** @type {Item} */ a, /** @type {Item} */ b) => (a.position < b.position ? -1 : 1));
        setFound(lists);
        first(String(lists[0]?.id ?? ''));
      },
      () => setWrong(t('This could not be read. Try again in a moment.')),
    );
  }, [to]);
  return { lists: found, wrong };
}
