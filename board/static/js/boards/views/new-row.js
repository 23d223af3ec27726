/** The row at the foot of a group, or of the table, in which new cards are written. */
import { html, useState } from '#ui';
import { t } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { board } from '../context.js';
import { draftOf } from '../drafts.js';
import { refocus } from './grid-keys.js';
import { NewCardForm } from './new-card-form.js';

/** @import { PlaceRow } from './shown-rows.js' */

/** @param {{ row: PlaceRow, index: number, wide: number }} props */
export function NewRow({ row: { key, place }, index, wide }) {
  const draft = `new card ${board.id} ${key}`;
  const [state, setState] = useState(() => (draftOf(draft) ? 'kept' : 'closed'));
  const write = () => setState('writing');
  const close = () => {
    setState('closed');
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
        if (!writeIn(/** @type {HTMLElement} */ (event.currentTarget))) write();
      }}
      onClick=${() => state === 'closed' && write()}
    >
      <div class="grid__new-in">
        ${
          state === 'closed'
            ? html`<button type="button" class="composer__opener" tabindex="-1">${icon('plus')}<span>${t('New card')}</span></button>`
            : html`<${NewCardForm} place=${place} draft=${draft} takes=${state === 'writing'} close=${close} />`
        }
      </div>
    </td>
  </tr>`;
}

/** Begins to write in the last of these rows, or in the first below the focus. @param {() => void} growAll has all rows drawn */
export function writeNew(growAll) {
  growAll();
  requestAnimationFrame(() => {
    const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.grid__new')]);
    const here = document.activeElement?.closest('.grid tbody tr');
    const row =
      (here &&
        rows.find((one) => one === here || here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) ||
      rows.at(-1);
    const cell = row?.querySelector('[data-col="new"]');
    if (cell instanceof HTMLElement && !writeIn(cell)) cell.click();
  });
}

/** Where a form is open already. @param {HTMLElement} cell */
function writeIn(cell) {
  const field = cell.querySelector('.in-place');
  if (field instanceof HTMLElement) field.focus();
  return field !== null;
}
