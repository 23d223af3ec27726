/** One list: its title, its cards as far as they have grown, and a place to write the next one. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { announce } from '../core/announce.js';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { addCard } from './add-card.js';
import { Card } from './card.js';
import { archiveList, changeList, moveList } from './commands.js';
import { Composer } from './composer.js';
import { board, may } from './context.js';
import { dragList } from './drag.js';
import { filtering, visibleCards } from './filter.js';
import { grown, watchEnd } from './growth.js';
import { InPlace } from './in-place.js';
import { MOST_LINES, makeCards } from './many.js';
import { closeMenu, openMenu, openPopup } from './menu.js';
import { collapse, isCollapsed } from './mine.js';
import { maySelect, picking, toggleList } from './selection.js';

const COLOURS = ['', 'blue', 'green', 'amber', 'red', 'violet', 'grey'];

/** @param {{ id: number }} props */
export function List({ id }) {
  const ref = useRef(/** @type {any} */ (null));
  const [renaming, setRenaming] = useState(false);
  const [adding, setAdding] = useState(false);
  const list = board.store.item('lists', id).value;
  const movable = may('lists', 'move_list') && id > 0;
  const folded = isCollapsed(id).value;
  useEffect(() => (movable ? dragList(ref.current, id) : undefined), [id, movable, folded]);
  if (!list) return null;
  if (folded) return html`<${Collapsed} id=${id} list=${list} within=${ref} />`;
  return html`<section class="list" key="open" ref=${ref} data-list=${id} data-means-done=${list.done || null} data-colour=${list.colour || null} aria-label=${list.title}>
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
      <${Count} id=${id} limit=${list.wip_limit} hard=${list.wip_hard} />
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
        lines=${{
          most: MOST_LINES,
          one: (/** @type {string} */ title, /** @type {string} */ rest) =>
            addCard(id, title, rest ? { description: rest } : {}),
          many: (/** @type {string[]} */ titles) => makeCards(id, titles),
        }}
        isGone=${() => !board.store.peek('lists', id)}
      />`
    }
  </section>`;
}

/** A narrow column, on this person's screen only; a card can be let go over it. @param {{ id: number, list: any, within: any }} props */
function Collapsed({ id, list, within }) {
  const count = board.store.children('cards', id).value.length;
  return html`<section class="list list--collapsed" key="collapsed" ref=${within} data-list=${id} data-means-done=${list.done || null} data-colour=${list.colour || null} aria-label=${list.title}>
    <header class="list__head">
      <h2 class="list__title" dir="auto">
        <button type="button" class="list__unfold" aria-expanded="false" title=${t('Open the list')} onClick=${() => unfold(id)}>
          ${icon('chevron-right', 'icon--turns')}<span class="list__name">${list.title}</span><span class="list__count">${count}<span class="visually-hidden"> ${tn(count, 'card', 'cards')}</span></span>
        </button>
      </h2>
    </header>
    <ol class="list__cards" data-cards-of=${id} aria-hidden="true"></ol>
  </section>`;
}

/** The focus stays with the list. @param {number} id */
function unfold(id) {
  collapse(id, false);
  focusIn(id, '.list__more, .composer__opener, .card__open');
}

/** @param {number} id */
function fold(id) {
  collapse(id, true);
  focusIn(id, '.list__unfold');
}

/** @param {number} id @param {string} what */
function focusIn(id, what) {
  requestAnimationFrame(() => {
    const found = document.querySelector(`[data-list="${id}"]`)?.querySelector(what);
    if (found instanceof HTMLElement) found.focus();
  });
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

/** @param {{ id: number, limit?: number | null, hard?: boolean }} props */
function Count({ id, limit, hard }) {
  const all = board.store.children('cards', id).value.length;
  const shown = visibleCards(id).value.length;
  const words = limit
    ? t('{count} of at most {limit} cards', { count: all, limit })
    : tn(all, '{count} card', '{count} cards');
  const over = Boolean(limit && all > limit);
  const full = Boolean(limit && hard && all >= limit);
  const said = over
    ? t('More than the {limit} that were agreed', { limit: limit ?? 0 })
    : full
      ? t('Full: it takes {limit} cards', { limit: limit ?? 0 })
      : words;
  return html`<span class=${`list__count ${over ? 'list__count--over' : full ? 'list__count--full' : ''}`} title=${said}>
    <span aria-hidden="true">${filtering.value ? t('{shown} of {all}', { shown, all }) : limit ? t('{count} of {limit}', { count: all, limit }) : all}</span><span class="visually-hidden">${filtering.value ? `${t('{shown} of {all} cards', { shown, all })}. ` : ''}${words}${over || full ? `. ${said}` : ''}</span>
    ${full && icon('lock')}${over && !hard && html`<span class="list__over" aria-hidden="true">${t('too many')}</span>`}
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
  choices.push({ label: t('Colour…'), icon: 'palette', act: () => openColours(id, anchor) });
  choices.push({ label: t('Collapse'), icon: 'chevron-left', act: () => fold(id) });
  if (maySelect() && board.store.children('cards', id).peek().length > 0)
    choices.push(
      { label: t('Select cards'), icon: 'square-check', act: () => (picking.value = true) },
      { label: t('Select all cards'), icon: 'list-checks', act: () => toggleList(id), hint: 'Ctrl+A' },
    );
  if (may('lists', 'move_list') && at > 0)
    choices.push({ label: t('Move left'), icon: 'arrow-left', act: () => moveList(id, { before: ids[at - 1] }) });
  if (may('lists', 'move_list') && at < ids.length - 1) {
    choices.push({ label: t('Move right'), icon: 'arrow-right', act: () => moveList(id, { after: ids[at + 1] }) });
  }
  const copies = (/** @type {'offerListCopy' | 'offerListMove'} */ name) =>
    import('./copies.js').then((found) => found[name](id, anchor));
  if (id > 0 && may('lists', 'copy_list'))
    choices.push({ label: t('Copy this list…'), icon: 'copy', act: () => copies('offerListCopy') });
  if (id > 0 && may('lists', 'move_list_to_board'))
    choices.push({ label: t('To another board…'), icon: 'square-kanban', act: () => copies('offerListMove') });
  if (may('lists', 'archive_list'))
    choices.push({ label: t('Archive this list'), icon: 'archive', act: () => archiveList(id) });
  openMenu(anchor, t('List'), choices);
}

/** @param {number} id @param {HTMLElement} anchor */
function openLimit(id, anchor) {
  const list = board.store.peek('lists', id);
  const limit = list?.wip_limit ?? '';
  const save = (/** @type {number | null} */ wip_limit, wip_hard = false) => {
    closeMenu();
    changeList(id, { wip_limit, wip_hard });
    announce(wip_limit ? t('The list takes {limit} cards.', { limit: wip_limit }) : t('The list has no limit.'));
  };
  openPopup(
    anchor,
    t('At most so many cards'),
    () => html`<form
      class="form"
      onSubmit=${(/** @type {any} */ event) => {
        event.preventDefault();
        const { elements } = event.currentTarget;
        const most = Number(elements.namedItem('limit').value) || null;
        save(most, Boolean(most) && elements.namedItem('hard').value === 'hard');
      }}
    >
      <input class="input" name="limit" type="number" min="1" max="1000" defaultValue=${limit} aria-label=${t('At most so many cards')} aria-describedby="limit-hint" />
      <fieldset class="choices" id="limit-hint">
        <legend class="field__label">${t('When it is full')}</legend>
        <label class="switch"><input type="radio" name="hard" value="soft" defaultChecked=${!list?.wip_hard} /><span>${t('The list says so; more can still be put here')}</span></label>
        <label class="switch"><input type="radio" name="hard" value="hard" defaultChecked=${Boolean(list?.wip_hard)} /><span>${t('It takes no more cards')}</span></label>
      </fieldset>
      <div class="editor__row">
        <button type="submit" class="button button--primary">${t('Save')}</button>
        ${limit && html`<button type="button" class="button" onClick=${() => save(null)}>${t('No limit')}</button>`}
      </div>
    </form>`,
  );
}

/** @param {number} id @param {HTMLElement} anchor */
function openColours(id, anchor) {
  const now = board.store.peek('lists', id)?.colour ?? '';
  openPopup(
    anchor,
    t('Colour of the list'),
    () => html`<div class="swatches" role="radiogroup" aria-label=${t('Colour of the list')}>
      ${COLOURS.map(
        (name) => html`<label key=${name} class=${`swatch tint-${name || 'grey'} ${name ? '' : 'swatch--none'}`}>
          <input
            type="radio"
            name="list-colour"
            value=${name}
            defaultChecked=${now === name}
            autofocus=${now === name}
            onChange=${() => changeList(id, { colour: name || null })}
            onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && closeMenu()}
          /><span>${colourName(name)}</span>
        </label>`,
      )}
    </div>`,
  );
}

/** @param {string} name */
function colourName(name) {
  const names = {
    blue: t('Blue'),
    green: t('Green'),
    amber: t('Amber'),
    red: t('Red'),
    violet: t('Violet'),
    grey: t('Grey'),
  };
  return names[/** @type {keyof typeof names} */ (name)] ?? t('None');
}
