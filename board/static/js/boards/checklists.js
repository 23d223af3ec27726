/** The checklists of an open card. */
import { html, useEffect, useRef, useState } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import {
  deleteChecklist,
  deleteItem,
  makeChecklist,
  makeItem,
  renameChecklist,
  renameItem,
  tickItem,
} from './commands.js';
import { Composer } from './composer.js';
import { board, may } from './context.js';
import { InPlace } from './in-place.js';
import { ItemFacts, itemMenu } from './item-facts.js';
import { openMenu } from './menu.js';
import { makeItems } from './part-commands.js';
import { acceptParts, carried, Handle, stepOf } from './part-order.js';

/** @param {{ card: number, edits: boolean }} props */
export function Checklists({ card, edits }) {
  const ids = board.store.children('checklists', card).value;
  const [adding, setAdding] = useState(false);
  const ref = useRef(/** @type {any} */ (null));
  const empty = !ids.length && !edits;
  useEffect(() => (edits && ref.current ? acceptParts(ref.current, card) : undefined), [card, edits, empty]);
  if (empty) return null;
  return html`<div class="checklists" ref=${ref}>
    ${edits && ids.length > 0 && html`<p class="visually-hidden" id="how-to-order">${t('Press Space to pick up, the arrow keys to move, Space to let go.')}</p>`}
    ${ids.map((id) => html`<${Checklist} key=${id} id=${id} edits=${edits} />`)}
    ${
      edits &&
      html`<${Composer}
        draft=${`checklist on ${card}`}
        open=${adding}
        setOpen=${setAdding}
        opener=${t('Add a checklist')}
        label=${t('Title of the checklist')}
        submit=${t('Add')}
        save=${(/** @type {string} */ title) => {
          makeChecklist(card, title);
          setAdding(false);
        }}
        isGone=${() => false}
      />`
    }
  </div>`;
}

/** @param {{ id: number, edits: boolean }} props */
function Checklist({ id, edits }) {
  const [renaming, setRenaming] = useState(false);
  const [adding, setAdding] = useState(false);
  const [hidden, setHidden] = useState(() => hides(id));
  const list = board.store.item('checklists', id).value;
  const ids = board.store.children('items', id).value;
  if (!list) return null;
  const open = ids.filter((item) => !board.store.item('items', item).value?.done);
  const ticked = ids.length - open.length;
  const shown = hidden ? ids.filter((item) => open.includes(item) || carried.value?.id === item) : ids;
  const hide = (/** @type {boolean} */ on) => {
    remember(id, on);
    setHidden(on);
  };
  const words = t('{ticked} of {items}', { ticked, items: ids.length });
  const movable = edits && id > 0 && may('cards', 'move_checklist');
  return html`<section
    class="part checklist"
    aria-label=${list.title}
    data-part="checklists"
    data-id=${id}
    data-lifted=${(carried.value?.kind === 'checklists' && carried.value.id === id) || null}
  >
    <div class="part__head">
      ${movable && html`<${Handle} kind="checklists" id=${id} title=${list.title} />`}
      ${
        renaming
          ? html`<${InPlace} value=${list.title} label=${t('Title of the checklist')} save=${(/** @type {string} */ title) => renameChecklist(id, title)} close=${() => setRenaming(false)} />`
          : html`<h3 dir="auto">${list.title}</h3>`
      }
      <span class="part__count">${words}</span>
      ${
        ticked > 0 &&
        html`<button type="button" class="word" aria-pressed=${hidden} onClick=${() => hide(!hidden)}>
          ${hidden ? tn(ticked, 'Show {count} ticked', 'Show {count} ticked') : t('Hide ticked')}
        </button>`
      }
      ${
        edits &&
        id > 0 &&
        html`<button
          type="button"
          class="tool"
          aria-haspopup="menu"
          aria-label=${t('More for {title}', { title: list.title })}
          onClick=${(/** @type {any} */ event) => checklistMenu(event.currentTarget, id, () => setRenaming(true))}
        >
          ${icon('ellipsis')}
        </button>`
      }
    </div>
    <progress class="meter" max=${Math.max(1, ids.length)} value=${ticked} aria-label=${t('{ticked} of {items} ticked', { ticked, items: ids.length })}></progress>
    <ul class="items">${shown.map((item) => html`<${Point} key=${item} id=${item} edits=${edits} />`)}</ul>
    ${
      edits &&
      html`<${Composer}
        draft=${`item in ${id}`}
        open=${adding}
        setOpen=${setAdding}
        opener=${t('Add an item')}
        label=${t('New item, or several lines')}
        submit=${t('Add item')}
        save=${(/** @type {string} */ title) => makeItem(id, title)}
        saveAll=${(/** @type {string[]} */ titles) => makeItems(id, titles)}
        many=${true}
        isGone=${() => false}
      />`
    }
  </section>`;
}

/** @param {HTMLElement} anchor @param {number} id @param {() => void} rename */
function checklistMenu(anchor, id, rename) {
  const [up, down] = [stepOf('checklists', id, -1), stepOf('checklists', id, 1)];
  const title = board.store.peek('checklists', id)?.title ?? '';
  openMenu(anchor, t('More for {title}', { title }), [
    { label: t('Rename'), icon: 'pencil', act: rename },
    ...(up ? [{ label: t('Move up'), icon: 'arrow-up', act: up }] : []),
    ...(down ? [{ label: t('Move down'), icon: 'arrow-down', act: down }] : []),
    ...(may('cards', 'delete_checklist')
      ? [{ label: t('Delete the checklist'), icon: 'trash-2', danger: true, act: () => deleteChecklist(id) }]
      : []),
  ]);
}

/** @param {{ id: number, edits: boolean }} props */
function Point({ id, edits }) {
  const [renaming, setRenaming] = useState(false);
  const item = board.store.item('items', id).value;
  if (!item) return null;
  const changes = edits && id > 0;
  const tick = changes && may('cards', item.done ? 'reopen_item' : 'finish_item');
  return html`<li
    class="item"
    data-item=${id}
    data-part="items"
    data-id=${id}
    data-done=${item.done ? true : null}
    data-lifted=${(carried.value?.kind === 'items' && carried.value.id === id) || null}
  >
    ${changes && may('cards', 'move_item') && html`<${Handle} kind="items" id=${id} title=${item.title} />`}
    ${
      renaming
        ? html`<${InPlace} value=${item.title} label=${t('Item')} save=${(/** @type {string} */ title) => renameItem(id, title)} close=${() => setRenaming(false)} />`
        : html`<label class="item__label"
            ><input type="checkbox" checked=${Boolean(item.done)} disabled=${!tick} onChange=${(/** @type {any} */ event) => tickItem(id, event.currentTarget.checked)} /><span dir="auto">${item.title}</span></label
          >`
    }
    <${ItemFacts} item=${item} edits=${changes} />
    ${
      changes &&
      !renaming &&
      html`<button
        type="button"
        class="tool item__more"
        aria-haspopup="menu"
        aria-label=${t('More for {title}', { title: item.title })}
        onClick=${(/** @type {any} */ event) => itemMenu(event.currentTarget, id, { rename: () => setRenaming(true), remove: () => deleteItem(id) })}
      >
        ${icon('ellipsis')}
      </button>`
    }
  </li>`;
}

/** @param {number} id */
function hides(id) {
  try {
    return localStorage.getItem(`staffroom-ticked-${id}`) === 'hidden';
  } catch {
    return false;
  }
}

/** @param {number} id @param {boolean} on */
function remember(id, on) {
  try {
    if (on) localStorage.setItem(`staffroom-ticked-${id}`, 'hidden');
    else localStorage.removeItem(`staffroom-ticked-${id}`);
  } catch {
    // For this page only, then.
  }
}
