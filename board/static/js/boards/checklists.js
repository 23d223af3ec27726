/** The checklists of an open card. */
import { html, useState } from '#ui';
import { t } from '../core/i18n.js';
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

/** @param {{ card: number, edits: boolean }} props */
export function Checklists({ card, edits }) {
  const ids = board.store.children('checklists', card).value;
  const [adding, setAdding] = useState(false);
  if (!ids.length && !edits) return null;
  return html`${ids.map((id) => html`<${Checklist} key=${id} id=${id} edits=${edits} />`)}
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
    }`;
}

/** @param {{ id: number, edits: boolean }} props */
function Checklist({ id, edits }) {
  const [renaming, setRenaming] = useState(false);
  const [adding, setAdding] = useState(false);
  const list = board.store.item('checklists', id).value;
  const ids = board.store.children('items', id).value;
  if (!list) return null;
  const ticked = ids.filter((item) => board.store.item('items', item).value?.done).length;
  return html`<section class="part checklist" aria-label=${list.title}>
    <div class="part__head">
      ${
        renaming
          ? html`<${InPlace} value=${list.title} label=${t('Title of the checklist')} save=${(/** @type {string} */ title) => renameChecklist(id, title)} close=${() => setRenaming(false)} />`
          : html`<h3 dir="auto">${list.title}</h3>`
      }
      ${edits && !renaming && html`<button type="button" class="tool" aria-label=${t('Rename {title}', { title: list.title })} onClick=${() => setRenaming(true)}>${icon('pencil')}</button>`}
      ${edits && may('cards', 'delete_checklist') && html`<button type="button" class="tool" aria-label=${t('Delete {title}', { title: list.title })} onClick=${() => deleteChecklist(id)}>${icon('trash-2')}</button>`}
      <span class="part__count">${t('{ticked} of {items}', { ticked, items: ids.length })}</span>
    </div>
    <progress class="meter" max=${Math.max(1, ids.length)} value=${ticked} aria-label=${t('{ticked} of {items} ticked', { ticked, items: ids.length })}></progress>
    <ul class="items">${ids.map((item) => html`<${Point} key=${item} id=${item} edits=${edits} />`)}</ul>
    ${
      edits &&
      html`<${Composer}
        draft=${`item in ${id}`}
        open=${adding}
        setOpen=${setAdding}
        opener=${t('Add an item')}
        label=${t('New item')}
        submit=${t('Add item')}
        save=${(/** @type {string} */ title) => makeItem(id, title)}
        many=${true}
        isGone=${() => false}
      />`
    }
  </section>`;
}

/** @param {{ id: number, edits: boolean }} props */
function Point({ id, edits }) {
  const [renaming, setRenaming] = useState(false);
  const item = board.store.item('items', id).value;
  if (!item) return null;
  const tick = edits && id > 0 && may('cards', item.done ? 'reopen_item' : 'finish_item');
  return html`<li class="item" data-item=${id} data-done=${item.done ? true : null}>
    ${
      renaming
        ? html`<${InPlace} value=${item.title} label=${t('Item')} save=${(/** @type {string} */ title) => renameItem(id, title)} close=${() => setRenaming(false)} />`
        : html`<label class="item__label"
            ><input type="checkbox" checked=${Boolean(item.done)} disabled=${!tick} onChange=${(/** @type {any} */ event) => tickItem(id, event.currentTarget.checked)} /><span dir="auto">${item.title}</span></label
          >`
    }
    ${
      edits &&
      id > 0 &&
      !renaming &&
      html`<span class="item__tools">
        <button type="button" class="tool" aria-label=${t('Rename {title}', { title: item.title })} onClick=${() => setRenaming(true)}>${icon('pencil')}</button>
        <button type="button" class="tool" aria-label=${t('Delete {title}', { title: item.title })} onClick=${() => deleteItem(id)}>${icon('x')}</button>
      </span>`
    }
  </li>`;
}
