/** What an open card has to do with other cards: it waits for them, blocks them, relates to them, or duplicates them. */
import { html, signal, useEffect, useState } from '#ui';
import { announce } from '../core/announce.js';
import { read } from '../core/http.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { board, cardAddress, may } from './context.js';
import { closeMenu, openPopup } from './menu.js';
import { openCard } from './open-card.js';
import { addLink, removeLink } from './part-commands.js';

/** @import { Item } from '../core/types.js' */
/** @typedef {{ id: number, number: number, title: string, href: string, here: boolean, board?: string }} Found */

const MOST_FOUND = 8;
const PAUSE = 250;

/** Cards at the other ends, as this person may see them: what stands on other boards is in no event. @type {import('#ui').Signal<Map<number, Item>>} */
const others = signal(new Map());

/** @param {Item[]} rows of a card's page */
export function tellOthers(rows) {
  others.value = new Map(rows.map((row) => [row.id, row]));
}

/** @param {{ card: number, edits: boolean }} props */
export function CardLinks({ card, edits }) {
  const links = board.store
    .children('links')
    .value.map((id) => /** @type {Item} */ (board.store.item('links', id).value))
    .filter((link) => link && (link.card_id === card || link.other_id === card));
  const unknown = links.map((link) => farEnd(link, card)).filter((id) => !board.store.peek('cards', id));
  const asked = unknown.filter((id) => !others.value.has(id)).join();
  useEffect(() => {
    // A link that came while the card is open: its title is asked for, with one's own eyes.
    if (asked)
      read(`/cards/${card}`).then(
        ({ others: rows }) => tellOthers(rows),
        () => {},
      );
  }, [card, asked]);
  if (!links.length && !edits) return null;
  return html`<section class=${`part ${links.length ? '' : 'part--bare'}`} aria-labelledby=${links.length ? 'card-links-head' : null} aria-label=${links.length ? null : t('Linked cards')}>
    ${links.length > 0 && html`<div class="part__head"><h3 id="card-links-head">${t('Linked cards')}</h3></div>`}
    ${groups(links, card).map(
      ([title, rows]) => html`<div key=${title} class="card-links">
        <h4 class="card-links__kind">${title}</h4>
        <ul class="links">${rows.map((link) => html`<${Row} key=${link.id} link=${link} card=${card} edits=${edits} />`)}</ul>
      </div>`,
    )}
    ${
      edits &&
      html`<button type="button" class="composer__opener" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => openPopup(event.currentTarget, t('Link another card'), () => html`<${Add} card=${card} />`)}>
        ${icon('arrow-right-left')}<span>${t('Link another card')}</span>
      </button>`
    }
  </section>`;
}

/** @param {Item[]} links @param {number} card @returns {Array<[string, Item[]]>} */
function groups(links, card) {
  const of = (/** @type {string} */ kind, /** @type {boolean | null} */ from) =>
    links.filter((link) => link.kind === kind && (from === null || (link.card_id === card) === from));
  /** @type {Array<[string, Item[]]>} */
  const all = [
    [t('Waits for'), of('blocks', false)],
    [t('Blocks'), of('blocks', true)],
    [t('Relates to'), of('relates', null)],
    [t('Duplicates'), of('duplicates', true)],
    [t('Is duplicated by'), of('duplicates', false)],
  ];
  return all.filter(([, rows]) => rows.length);
}

/** @param {{ link: Item, card: number, edits: boolean }} props */
function Row({ link, card, edits }) {
  const id = farEnd(link, card);
  const here = board.store.item('cards', id).value;
  const other = here ?? others.value.get(id);
  const title = other?.title ?? t('A card that you cannot see');
  return html`<li class="link card-link" data-done=${other?.done ? true : null}>
    ${icon(other ? (other.done ? 'circle-check' : 'square-kanban') : 'eye-off')}
    ${
      other
        ? html`<a
            href=${here ? cardAddress(id) : `/boards/${other.board_id}/cards/${id}`}
            dir="auto"
            onClick=${(/** @type {MouseEvent} */ event) => {
              if (!here || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
              event.preventDefault();
              openCard(id);
            }}
            >${title}</a
          >`
        : html`<span class="card-link__hidden">${title}</span>`
    }
    ${other && html`<span class="link__host">#${other.number}${other.done ? `, ${t('done')}` : ''}${!here && other.archived ? `, ${t('in the archive')}` : ''}${!here && other.board_id !== board.id ? ` · ${other.board_title}` : ''}</span>`}
    ${edits && other && may('cards', 'remove_link') && html`<button type="button" class="tool" aria-label=${t('Unlink {title}', { title })} onClick=${() => removeLink(link.id)}>${icon('x')}</button>`}
  </li>`;
}

/** @param {{ card: number }} props */
function Add({ card }) {
  const [kind, setKind] = useState('waits');
  const [wanted, setWanted] = useState('');
  const [elsewhere, setElsewhere] = useState(/** @type {Found[]} */ ([]));
  const [wrong, setWrong] = useState('');
  const number = wanted.trim().match(/^#?(\d{1,9})$/)?.[1];
  useEffect(() => {
    setElsewhere([]);
    if (!number) return undefined;
    const timer = setTimeout(() => findNumber(number).then(setElsewhere, () => {}), PAUSE);
    return () => clearTimeout(timer);
  }, [number]);
  const linked = new Set(board.store.all('links').flatMap((link) => [link.card_id, link.other_id]));
  const here = onBoard(wanted, card);
  const found = [...here, ...elsewhere.filter(({ id }) => id !== card && !here.some((other) => other.id === id))];
  const save = async (/** @type {Found} */ other) => {
    setWrong('');
    try {
      await addLink(card, other.id, kind);
      announce(t('Linked with {title}.', { title: other.title }));
      closeMenu();
    } catch (error) {
      setWrong(whyNot(error));
    }
  };
  return html`<div class="picker card-links__add">
    <label class="field"><span class="field__label">${t('This card')}</span>
      <select class="input" value=${kind} onChange=${(/** @type {any} */ event) => setKind(event.currentTarget.value)}>
        <option value="waits">${t('waits for')}</option>
        <option value="blocks">${t('blocks')}</option>
        <option value="relates">${t('relates to')}</option>
        <option value="duplicates">${t('duplicates')}</option>
      </select>
    </label>
    <label class="field"><span class="field__label">${t('Which card')}</span>
      <input class="input" type="search" autofocus placeholder=${t('Words, or a number as in #12')} dir="auto" onInput=${(/** @type {any} */ event) => setWanted(event.currentTarget.value)} />
    </label>
    ${wrong && html`<p class="field__error" role="alert">${wrong}</p>`}
    <ul class="picker__list">
      ${found.map(
        (other) => html`<li key=${other.id}>
          <button type="button" class="pick-row" disabled=${kind === 'relates' && linked.has(other.id) && links(card, other.id)} onClick=${() => save(other)}>
            <span class="card-links__number">#${other.number}</span><span dir="auto">${other.title}</span>
          </button>
        </li>`,
      )}
      ${wanted.trim() && !found.length && html`<li class="part__none">${t('No such card on this board. By its number a card of any board is found.')}</li>`}
    </ul>
  </div>`;
}

/** Are these two related already? @param {number} card @param {number} other */
function links(card, other) {
  return board.store
    .all('links')
    .some(
      ({ kind, card_id, other_id }) =>
        kind === 'relates' && [card_id, other_id].includes(card) && [card_id, other_id].includes(other),
    );
}

/** @param {any} error */
function whyNot(error) {
  const path = error.data?.path?.map((/** @type {any} */ step) =>
    step.title ? `#${step.number} ${step.title}` : t('a card that you cannot see'),
  );
  return path ? `${error.message} ${path.join(' → ')}` : error.errors?.[0]?.message || error.message;
}

/** @param {string} wanted @param {number} card @returns {Found[]} */
function onBoard(wanted, card) {
  const words = wanted.trim().toLocaleLowerCase();
  if (!words) return [];
  return board.store
    .all('cards')
    .filter(
      ({ id, title, number }) =>
        id > 0 &&
        id !== card &&
        (title.toLocaleLowerCase().includes(words) || `#${number}`.startsWith(words.replace(/^#?/, '#'))),
    )
    .slice(0, MOST_FOUND)
    .map(({ id, number, title }) => ({ id, number, title, href: cardAddress(id), here: true }));
}

/** By its number a card is found wherever it stands. @param {string} number @returns {Promise<Found[]>} */
async function findNumber(number) {
  const { data } = await read(`/search?kind=card&limit=3&q=${encodeURIComponent(`#${number}`)}`);
  return data.map((/** @type {any} */ hit) => ({
    id: hit.id,
    number: Number(number),
    title: hit.title.map((/** @type {{ text: string }} */ piece) => piece.text).join(''),
    href: hit.href,
    here: false,
  }));
}

/** @param {Item} link @param {number} card */
function farEnd(link, card) {
  return link.card_id === card ? link.other_id : link.card_id;
}
