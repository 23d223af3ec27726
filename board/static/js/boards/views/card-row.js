/** A card as a row of the table: looked at, changed where it stands, selected. */
import { html, useEffect, useState } from '#ui';
import { t } from '../../core/i18n.js';
import { usesLetters } from '../../core/keys.js';
import { cardMenu, renaming } from '../card-menu.js';
import { archiveCard } from '../commands.js';
import { board, may } from '../context.js';
import { InPlace } from '../in-place.js';
import { verbOfMany } from '../keyboard.js';
import { openCard } from '../open-card.js';
import { saveText } from '../saved-texts.js';
import { along, extendTo, isSelected, toggle } from '../selection.js';
import { openWhen } from '../when-popup.js';
import { CellInput } from './cell-input.js';
import { cellOf } from './cells.js';
import { changeIn, emptyCell, fieldOf, isTyped } from './change-cell.js';
import { changes, columns, SELECT } from './columns.js';
import { refocus } from './grid-keys.js';
import { clickSelects, keySelects } from './select-cards.js';

/** @import { Item } from '../../core/types.js' */
/** @import { Column } from './columns.js' */
/** @import { Ground } from './select-cards.js' */
/** Where somebody types in this row, and the key with which it began. @typedef {{ column: string, typed: string | null }} Writing */
/** @typedef {(column: string, cell: HTMLElement, typed?: string | null) => void} Change */

/** @param {{ id: number, rowKey: string, index: number, ground: Ground }} props */
export function CardRow({ id, rowKey, index, ground }) {
  const card = board.store.item('cards', id).value;
  const [writing, setWriting] = useState(/** @type {Writing | null} */ (null));
  const renamed = renaming.value === id;
  useEffect(() => {
    // Asked for in the menu of the card.
    if (renaming.peek() !== id) return;
    renaming.value = null;
    setWriting({ column: 'title', typed: null });
  }, [renamed]);
  if (!card) return null;
  const selected = isSelected(id).value;
  /** @type {Change} */
  const change = (column, cell, typed = null) => {
    if (isTyped(column) && id > 0 && changes(column)) setWriting({ column, typed });
    else changeIn(column, cell, card);
  };
  const close = () => {
    if (writing) refocus(rowKey, writing.column);
    setWriting(null);
  };
  return html`<tr
    role="row"
    class="grid__row"
    data-row=${rowKey}
    data-grid-card=${id}
    data-done=${card.done ? true : null}
    data-mine=${card.owner_ids?.includes(board.me.id) || null}
    data-selected=${selected || null}
    aria-selected=${columns.value[0].name === SELECT ? selected : null}
    aria-rowindex=${index}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => onCellKey(event, card, change, ground)}
    onMouseDown=${(/** @type {MouseEvent} */ event) => event.shiftKey && !isField(event.target) && event.preventDefault()}
    onClick=${(/** @type {MouseEvent} */ event) => onCellClick(event, card, change, ground)}
  >
    ${columns.value.map(
      (column) => html`<td
        key=${column.name}
        role=${column.name === 'title' ? 'rowheader' : 'gridcell'}
        data-col=${column.name}
        data-kind=${column.field?.kind}
        data-name=${column.field?.title}
        data-keyed=${column.name === 'title' ? id : null}
        data-changes=${changes(column.name) || null}
        data-writing=${writing?.column === column.name || null}
        tabindex="-1"
      >
        ${writing?.column === column.name ? inputOf(card, column, writing, close) : cellOf(column, card)}
      </td>`,
    )}
  </tr>`;
}

/** @param {Item} card @param {Column} column @param {Writing} writing @param {() => void} close */
function inputOf(card, { field }, { typed }, close) {
  if (field) return html`<${CellInput} id=${card.id} field=${field} typed=${typed} close=${close} />`;
  return html`<${InPlace}
    value=${card.title}
    label=${t('Title of the card')}
    save=${(/** @type {string} */ title) => saveText(card.id, 'title', title, card.title, card.version ?? 0)}
    close=${close}
  />`;
}

/** @param {KeyboardEvent} event @param {Item} card @param {Change} change @param {Ground} ground */
function onCellKey(event, card, change, ground) {
  const cell = /** @type {HTMLElement} */ (event.target);
  const column = cell.dataset?.col;
  const { id } = card;
  if (!column || keySelects(event, id, ground)) return;
  const many = column !== SELECT && along(id).length > 1 && verbOfMany(event, id);
  if (!many) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!keyDoes(event, card, column, cell, change)) return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Whether this key does something in a cell. @param {KeyboardEvent} event @param {Item} card @param {string} column @param {HTMLElement} cell @param {Change} change */
function keyDoes({ key, shiftKey }, card, column, cell, change) {
  const { id } = card;
  const presses = key === 'Enter' || key === 'F2';
  const field = fieldOf(column);
  if (column === SELECT && (presses || key === ' ')) toggle(id);
  else if (presses || (key === ' ' && (column === 'done' || field?.kind === 'tick'))) change(column, cell);
  else if (key === ' ') openCard(id);
  else if (key === 'Delete' || key === 'Backspace') return emptyCell(column, card);
  else if (field?.kind === 'number' && /^[\d.,+-]$/.test(key)) change(column, cell, key);
  else if (key === 'd' && usesLetters() && changes('due') && id > 0) openWhen(id, cell);
  else if (key === 'c' && usesLetters() && may('cards', 'archive_card') && id > 0) archiveCard(id);
  else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) cardMenu(id, cell);
  else return false;
  return true;
}

/** A click changes what stands there; the number and the button beside the title open the card, and on a phone the whole row does. @param {MouseEvent} event @param {Item} card @param {Change} change @param {Ground} ground */
function onCellClick(event, card, change, ground) {
  const target = /** @type {Element} */ (event.target);
  const cell = /** @type {HTMLElement | null} */ (target.closest('[data-col]'));
  if (!cell || isField(target) || event.button) return;
  const column = cell.dataset.col ?? '';
  const { id } = card;
  // The number is a link: Ctrl and Shift with a click do what they do on any link.
  if (column === 'number') {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
  }
  cell.focus({ preventScroll: true });
  if (column === SELECT) {
    if (event.shiftKey) extendTo(id, ground.order());
    else toggle(id);
    return;
  }
  if (clickSelects(event, id, ground)) return;
  const opens = target.closest('.grid__open') || (column !== 'done' && matchMedia('(width < 52rem)').matches);
  if (!opens && (column === 'number' || changes(column))) change(column, cell);
  else openCard(id);
}

/** @param {EventTarget | null} target */
function isField(target) {
  return target instanceof Element && target.closest('.in-place, .cell-input') !== null;
}
