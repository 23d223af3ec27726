/** One list: its title, its cards as far as they have grown, and a place to write the next one. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { toast } from '../core/toast.js';
import { Card } from './card.js';
import { archiveList, changeList, makeCard, moveList } from './commands.js';
import { Composer } from './composer.js';
import { board, may } from './context.js';
import { dragList } from './drag.js';
import { clearFilter, filtering, visibleCards } from './filter.js';
import { grown, watchEnd } from './growth.js';
import { InPlace } from './in-place.js';
import { closeMenu, openMenu, openPopup } from './menu.js';

/** @param {{ id: number }} props */
export function List({ id }) {
  const ref = useRef(/** @type {any} */ (null));
  const [renaming, setRenaming] = useState(false);
  const [adding, setAdding] = useState(false);
  const list = board.store.item('lists', id).value;
  const movable = may('lists', 'move_list') && id > 0;
  useEffect(() => (movable ? dragList(ref.current, id) : undefined), [id, movable]);
  if (!list) return null;
  return html`<section class="list" ref=${ref} data-list=${id} data-means-done=${list.done || null} aria-label=${list.title}>
    <header class="list__head">
      ${
        renaming
          ? html`<${InPlace} value=${list.title} label=${t('Title of the list')} save=${(/** @type {string} */ title) => changeList(id, { title })} close=${() => setRenaming(false)} />`
          : html`<h2 class="list__title" dir="auto">
              ${
                may('lists', 'change_list')
                  ? html`<button type="button" class="list__rename" title=${t('Rename')} onClick=${() => setRenaming(true)}>${list.title}</button>`
                  : list.title
              }
            </h2>`
      }
      <${Count} id=${id} limit=${list.wip_limit} />
      ${
        may('lists', 'change_list') &&
        html`<button
          type="button"
          class="tool list__more"
          aria-haspopup="menu"
          aria-label=${t('More for the list {title}', { title: list.title })}
          onClick=${(/** @type {MouseEvent} */ event) =>
            listMenu(
              id,
              /** @type {HTMLElement} */ (event.currentTarget),
              () => setRenaming(true),
              () => setAdding(true),
            )}
        >
          ${icon('ellipsis')}
        </button>`
      }
    </header>
    <${Cards} id=${id} title=${list.title} />
    ${
      may('lists', 'make_card') &&
      html`<${Composer}
        key="composer"
        draft=${`card in ${id}`}
        open=${adding}
        setOpen=${setAdding}
        opener=${t('Add a card')}
        label=${t('Title of the new card')}
        submit=${t('Add card')}
        save=${(/** @type {string} */ title) => addCard(id, title)}
        many=${true}
        isGone=${() => !board.store.peek('lists', id)}
      />`
    }
  </section>`;
}

/** @param {number} list @param {string} title */
function addCard(list, title) {
  makeCard(list, title);
  if (filtering.peek()) toast(t('Added. The filter may hide it.'), { action: t('Show all'), act: clearFilter });
}

/** @param {{ id: number, title: string }} props */
function Cards({ id, title }) {
  const end = useRef(/** @type {any} */ (null));
  const ids = visibleCards(id).value;
  const count = grown(id).value;
  const more = ids.length > count;
  useLayoutEffect(() => watchEnd(end.current, id), [more, id]);
  return html`<ol class="list__cards" data-cards-of=${id} aria-label=${t('Cards of {title}', { title })} tabindex=${ids.length ? null : -1}>
    ${ids.slice(0, count).map((card) => html`<${Card} key=${card} id=${card} />`)}
    ${more && html`<li class="list__end" ref=${end} key="end" aria-hidden="true"></li>`}
    ${!ids.length && html`<li class="list__empty" key="empty">${filtering.value ? t('No card matches.') : t('No cards yet.')}</li>`}
  </ol>`;
}

/** @param {{ id: number, limit?: number | null }} props */
function Count({ id, limit }) {
  const all = board.store.children('cards', id).value.length;
  const shown = visibleCards(id).value.length;
  const words = limit
    ? t('{count} of at most {limit} cards', { count: all, limit })
    : tn(all, '{count} card', '{count} cards');
  const over = Boolean(limit && all > limit);
  return html`<span class=${`list__count ${over ? 'list__count--over' : ''}`} title=${over ? t('More than the {limit} that were agreed', { limit: limit ?? 0 }) : words}>
    <span aria-hidden="true">${filtering.value ? `${shown}/` : ''}${all}${limit ? `/${limit}` : ''}</span><span class="visually-hidden">${words}</span>
  </span>`;
}

/** @param {number} id @param {HTMLElement} anchor @param {() => void} rename @param {() => void} add */
function listMenu(id, anchor, rename, add) {
  const ids = board.store.children('lists').peek();
  const at = ids.indexOf(id);
  const list = board.store.peek('lists', id);
  /** @type {import('./menu.js').Choice[]} */
  const choices = [];
  if (may('lists', 'make_card')) choices.push({ label: t('Add a card'), icon: 'plus', act: add });
  choices.push({ label: t('Rename'), icon: 'pencil', act: rename });
  choices.push({
    label: list?.done ? t('This list does not mean done') : t('This list means done'),
    icon: 'circle-check',
    act: () => changeList(id, { done: !list?.done }),
  });
  choices.push({
    label: list?.wip_limit ? t('Change the limit…') : t('Limit the cards…'),
    icon: 'hourglass',
    act: () => openLimit(id, anchor),
  });
  if (may('lists', 'move_list') && at > 0)
    choices.push({ label: t('Move left'), icon: 'arrow-left', act: () => moveList(id, { before: ids[at - 1] }) });
  if (may('lists', 'move_list') && at < ids.length - 1) {
    choices.push({ label: t('Move right'), icon: 'arrow-right', act: () => moveList(id, { after: ids[at + 1] }) });
  }
  if (may('lists', 'archive_list'))
    choices.push({ label: t('Archive this list'), icon: 'archive', act: () => archiveList(id) });
  openMenu(anchor, t('List'), choices);
}

/** @param {number} id @param {HTMLElement} anchor */
function openLimit(id, anchor) {
  const limit = board.store.peek('lists', id)?.wip_limit ?? '';
  const save = (/** @type {number | null} */ wip_limit) => {
    closeMenu();
    changeList(id, { wip_limit });
  };
  openPopup(
    anchor,
    t('At most so many cards'),
    () => html`<form
      class="form"
      onSubmit=${(/** @type {any} */ event) => {
        event.preventDefault();
        save(Number(event.currentTarget.elements.namedItem('limit').value) || null);
      }}
    >
      <input class="input" name="limit" type="number" min="1" max="1000" defaultValue=${limit} aria-label=${t('At most so many cards')} aria-describedby="limit-hint" />
      <p class="hint" id="limit-hint">${t('More can still be put here; the count then says so.')}</p>
      <div class="editor__row">
        <button type="submit" class="button button--primary">${t('Save')}</button>
        ${limit && html`<button type="button" class="button" onClick=${() => save(null)}>${t('No limit')}</button>`}
      </div>
    </form>`,
  );
}
