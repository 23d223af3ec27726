/** The cards of a board as a table over the same store: sorted, grouped, changed where they stand, by mouse and by keys. */
import { effect, html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { announce } from '../../core/announce.js';
import { t, tn } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { addKeys } from '../../core/keys.js';
import { may } from '../context.js';
import { clearFilter, filtering } from '../filter.js';
import { maySelect, picking, selected, toggleAll } from '../selection.js';
import { GROUPS, grouping, presenting, sorting } from '../view.js';
import { CardRow } from './card-row.js';
import { Box } from './cells.js';
import { columns, fields, SELECT, sortable } from './columns.js';
import { focusRow, keepOneCell, onGridBlur, onGridFocus, onGridKey } from './grid-keys.js';
import { NewRow, writeNew } from './new-row.js';
import { Pick } from './pick.js';
import { cardsInOrder, gatheredBy, rows, together } from './shown-rows.js';

/** @import { Column } from './columns.js' */
/** @import { GroupRow } from './shown-rows.js' */

const FIRST = 60;
const MORE = 80;

export function TableView() {
  const [count, setCount] = useState(FIRST);
  const grid = useRef(/** @type {any} */ (null));
  const all = rows.value;
  const shown = all.slice(0, count);
  const grow = () => setCount((had) => Math.min(had + MORE, Math.max(rows.peek().length, FIRST)));
  const growAll = () => setCount(Number.MAX_SAFE_INTEGER);
  useLayoutEffect(() => keepOneCell(grid.current));
  // Not drawn with the table: what is selected changes a row, not all of them.
  useEffect(
    () => effect(() => grid.current.toggleAttribute('data-picking', picking.value || selected.value.length > 0)),
    [],
  );
  useEffect(() => {
    const forget = addKeys(keysHere);
    return () => void forget();
  }, []);
  useEffect(() => {
    addEventListener('beforeprint', growAll);
    return () => removeEventListener('beforeprint', growAll);
  }, []);
  const wide = columns.value.length;
  const ground = {
    order: () => cardsInOrder.peek(),
    together,
    focus: (/** @type {number} */ id) => {
      const at = rows.peek().findIndex((row) => 'id' in row && row.id === id);
      if (at >= count) setCount(at + MORE);
      focusRow(id);
    },
  };
  return html`<div class="board-view">
    <${Bar} write=${() => writeNew(growAll)} />
    <div class="grid-scroll" onScroll=${(/** @type {any} */ event) => event.currentTarget.toggleAttribute('data-scrolled', event.currentTarget.scrollLeft !== 0)}>
      <table
        class="grid"
        role="grid"
        ref=${grid}
        aria-label=${t('Cards')}
        aria-multiselectable=${maySelect() || null}
        aria-rowcount=${all.length + 1}
        aria-colcount=${wide}
        aria-describedby="grid-keys"
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => onGridKey(event, grow)}
        onFocusIn=${onGridFocus}
        onFocusOut=${onGridBlur}
      >
        <thead role="rowgroup"><tr role="row" aria-rowindex="1">${columns.value.map((column) => (column.name === SELECT ? html`<${SelectAll} key=${SELECT} />` : html`<${Head} key=${column.name} column=${column} />`))}</tr></thead>
        <tbody role="rowgroup">
          ${shown.map((row, n) => {
            if ('id' in row)
              return html`<${CardRow} key=${row.key} id=${row.id} rowKey=${row.key} index=${n + 2} ground=${ground} />`;
            if ('group' in row) return html`<${GroupHead} key=${row.key} row=${row} index=${n + 2} wide=${wide} />`;
            return html`<${NewRow} key=${row.key} row=${row} index=${n + 2} wide=${wide} />`;
          })}
        </tbody>
      </table>
      ${all.length > count && html`<${End} key=${count} grow=${grow} />`}
      ${
        !cardsInOrder.value.length &&
        html`<p class="board-view__none">${filtering.value ? html`${t('No card matches.')} <button type="button" class="word" onClick=${clearFilter}>${t('Show all')}</button>` : t('No cards yet.')}</p>`
      }
    </div>
    <p class="visually-hidden" id="grid-keys">${t('Arrow keys go from cell to cell, Enter changes what stands there, Space opens the card.')}</p>
  </div>`;
}

function keysHere() {
  return {
    title: t('In the table'),
    keys: [
      { what: t('From cell to cell'), keys: ['←', '↑', '↓', '→'] },
      { what: t('Change what stands there'), keys: ['Enter', 'F2'] },
      { what: t('Take it back'), keys: ['Esc'] },
      { what: t('Save, and on to the next cell'), keys: ['Tab'] },
      { what: t('Empty a field'), keys: ['Del'] },
      { what: t('Open the card'), keys: ['Space'] },
      { what: t('Say when it is due'), keys: ['d'], letter: true },
      { what: t('Ends of the row, of the table'), keys: ['Home', 'End', 'Ctrl + Home', 'Ctrl + End'] },
    ],
  };
}

/** @param {{ write: () => void }} props */
function Bar({ write }) {
  const groups = /** @type {Record<string, string>} */ ({
    '': t('No groups'),
    list: t('By list'),
    owner: t('By owner'),
    label: t('By label'),
    due: t('By due date'),
  });
  return html`<div class="grid-bar">
    <label class="grid-bar__choice"><span>${t('Group')}</span>
      <select class="input" value=${gatheredBy.value} onChange=${(/** @type {any} */ event) => (grouping.value = event.currentTarget.value)}>
        ${GROUPS.map((name) => html`<option key=${name} value=${name}>${groups[name]}</option>`)}
        ${fields.value.map(({ id, title }) => html`<option key=${id} value=${`field:${id}`}>${t('By {field}', { field: title })}</option>`)}
      </select>
    </label>
    <label class="grid-bar__choice"><span>${t('Order')}</span>
      <select class="input" value=${sorting.value} onChange=${(/** @type {any} */ event) => (sorting.value = event.currentTarget.value)}>
        <option value="">${t('As on the board')}</option>
        ${sortable.value.map(({ name, title }) => html`<option key=${name} value=${name}>${title}</option>`)}
        ${sortable.value.map(({ name, title }) => html`<option key=${name} value=${`-${name}`}>${t('{column}, downwards', { column: title })}</option>`)}
      </select>
    </label>
    <${Pick} />
    ${may('lists', 'make_card') && !presenting.value && html`<button type="button" class="button button--small" data-new-card onClick=${write}>${icon('plus')}<span>${t('New card')}</span></button>`}
  </div>`;
}

function SelectAll() {
  const ids = cardsInOrder.value.filter((id) => id > 0);
  const among = new Set(selected.value);
  const count = ids.filter((id) => among.has(id)).length;
  return html`<th role="columnheader" scope="col" data-col=${SELECT} tabindex="-1">
    <button type="button" class="grid__sort" tabindex="-1" title=${t('Select all')} onClick=${() => toggleAll(cardsInOrder.peek())}><span class="visually-hidden">${t('Select all')}: </span><${Box} on=${count > 0 && count === ids.length} some=${count > 0} /></button>
  </th>`;
}

/** @param {{ column: Column }} props */
function Head({ column: { name, title, field } }) {
  const up = sorting.value === name;
  const down = sorting.value === `-${name}`;
  const next = up ? `-${name}` : down ? '' : name;
  return html`<th role="columnheader" scope="col" data-col=${name} data-kind=${field?.kind} aria-sort=${up ? 'ascending' : down ? 'descending' : 'none'} tabindex="-1">
    <button type="button" class="grid__sort" tabindex="-1" title=${field ? title : null} onClick=${() => sortBy(next, title)}><span dir="auto">${title}</span>${up && icon('arrow-up')}${down && icon('arrow-down')}</button>
  </th>`;
}

/** @param {{ row: GroupRow, index: number, wide: number }} props */
function GroupHead({ row: { key, group, ids }, index, wide }) {
  const selects = columns.value[0].name === SELECT;
  const among = new Set(selected.value);
  const count = ids.filter((id) => among.has(id)).length;
  return html`<tr role="row" class="grid__group" data-row=${key} aria-rowindex=${index}>
    ${
      selects &&
      html`<td role="gridcell" data-col=${SELECT} tabindex="-1" title=${t('Select all: {group}', { group })} onClick=${() => toggleAll(ids)} onKeyDown=${(
        /** @type {KeyboardEvent} */ event,
      ) => {
        if (!['Enter', ' '].includes(event.key)) return;
        event.preventDefault();
        toggleAll(ids);
      }}><${Box} on=${count > 0 && count === ids.length} some=${count > 0} /></td>`
    }
    <th role="rowheader" colspan=${selects ? wide - 1 : wide} data-col="group" tabindex="-1"><span class="grid__group-in"><span dir="auto">${group}</span>${!(presenting.value && gatheredBy.value === 'owner') && html`<span class="list__count">${ids.length}<span class="visually-hidden"> ${tn(ids.length, 'card', 'cards')}</span></span>`}</span></th>
  </tr>`;
}

/** More rows before the end comes into sight. @param {{ grow: () => void }} props */
function End({ grow }) {
  const ref = useRef(/** @type {any} */ (null));
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && grow(), { rootMargin: '900px' });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return html`<div ref=${ref} class="list__end" aria-hidden="true"></div>`;
}

/** @param {string} next @param {string} title */
function sortBy(next, title) {
  sorting.value = next;
  announce(
    next
      ? next.startsWith('-')
        ? t('Sorted by {column}, downwards.', { column: title })
        : t('Sorted by {column}.', { column: title })
      : t('In the order of the board.'),
  );
}
