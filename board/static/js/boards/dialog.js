/** A card, open over its board, at its own address. */
import { effect, html, signal, useEffect, useLayoutEffect, useRef } from '#ui';
import { Refused, read } from '../core/http.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Toasts } from '../core/toast.js';
import { Asked } from './asked.js';
import { Labels } from './card.js';
import { CardLinks, tellOthers } from './card-links.js';
import { cardMenu, copyAddress, shortAddress } from './card-menu.js';
import { Checklists } from './checklists.js';
import { restoreCard, setDone } from './commands.js';
import { Comments } from './comments.js';
import { board, may } from './context.js';
import { onLetter } from './dialog-keys.js';
import { Fields } from './fields.js';
import { History } from './history.js';
import { Links } from './links.js';
import { MenuHost } from './menu.js';
import { closeCard, opened } from './open-card.js';
import { Side } from './side.js';
import { Description, Measure, Title } from './texts.js';

/** @import { Item } from '../core/types.js' */
/** @typedef {{ id: number, state: 'loading' | 'ready' | 'gone' | 'failed', away: Item | null }} Detail */

/** What was read of it. @type {import('#ui').Signal<Detail | null>} */
const detail = signal(null);
/** Reads what the board does not carry, again whenever the room was read again. */
export function readOpened() {
  return effect(() => {
    const id = opened.value;
    board.store.resets.value;
    board.live.tell(board.store.room, id, null);
    const had = detail.peek();
    if (had && had.id !== id) board.store.close(`card:${had.id}`);
    if (id === null) detail.value = null;
    else load(id);
  });
}

/** @param {number} id */
async function load(id) {
  if (detail.peek()?.id !== id) detail.value = { id, state: 'loading', away: null };
  try {
    const { data, seq, checklists, items, attachments, links, others } = await read(`/cards/${id}`);
    if (opened.peek() !== id) return;
    tellOthers(others);
    if (data.board_id && data.board_id !== board.id) {
      // An address of another board leads there; but a card that was moved away under somebody's hands stays, with what she typed.
      if (detail.peek()?.state === 'loading') location.replace(`/boards/${data.board_id}/cards/${id}`);
      else detail.value = { id, state: 'ready', away: data };
      return;
    }
    const onBoard = Boolean(board.store.peek('cards', id));
    const texts = onBoard
      ? [
          {
            id,
            description: data.description,
            description_html: data.description_html,
            measure: data.measure,
            created_at: data.created_at,
          },
        ]
      : [];
    if (!board.store.open(`card:${id}`, seq, { cards: texts, checklists, items, attachments, links })) return load(id);
    detail.value = { id, state: 'ready', away: onBoard ? null : data };
  } catch (error) {
    if (opened.peek() !== id) return;
    const gone = error instanceof Refused && error.status === 404;
    detail.value = { id, state: gone ? 'gone' : 'failed', away: null };
  }
}

export function CardDialog() {
  const id = opened.value;
  return id === null ? null : html`<${Open} key=${id} id=${id} />`;
}

/** @param {{ id: number }} props */
function Open({ id }) {
  const ref = useRef(/** @type {any} */ (null));
  const last = useRef(/** @type {Item | null} */ (null));
  useLayoutEffect(() => {
    const dialog = ref.current;
    const back = document.activeElement;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('[data-first]')?.focus();
    return () => {
      dialog.close();
      const face = document.querySelector(`[data-card="${id}"] .card__open`);
      const target = back instanceof HTMLElement && back.isConnected && back !== document.body ? back : face;
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const title = document.title;
    return () => {
      document.title = title;
    };
  }, []);
  const known = board.store.item('cards', id).value;
  const found = detail.value;
  const card = known ?? found?.away ?? last.current;
  const here = Boolean(known);
  if (card) last.current = card;
  useEffect(() => {
    if (!here && found?.state === 'ready' && !found.away) load(id);
  }, [here]);
  useEffect(() => {
    if (card) document.title = `${card.title} · ${board.store.peek('board', board.id)?.title ?? ''}`;
  }, [card?.title]);
  return html`<dialog
    ref=${ref}
    class="sheet"
    closedby="any"
    aria-labelledby="sheet-title"
    data-gone=${card && !here ? true : null}
    onCancel=${(/** @type {Event} */ event) => {
      event.preventDefault();
      closeCard();
    }}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => here && card && onLetter(event, card)}
    onClick=${(/** @type {MouseEvent} */ event) => {
      if (event.target === event.currentTarget && !('closedBy' in HTMLDialogElement.prototype)) closeCard();
    }}
  >
    ${card ? html`<${Sheet} card=${card} here=${here} state=${found?.state ?? 'loading'} />` : html`<${Nothing} id=${id} state=${found?.state ?? 'loading'} />`}
    <${MenuHost} dialog=${true} />
    <${Toasts} />
    <div class="announcer visually-hidden" role="status"></div>
  </dialog>`;
}

/** @param {{ card: Item, here: boolean, state: Detail['state'] }} props */
function Sheet({ card, here, state }) {
  const { id } = card;
  // It was read while the window said so: what had the focus then has gone, and keys would reach nobody.
  useLayoutEffect(() => {
    if (document.activeElement === document.body)
      /** @type {HTMLElement | null} */ (document.querySelector('.sheet [data-first]'))?.focus();
  }, []);
  const list = board.store.item('lists', card.list_id).value;
  const edits = here && may('cards', 'change_card');
  const others = [...board.live.here.value.values()].filter(
    ({ card: open, member }) => open === id && member !== board.me.id,
  );
  return html`
    <header class="sheet__head">
      <div class="sheet__row">
        <div class="sheet__where">
          <${Labels} ids=${card.label_ids ?? []} />
          <span class="sheet__place" dir="auto">${list ? t('in {list}', { list: list.title }) : t('on no list')}</span>
          ${
            card.number &&
            html`<a class="sheet__number" href=${shortAddress(card)} title=${t('Copy the short address')} onClick=${(
              /** @type {MouseEvent} */ event,
            ) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              copyAddress(card.id);
            }}>#${card.number}</a>`
          }
        </div>
        ${others.length > 0 && html`<span class="sheet__others">${t('Also here: {names}', { names: others.map(({ member }) => board.store.peek('members', member)?.name ?? t('somebody')).join(', ') })}</span>`}
        ${
          here &&
          may('cards', card.done ? 'reopen_card' : 'finish_card') &&
          html`<button type="button" class=${`button sheet__done ${card.done ? 'sheet__done--on' : ''}`} aria-pressed=${Boolean(card.done)} onClick=${() => setDone(id, !card.done)}>
            ${icon(card.done ? 'circle-check' : 'circle')}<span>${t('Done')}</span>
          </button>`
        }
        ${
          here &&
          html`<button
            type="button"
            class="tool"
            aria-haspopup="menu"
            aria-label=${t('More for this card')}
            onClick=${(/** @type {MouseEvent} */ event) => cardMenu(id, /** @type {HTMLElement} */ (event.currentTarget))}
          >
            ${icon('ellipsis')}
          </button>`
        }
        <button type="button" class="tool" aria-label=${t('Close')} onClick=${closeCard}>${icon('x')}</button>
      </div>
      <${Title} card=${card} edits=${edits} />
      ${!here && state !== 'loading' && html`<${Away} card=${card} state=${state} />`}
      ${board.queue.held.value && html`<p class="notice" role="status">${icon('wifi-off')}<span>${t('No connection. What you write is kept, and sent when it is back.')}</span></p>`}
    </header>
    <div class="sheet__body">
      <div class="sheet__main">
        ${here && html`<${Asked} card=${card} />`}
        ${state === 'loading' && html`<div class="sheet__wait" role="status"><span class="visually-hidden">${t('Reading the card…')}</span><span class="bone"></span><span class="bone"></span><span class="bone"></span></div>`}
        ${state === 'failed' && html`<${Failed} id=${id} />`}
        ${
          state !== 'loading' &&
          html`<${Description} card=${card} edits=${edits} />
            <${Checklists} card=${id} edits=${here && may('cards', 'make_item')} />
            <${Fields} card=${card} edits=${here && may('cards', 'set_field')} />
            <${CardLinks} card=${id} edits=${here && may('cards', 'add_link')} />
            <${Links} card=${id} edits=${here && may('cards', 'add_attachment')} />
            <${Measure} card=${card} edits=${edits} />`
        }
        ${card.thread_id && state !== 'loading' && html`<${Comments} thread=${card.thread_id} card=${id} />`}
        ${state === 'ready' && html`<${History} card=${id} />`}
      </div>
      <${Side} card=${card} here=${here} />
    </div>
  `;
}

/** The card left the board while it was open, or it was opened from the archive. What is typed stays. @param {{ card: Item, state: Detail['state'] }} props */
function Away({ card, state }) {
  if (state === 'gone')
    return html`<p class="notice" role="status">${icon('trash-2')}<span>${t('This card is in the bin.')}</span></p>`;
  if (card.board_id && card.board_id !== board.id) {
    return html`<p class="notice" role="status">
      ${icon('arrow-right')}<span>${t('This card was moved to another board.')}</span>
      <a class="button" href=${`/boards/${card.board_id}/cards/${card.id}`}>${t('Go there')}</a>
    </p>`;
  }
  return html`<p class="notice" role="status">
    ${icon('archive')}<span>${t('This card is in the archive, not on the board.')}</span>
    ${
      may('cards', 'restore_card') &&
      html`<button type="button" class="button" onClick=${() =>
        restoreCard(card.id).then(
          () => load(card.id),
          () => {},
        )}>${t('Restore')}</button>`
    }
  </p>`;
}

/** @param {{ id: number, state: Detail['state'] }} props */
function Nothing({ id, state }) {
  return html`<div class="sheet__nothing">
    <button type="button" class="tool sheet__leave" aria-label=${t('Close')} onClick=${closeCard}>${icon('x')}</button>
    <h2 id="sheet-title" tabindex="-1" data-first>${state === 'loading' ? t('Reading the card…') : t('This card is not here')}</h2>
    ${state === 'gone' && html`<p>${t('It was deleted, or it is on a board that is not shared with you.')}</p>`}
    ${state === 'failed' && html`<${Failed} id=${id} />`}
    ${state !== 'loading' && html`<button type="button" class="button" onClick=${closeCard}>${t('Back to the board')}</button>`}
  </div>`;
}

/** @param {{ id: number }} props */
function Failed({ id }) {
  return html`<p class="notice notice--problem" role="status">
    ${icon('triangle-alert')}<span>${t('The rest of this card could not be read.')}</span>
    <button type="button" class="button" onClick=${() => load(id)}>${t('Try again')}</button>
  </p>`;
}
