/** What was put away: archived lists and cards, and the bin, each with a way back. */
import { html, useEffect, useRef, useState } from '#ui';
import { announce } from '../core/announce.js';
import { longDay, moment } from '../core/dates.js';
import { Refused, read } from '../core/http.js';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { restoreCard, restoreList, unbinCard } from './commands.js';
import { board, may } from './context.js';
import { Drawer } from './drawer.js';
import { openCard } from './open-card.js';

/** @import { Item } from '../core/types.js' */
/** @typedef {{ state: 'loading' | 'ready' | 'failed', rows: Item[], next: string | null }} Shelf */

/** @type {Shelf} */
const UNREAD = { state: 'loading', rows: [], next: null };
const CHANGES = /^(cards?|list)\.(archived|restored|binned|unbinned)/;
const SOON = 200;
const DAYS_IN_BIN = 30;

/** @param {{ close: () => void }} props */
export function Archive({ close }) {
  const [which, setWhich] = useState(/** @type {'archive' | 'bin'} */ ('archive'));
  const [words, setWords] = useState('');
  const timer = useRef(/** @type {any} */ (0));
  const look = (/** @type {string} */ text) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setWords(text.trim()), SOON);
  };
  return html`<${Drawer} title=${t('Put away')} close=${close}>
    <div class="tabs" role="group" aria-label=${t('What to show')}>
      <button type="button" class="tab" aria-pressed=${which === 'archive'} onClick=${() => setWhich('archive')}>${icon('archive')}<span>${t('Archive')}</span></button>
      <button type="button" class="tab" aria-pressed=${which === 'bin'} onClick=${() => setWhich('bin')}>${icon('trash-2')}<span>${t('Bin')}</span></button>
    </div>
    <label class="shelf__search">
      <span class="visually-hidden">${t('Search what is put away')}</span>${icon('search')}
      <input class="input" type="search" maxlength="100" placeholder=${t('Search by title or number')} autocomplete="off" onInput=${(/** @type {any} */ event) => look(event.currentTarget.value)} />
    </label>
    <${Shelf} key=${`${which} ${words}`} which=${which} words=${words} close=${close} />
  <//>`;
}

/** @param {{ which: 'archive' | 'bin', words: string, close: () => void }} props */
function Shelf({ which, words, close }) {
  const [{ state, rows, next }, setShelf] = useState(UNREAD);
  const shown = useRef(0);
  shown.current = rows.length;
  /** A page after those that are shown, or all that is shown anew. @param {string | null} [after] */
  const load = async (after = null) => {
    /** @type {Item[]} */
    const found = [];
    let from = after;
    try {
      do {
        const answer = await read(
          `/boards/${board.id}/${which}?limit=100${words ? `&q=${encodeURIComponent(words)}` : ''}${from ? `&after=${encodeURIComponent(from)}` : ''}`,
        );
        found.push(...answer.data);
        from = answer.next;
      } while (!after && from && found.length < shown.current);
      setShelf((had) => ({ state: 'ready', rows: after ? [...had.rows, ...found] : found, next: from }));
    } catch {
      setShelf((had) => ({ ...had, state: 'failed' }));
    }
  };
  useEffect(() => {
    load();
    // What others put away or take out meanwhile is seen here too.
    return board.store.listen((event) => {
      if (CHANGES.test(event.type)) load();
    });
  }, []);
  if (state === 'loading') return html`<p class="part__none" role="status">${t('Reading…')}</p>`;
  if (state === 'failed')
    return html`<p class="notice notice--problem">${icon('triangle-alert')}<span>${t('This could not be read.')}</span><button type="button" class="button" onClick=${() => load()}>${t('Try again')}</button></p>`;
  if (!rows.length && words)
    return html`<p class="drawer__empty" role="status">${t('Nothing here has “{words}” in its title.', { words })}</p>`;
  if (!rows.length)
    return html`<p class="drawer__empty">${which === 'archive' ? t('Nothing is archived. Cards and lists that you archive wait here.') : t('The bin is empty. Deleted cards stay here for 30 days.')}</p>`;
  const lists = new Map(rows.filter((row) => row.list_id === undefined).map((row) => [row.id, row]));
  return html`${words && html`<p class="visually-hidden" role="status">${tn(rows.length, '{count} found', '{count} found')}</p>`}
    <ul class="shelf">
      ${rows.map((row) => html`<${Row} key=${`${row.list_id === undefined}${row.id}`} row=${row} list=${lists.get(row.list_id)} bin=${which === 'bin'} close=${close} />`)}
    </ul>
    ${next && html`<button type="button" class="button" onClick=${() => load(next)}>${t('Show more')}</button>`}`;
}

/** @param {Item} row */
function putAwayAt(row) {
  return row.archived ?? row.archived_at ?? row.binned ?? row.binned_at;
}

/** Until then it can be taken out. @param {string} at */
function goesOn(at) {
  const day = new Date(Date.parse(at) + DAYS_IN_BIN * 86_400_000);
  return longDay(day.toISOString().slice(0, 10));
}

/** @param {{ row: Item, list?: Item, bin: boolean, close: () => void }} props */
function Row({ row, list, bin, close }) {
  const isCard = row.list_id !== undefined;
  const inside = row.card_count ?? 0;
  const [why, setWhy] = useState('');
  const restore = bin ? unbinCard : isCard ? restoreCard : restoreList;
  const able = may(isCard ? 'cards' : 'lists', bin ? 'unbin_card' : isCard ? 'restore_card' : 'restore_list');
  // An open card of an archived list comes back with its list.
  const at = putAwayAt(row);
  const withList = isCard && !bin && !at;
  const about = [
    isCard
      ? t('Card #{number}', { number: row.number })
      : tn(inside, 'List with {count} card', 'List with {count} cards'),
    at && (bin ? t('goes for good on {day}', { day: goesOn(at) }) : moment(at)),
    withList && (list ? t('comes back with its list “{list}”', { list: list.title }) : t('comes back with its list')),
  ];
  return html`<li class="shelf__row">
    ${icon(isCard ? 'square' : 'columns-3')}
    <div class="shelf__what">
      <span class="shelf__title" dir="auto">${row.title}</span>
      <span class="shelf__when">${about.filter(Boolean).join(' · ')}</span>
      ${why && html`<span class="field__error" role="alert">${why}</span>`}
    </div>
    ${
      isCard &&
      !bin &&
      html`<button
        type="button"
        class="button"
        onClick=${() => {
          close();
          openCard(row.id);
        }}
      >
        ${t('Open')}
      </button>`
    }
    ${
      able &&
      !withList &&
      html`<button
        type="button"
        class="button"
        aria-label=${t('Restore {title}', { title: row.title })}
        onClick=${() =>
          restore(row.id).then(
            () => announce(t('{title} is back on the board.', { title: row.title })),
            (/** @type {unknown} */ error) =>
              setWhy(error instanceof Refused ? error.message : t('This did not work.')),
          )}
      >
        ${icon('undo-2')}<span>${!isCard && inside ? tn(inside, 'Restore with its card', 'Restore with its {count} cards') : t('Restore')}</span>
      </button>`
    }
  </li>`;
}
