/** The row at the foot of a group, or of the table, in which new cards are written: Enter makes one, and it stays ready for the next. */
import { html, signal, useLayoutEffect, useRef, useState } from '#ui';
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { toast } from '../../core/toast.js';
import { addCard } from '../add-card.js';
import { board } from '../context.js';
import { draftOf, dropDraft, keepDraft } from '../drafts.js';
import { setValue } from '../part-commands.js';
import { refocus } from './grid-keys.js';

/** @import { PlaceRow, Place } from './shown-rows.js' */

/** Into which list the last one was put, where the place does not say it. */
const lastList = signal(0);
/** The row that is to be written in as soon as it is drawn. */
let wanted = '';

/** @param {{ row: PlaceRow, index: number, wide: number }} props */
export function NewRow({ row: { key, place }, index, wide }) {
  const draft = `new card ${board.id} ${key}`;
  const [open, setOpen] = useState(() => wanted === key || Boolean(draftOf(draft)));
  const write = () => {
    wanted = key;
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    refocus(key, 'new');
  };
  return html`<tr role="row" class="grid__new" data-row=${key} aria-rowindex=${index}>
    <td
      role="gridcell"
      colspan=${wide}
      data-col="new"
      tabindex="-1"
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.target !== event.currentTarget || ![' ', 'Enter', 'F2'].includes(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
        write();
      }}
      onClick=${() => !open && write()}
    >
      <div class="grid__new-in">
        ${
          open
            ? html`<${Form} place=${place} draft=${draft} takes=${wanted === key} close=${close} />`
            : html`<button type="button" class="composer__opener" tabindex="-1">${icon('plus')}<span>${t('New card')}</span></button>`
        }
      </div>
    </td>
  </tr>`;
}

/** @param {{ place: Place, draft: string, takes: boolean, close: () => void }} props `takes`: it takes the focus; what is only kept from before does not */
function Form({ place, draft, takes, close }) {
  const ref = useRef(/** @type {any} */ (null));
  const lists = board.store.children('lists').value;
  const list = place.list ?? listFor(lists);
  useLayoutEffect(() => {
    ref.current.value = draftOf(draft) ?? '';
    if (!takes) return;
    wanted = '';
    ref.current.focus();
    ref.current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  const add = () => {
    const title = ref.current.value.trim();
    if (!title) return close();
    ref.current.value = '';
    dropDraft(draft);
    make(list, title, place).catch(() => {
      // Refused: what was typed is there again, unless the next one is being typed.
      keepDraft(draft, title);
      if (ref.current && !ref.current.value) ref.current.value = title;
      else toast(t('“{title}” was not added.', { title }), { kind: 'problem', stay: true });
    });
    requestAnimationFrame(() => ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    return undefined;
  };
  return html`<form
    class="grid__new-form"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      add();
      ref.current?.focus();
    }}
  >
    <input
      ref=${ref}
      class="in-place"
      aria-label=${t('Title of the new card')}
      placeholder=${t('Title of the new card')}
      maxlength="512"
      dir="auto"
      autocomplete="off"
      onInput=${() => keepDraft(draft, ref.current.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing || event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    />
    ${
      place.list === undefined &&
      lists.length > 1 &&
      html`<select class="input grid__new-list" aria-label=${t('List')} value=${String(list)} onChange=${(/** @type {any} */ event) => (lastList.value = Number(event.currentTarget.value))}>
        ${lists.map((id) => html`<option key=${id} value=${String(id)}>${board.store.item('lists', id).value?.title}</option>`)}
      </select>`
    }
    <button type="submit" class="button button--small">${t('Add')}</button>
  </form>`;
}

/** Begins to write in the last of these rows, or in the first below the focus. @param {() => void} growAll has all rows drawn */
export function writeNew(growAll) {
  growAll();
  requestAnimationFrame(() => {
    const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.grid__new')]);
    const here = document.activeElement?.closest('.grid tbody tr');
    const below =
      here && rows.find((row) => row === here || here.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
    const row = below || rows.at(-1);
    const field = row?.querySelector('.in-place');
    const cell = row?.querySelector('[data-col="new"]');
    if (field instanceof HTMLElement) field.focus();
    else if (cell instanceof HTMLElement) cell.click();
  });
}

/** The list that was chosen last; else the first that does not mean done. @param {number[]} lists */
export function listFor(lists) {
  if (lists.includes(lastList.value)) return lastList.value;
  return lists.find((id) => !board.store.peek('lists', id)?.done) ?? lists[0];
}

/** @param {number} list */
export function rememberList(list) {
  lastList.value = list;
}

/** @param {number} list @param {string} title @param {Place} place */
function make(list, title, { beginning, value }) {
  const asked = addCard(list, title, beginning);
  // Where the card is refused, so is this: it is said once.
  if (value) setValue(asked.id, value.field, value.value, true);
  announce(t('Added to {list}: {title}', { list: board.store.peek('lists', list)?.title ?? '', title }));
  return asked;
}
