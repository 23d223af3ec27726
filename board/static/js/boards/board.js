/** The board: its head, its lists side by side, and what lies over them. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { openSheet } from '../core/palette.js';
import { Toasts } from '../core/toast.js';
import { ArchivedStrip, BoardMore, Star } from './about.js';
import { Archive } from './archive.js';
import { Avatar } from './avatar.js';
import { Banner } from './banner.js';
import { makeList, renameBoard } from './commands.js';
import { Composer } from './composer.js';
import { board, may } from './context.js';
import { acceptDrops } from './drag.js';
import { filter, mineCount, onlyMine, setFilter, toggleMine } from './filter.js';
import { FilterButton, Filtered } from './filter-panel.js';
import { InPlace } from './in-place.js';
import { onBoardKey, onPageKey } from './keyboard.js';
import { List } from './list.js';
import { MenuHost } from './menu.js';
import { dialog, opened } from './open-card.js';
import { togglePresenting } from './presenting.js';
import { SelectionBar } from './selection-bar.js';
import { dragByTouch } from './touch.js';
import { presenting, view } from './view.js';
import { Elsewise, Views } from './views.js';

const MOST_FACES = 5;

export function Board() {
  const [drawer, setDrawer] = useState(/** @type {'archive' | null} */ (null));
  // With the drawing, not after it: keys are heard as soon as there is something to see.
  useLayoutEffect(() => {
    addEventListener('keydown', onPageKey);
    return () => removeEventListener('keydown', onPageKey);
  }, []);
  const ground = board.store.item('board', board.id).value?.background || null;
  return html`<div class="board" data-ground=${ground}>
    <${Banner} />
    <${ArchivedStrip} />
    <${Head} archive=${() => setDrawer('archive')} />
    <${Shown} />
    <p class="visually-hidden" id="how-to-move">${t('Press Enter to open, Space to pick up and move with the arrow keys.')}</p>
    <div id="drop-line" class="drop-line" hidden></div>
    <${SelectionBar} />
    ${presenting.value && html`<button type="button" class="button present-end" onClick=${togglePresenting}>${icon('x')}<span>${t('End the showing')}</span></button>`}
    <${MenuHost} />
    ${drawer === 'archive' && html`<${Archive} close=${() => setDrawer((now) => (now === 'archive' ? null : now))} />`}
    ${dialog.value && html`<${dialog.value} />`}
    ${opened.value === null && drawer === null && html`<${Toasts} />`}
  </div>`;
}

/** @param {{ archive: () => void }} props */
function Head({ archive }) {
  const [renaming, setRenaming] = useState(false);
  const title = board.store.item('board', board.id).value?.title ?? '';
  useEffect(() => {
    if (title && opened.peek() === null) document.title = `${title} · Staffroom`;
  }, [title]);
  return html`<header class="board-head">
    <div class="board-head__name">
      ${board.within && html`<p class="board-head__within"><a href=${board.within.href} dir="auto">${board.within.title}</a>${board.within.purpose && html`<span dir="auto">${board.within.purpose}</span>`}</p>`}
      ${
        renaming
          ? html`<${InPlace} value=${title} label=${t('Title of the board')} save=${renameBoard} close=${() => setRenaming(false)} />`
          : html`<h1 dir="auto">${may('board', 'change_board') ? html`<button type="button" class="board-head__rename" title=${t('Rename')} onClick=${() => setRenaming(true)}>${title}</button>` : title}</h1>`
      }
    </div>
    <${Star} />
    <${Views} />
    <${Here} />
    <div class="board-head__tools">
      <label class="search">
        <span class="visually-hidden">${t('Search cards')}</span>${icon('search')}
        <input
          id="search"
          type="search"
          placeholder=${t('Search cards')}
          value=${filter.value.text}
          onInput=${(/** @type {any} */ event) => setFilter({ text: event.currentTarget.value })}
          onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && filter.peek().text && setFilter({ text: '' })}
        />
      </label>
      <button type="button" class="button board-head__mine" aria-pressed=${onlyMine.value} onClick=${toggleMine}>
        ${icon('user')}<span>${t('Mine')}</span><span class="board-head__count">${mineCount.value}</span>
      </button>
      <${FilterButton} />
      <button type="button" class="button board-head__archive" aria-haspopup="dialog" aria-label=${t('Archive')} onClick=${archive}>${icon('archive')}<span>${t('Archive')}</span></button>
      <button type="button" class="tool board-head__help" aria-haspopup="dialog" aria-label=${t('Keys')} onClick=${openSheet}>${icon('keyboard')}</button>
      <${BoardMore} rename=${() => setRenaming(true)} />
    </div>
    <${Filtered} />
  </header>`;
}

/** The lists, or another view over the same cards. */
function Shown() {
  return view.value === 'board' ? html`<${Row} />` : html`<${Elsewise} />`;
}

/** Others who have this board open now. */
function Here() {
  const others = [...board.live.here.value.keys()].filter((id) => id !== board.me.id);
  const more = Math.max(others.length, board.live.hereCount.value - 1) - MOST_FACES;
  if (!others.length) return null;
  return html`<ul class="here" aria-label=${t('Here now')}>
    ${others.slice(0, MOST_FACES).map((id) => html`<li key=${id}><${Avatar} id=${id} large=${true} here=${true} /></li>`)}
    ${more > 0 && html`<li key="more"><span class="avatar avatar--large avatar--more" title=${tn(more, '{count} more', '{count} more')}>+${more}</span></li>`}
  </ul>`;
}

function Row() {
  const ref = useRef(/** @type {any} */ (null));
  const [adding, setAdding] = useState(false);
  const lists = board.store.children('lists').value;
  const adds = may('board', 'make_list');
  useEffect(() => {
    dragByTouch(ref.current);
    return acceptDrops(ref.current);
  }, []);
  return html`<div class="lists" ref=${ref} onKeyDown=${onBoardKey} data-count=${lists.length} role="region" aria-label=${t('Lists')} tabindex="-1">
    ${!lists.length && html`<${Welcome} adds=${adds} start=${() => setAdding(true)} adding=${adding} />`}
    ${lists.map((id) => html`<${List} key=${id} id=${id} />`)}
    ${
      adds &&
      (lists.length > 0 || adding) &&
      html`<div class="lists__add" key="add">
        <${Composer}
          draft="list"
          open=${adding}
          setOpen=${setAdding}
          opener=${t('Add a list')}
          label=${t('Title of the new list')}
          submit=${t('Add list')}
          save=${makeList}
          isGone=${() => false}
        />
      </div>`
    }
  </div>`;
}

/** @param {{ adds: boolean, adding: boolean, start: () => void }} props */
function Welcome({ adds, adding, start }) {
  if (adding) return null;
  return html`<div class="welcome">
    ${icon('columns-3', 'welcome__icon')}
    <h2>${t('A new board')}</h2>
    ${
      adds
        ? html`<p>${t('Lists are the steps that work goes through. Three are enough to begin.')}</p>
            <div class="welcome__row">
              <button type="button" class="button button--primary" onClick=${start}>${icon('plus')}<span>${t('Add your first list')}</span></button>
              <button
                type="button"
                class="button"
                onClick=${() => {
                  for (const title of [t('To do'), t('In progress'), t('Done')]) makeList(title);
                }}
              >
                ${t('Start with To do, In progress, Done')}
              </button>
            </div>`
        : html`<p>${t('Nothing stands here yet. Those who work on it will add the first list.')}</p>`
    }
  </div>`;
}
