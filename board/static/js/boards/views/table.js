/** The cards of a board as a table over the same store: sorted, grouped, changed where they stand, by mouse and by keys. */
import { computed, html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { announce } from '../../core/announce.js';
import { dayOf, dueAt, shortDay } from '../../core/dates.js';
import { locale, t, tn } from '../../core/i18n.js';
import { icon } from '../../core/icon.js';
import { usesLetters } from '../../core/keys.js';
import { weekAround } from '../../core/month.js';
import { Avatar } from '../avatar.js';
import { Labels } from '../card.js';
import { cardMenu } from '../card-menu.js';
import { moveCard, setDone } from '../commands.js';
import { board, cardAddress, may } from '../context.js';
import { Due } from '../due.js';
import { clearFilter, filtering, shownCards } from '../filter.js';
import { InPlace } from '../in-place.js';
import { openMenu, openPopup } from '../menu.js';
import { openCard } from '../open-card.js';
import { saveText } from '../saved-texts.js';
import { LabelPicker, OwnerPicker } from '../side.js';
import { GROUPS, grouping, presenting, sorting } from '../view.js';
import { openWhen } from '../when-popup.js';
import { grouped, sorted } from './rows.js';

/** @import { Item } from '../../core/types.js' */
/** @typedef {{ key: string, id: number } | { key: string, group: string, count: number }} Row */
/** @typedef {{ name: string, title: string, field?: Item }} Column */

const FIRST = 60;
const MORE = 80;
const MOST_OWNERS = 4;

/** @type {import('#ui').ReadonlySignal<Column[]>} */
const columns = computed(() => [
  { name: 'number', title: t('No.') },
  { name: 'title', title: t('Title') },
  { name: 'list', title: t('List') },
  { name: 'owners', title: t('Owners') },
  { name: 'labels', title: t('Labels') },
  { name: 'due', title: t('Due') },
  { name: 'start', title: t('Start') },
  { name: 'done', title: t('Done') },
  { name: 'checklist', title: t('Checklist') },
  ...board.store.children('fields').value.flatMap((id) => {
    const field = board.store.item('fields', id).value;
    return field ? [{ name: `field:${id}`, title: field.title, field }] : [];
  }),
]);

/** @type {import('#ui').ReadonlySignal<Row[]>} */
const rows = computed(() => {
  const around = aroundNow();
  const cards = shownCards.value.flatMap((id) => board.store.item('cards', id).value ?? []);
  const inOrder = sorted(cards, sorting.value, around);
  const by = grouping.value;
  if (!by) return inOrder.map(({ id }) => ({ key: `${id}`, id }));
  return grouped(inOrder, by, around).flatMap(({ key, ids }) => [
    { key: `group ${key}`, group: groupName(by, key), count: ids.length },
    ...ids.map((id) => ({ key: `${key}/${id}`, id })),
  ]);
});

export function TableView() {
  const [count, setCount] = useState(FIRST);
  const grid = useRef(/** @type {any} */ (null));
  const all = rows.value;
  const shown = all.slice(0, count);
  const grow = () => setCount((had) => Math.min(had + MORE, Math.max(rows.peek().length, FIRST)));
  useLayoutEffect(() => keepOneCell(grid.current));
  useEffect(() => {
    const all = () => setCount(Number.MAX_SAFE_INTEGER);
    addEventListener('beforeprint', all);
    return () => removeEventListener('beforeprint', all);
  }, []);
  const wide = columns.value.length;
  return html`<div class="board-view">
    <${Bar} />
    <div class="grid-scroll">
      <table class="grid" role="grid" ref=${grid} aria-label=${t('Cards')} aria-rowcount=${all.length + 1} aria-colcount=${wide} aria-describedby="grid-keys" onKeyDown=${(/** @type {KeyboardEvent} */ event) => onGridKey(event, grow)} onFocusIn=${onFocus}>
        <thead role="rowgroup"><tr role="row" aria-rowindex="1">${columns.value.map((column) => html`<${Head} key=${column.name} column=${column} />`)}</tr></thead>
        <tbody role="rowgroup">
          ${shown.map((row, n) =>
            'group' in row
              ? html`<tr key=${row.key} role="row" class="grid__group" aria-rowindex=${n + 2}><th role="rowheader" colspan=${wide} data-col="group" tabindex="-1"><span dir="auto">${row.group}</span>${!(presenting.value && grouping.value === 'owner') && html`<span class="list__count">${row.count}<span class="visually-hidden"> ${tn(row.count, 'card', 'cards')}</span></span>`}</th></tr>`
              : html`<${CardRow} key=${row.key} id=${row.id} rowKey=${row.key} index=${n + 2} />`,
          )}
        </tbody>
      </table>
      ${all.length > count && html`<${End} key=${count} grow=${grow} />`}
      ${
        !all.length &&
        html`<p class="board-view__none">${filtering.value ? html`${t('No card matches.')} <button type="button" class="word" onClick=${clearFilter}>${t('Show all')}</button>` : t('No cards yet.')}</p>`
      }
    </div>
    <p class="visually-hidden" id="grid-keys">${t('Arrow keys go from cell to cell, Enter changes what stands there, Space opens the card.')}</p>
  </div>`;
}

function Bar() {
  const groups = {
    '': t('No groups'),
    list: t('By list'),
    owner: t('By owner'),
    label: t('By label'),
    due: t('By due date'),
  };
  return html`<div class="grid-bar">
    <label class="grid-bar__choice"><span>${t('Group')}</span>
      <select class="input" value=${grouping.value} onChange=${(/** @type {any} */ event) => (grouping.value = event.currentTarget.value)}>
        ${GROUPS.map((name) => html`<option key=${name} value=${name}>${groups[name]}</option>`)}
      </select>
    </label>
    <label class="grid-bar__choice"><span>${t('Order')}</span>
      <select class="input" value=${sorting.value} onChange=${(/** @type {any} */ event) => (sorting.value = event.currentTarget.value)}>
        <option value="">${t('As on the board')}</option>
        ${columns.value.map(({ name, title }) => html`<option key=${name} value=${name}>${title}</option>`)}
        ${columns.value.map(({ name, title }) => html`<option key=${name} value=${`-${name}`}>${t('{column}, downwards', { column: title })}</option>`)}
      </select>
    </label>
  </div>`;
}

/** @param {{ column: Column }} props */
function Head({ column: { name, title } }) {
  const up = sorting.value === name;
  const down = sorting.value === `-${name}`;
  const next = up ? `-${name}` : down ? '' : name;
  return html`<th role="columnheader" scope="col" data-col=${name} aria-sort=${up ? 'ascending' : down ? 'descending' : 'none'} tabindex="-1">
    <button type="button" class="grid__sort" tabindex="-1" onClick=${() => sortBy(next, title)}><span dir="auto">${title}</span>${up && icon('arrow-up')}${down && icon('arrow-down')}</button>
  </th>`;
}

/** @param {{ id: number, rowKey: string, index: number }} props */
function CardRow({ id, rowKey, index }) {
  const card = board.store.item('cards', id).value;
  const [renaming, setRenaming] = useState(false);
  if (!card) return null;
  const change = (/** @type {string} */ column, /** @type {HTMLElement} */ cell) => {
    if (column === 'title' && id > 0 && may('cards', 'change_card')) setRenaming(true);
    else changeIn(column, cell, card);
  };
  return html`<tr
    role="row"
    class="grid__row"
    data-row=${rowKey}
    data-grid-card=${id}
    data-done=${card.done ? true : null}
    data-mine=${card.owner_ids?.includes(board.me.id) || null}
    aria-rowindex=${index}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => onCellKey(event, card, change)}
    onClick=${(/** @type {MouseEvent} */ event) => onCellClick(event, card, change)}
  >
    ${columns.value.map(
      (
        column,
      ) => html`<td key=${column.name} role=${column.name === 'title' ? 'rowheader' : 'gridcell'} data-col=${column.name} data-changes=${changes(column.name) || null} tabindex="-1">
      ${
        column.name === 'title' && renaming
          ? html`<${InPlace}
              value=${card.title}
              label=${t('Title of the card')}
              save=${(/** @type {string} */ title) => saveText(id, 'title', title, card.title, card.version ?? 0)}
              close=${() => {
                setRenaming(false);
                refocus(rowKey, 'title');
              }}
            />`
          : cellOf(column, card)
      }
    </td>`,
    )}
  </tr>`;
}

/** @param {Column} column @param {Item} card */
function cellOf({ name, field }, card) {
  switch (name) {
    case 'number':
      return html`<a class="grid__number" href=${card.id > 0 ? cardAddress(card.id) : null} tabindex="-1" aria-label=${t('Open number {number}', { number: card.number ?? '' })}>${card.number ?? '…'}</a>`;
    case 'title':
      return html`<span class="grid__title"><span dir="auto">${card.title}</span>${card.blocked_count > 0 && !card.done && html`<span class="chip tint-violet">${icon('hourglass')}${t('waits')}</span>`}<button type="button" class="tool grid__open" tabindex="-1" aria-label=${t('Open: {title}', { title: card.title })}>${icon('square-arrow-out-up-right')}</button></span>`;
    case 'list':
      return html`<span class="grid__cut" dir="auto">${board.store.item('lists', card.list_id).value?.title}</span>`;
    case 'owners':
      return html`<span class="grid__many">${(card.owner_ids ?? []).slice(0, MOST_OWNERS).map((/** @type {number} */ id) => html`<${Avatar} key=${id} id=${id} asked=${card.asked_ids?.includes(id)} />`)}${card.owner_ids?.length > MOST_OWNERS && html`<span class="avatar avatar--more">+${card.owner_ids.length - MOST_OWNERS}</span>`}</span>`;
    case 'labels':
      return html`<span class="grid__many"><${Labels} ids=${card.label_ids ?? []} /></span>`;
    case 'due':
      return html`<${Due} due=${card.due} done=${card.done} />`;
    case 'start':
      return card.start && html`<span class="grid__quiet">${shortDay(card.start)}</span>`;
    case 'done':
      return html`<span class="grid__done" data-on=${card.done ? true : null}>${icon(card.done ? 'circle-check' : 'circle')}<span class="visually-hidden">${card.done ? t('Done') : t('Open')}</span></span>`;
    case 'checklist':
      return (
        card.item_count > 0 &&
        html`<span class="grid__quiet" title=${t('{ticked} of {items} ticked', { ticked: card.item_done ?? 0, items: card.item_count })}>${card.item_done ?? 0}/${card.item_count}</span>`
      );
    default:
      return field && fieldText(field, card.field_values?.[field.id]);
  }
}

/** @param {Item} field @param {any} value */
function fieldText(field, value) {
  if (value === undefined || value === null || value === '') return null;
  if (field.kind === 'tick') return value ? icon('check') : null;
  if (field.kind === 'date') return html`<span class="grid__quiet">${shortDay(value)}</span>`;
  if (field.kind === 'number')
    return html`<span class="grid__quiet">${new Intl.NumberFormat(locale()).format(value)}</span>`;
  if (field.kind !== 'choice') return html`<span class="grid__cut" dir="auto">${value}</span>`;
  const option = field.options?.find((/** @type {{ id: number }} */ one) => one.id === value);
  return option && html`<span class=${`label tint-${option.colour || 'grey'}`} dir="auto">${option.title}</span>`;
}

/** May what stands in this column be changed here? @param {string} column */
function changes(column) {
  const verbs = {
    title: 'change_card',
    due: 'change_card',
    start: 'change_card',
    list: 'move_card',
    owners: 'set_owner',
    labels: 'set_label',
    done: 'finish_card',
  };
  const verb = verbs[/** @type {keyof typeof verbs} */ (column)];
  return verb !== undefined && may('cards', verb);
}

/** @param {string} column @param {HTMLElement} cell @param {Item} card */
function changeIn(column, cell, card) {
  if (column === 'number') return openCard(card.id);
  if (!changes(column) || card.id < 0) return announce(t('This cannot be changed here.'));
  if (column === 'done') return void setDone(card.id, !card.done);
  if (column === 'due' || column === 'start') return openWhen(card.id, cell, column);
  if (column === 'owners') return openPopup(cell, t('Owners'), () => html`<${OwnerPicker} id=${card.id} />`);
  if (column === 'labels') return openPopup(cell, t('Labels'), () => html`<${LabelPicker} id=${card.id} />`);
  return openMenu(
    cell,
    t('Move to…'),
    board.store
      .children('lists')
      .peek()
      .map((list) => ({
        label: board.store.peek('lists', list)?.title ?? '',
        icon: list === card.list_id ? 'check' : 'arrow-right',
        act: () => moveCard(card.id, list, {}),
      })),
  );
}

/** @param {KeyboardEvent} event @param {Item} card @param {(column: string, cell: HTMLElement) => void} change */
function onCellKey(event, card, change) {
  const cell = /** @type {HTMLElement} */ (event.target);
  const column = cell.dataset?.col;
  if (!column || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' || event.key === 'F2' || (event.key === ' ' && column === 'done')) change(column, cell);
  else if (event.key === ' ') openCard(card.id);
  else if (event.key === 'd' && usesLetters() && changes('due')) openWhen(card.id, cell);
  else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) cardMenu(card.id, cell);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** A click changes what stands there; the number and the button beside the title open the card, and on a phone the whole row does. @param {MouseEvent} event @param {Item} card @param {(column: string, cell: HTMLElement) => void} change */
function onCellClick(event, card, change) {
  const target = /** @type {Element} */ (event.target);
  const cell = /** @type {HTMLElement | null} */ (target.closest('[data-col]'));
  if (!cell || target.closest('.in-place') || event.button) return;
  const column = cell.dataset.col ?? '';
  if (column === 'number') {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
  }
  cell.focus({ preventScroll: true });
  const opens = target.closest('.grid__open') || (column !== 'done' && matchMedia('(width < 52rem)').matches);
  if (!opens && (column === 'number' || changes(column))) change(column, cell);
  else openCard(card.id);
}

/** @param {KeyboardEvent} event @param {() => void} grow */
function onGridKey(event, grow) {
  const cell = /** @type {HTMLElement} */ (event.target);
  if (!cell.matches('[data-col]')) {
    if (event.key === 'Tab' && cell.matches('.in-place')) leaveField(event, cell);
    return;
  }
  if (event.key === 'Enter' && cell.tagName === 'TH') {
    const button = cell.querySelector('button');
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  const next = goal(event, cell);
  if (next === undefined) return;
  event.preventDefault();
  if (next) focusCell(next);
  else if (event.key === 'ArrowDown' || event.key === 'PageDown') {
    const { col } = cell.dataset;
    const row = cell.closest('tr');
    grow();
    requestAnimationFrame(() => {
      const below = /** @type {HTMLElement | null} */ (
        row?.nextElementSibling?.querySelector(`[data-col="${col}"]`) ?? null
      );
      if (below) focusCell(below);
      else announce(t('This is the edge.'));
    });
  } else announce(t('This is the edge.'));
}

/** Saved, and on to the next cell. @param {KeyboardEvent} event @param {HTMLElement} field */
function leaveField(event, field) {
  const cell = field.closest('td');
  const next = /** @type {HTMLElement | null | undefined} */ (
    event.shiftKey ? cell?.previousElementSibling : cell?.nextElementSibling
  );
  if (!next) return;
  event.preventDefault();
  focusCell(next);
}

/** The cell that a key leads to; null at the edge, undefined for other keys. @param {KeyboardEvent} event @param {HTMLElement} cell @returns {HTMLElement | null | undefined} */
function goal(event, cell) {
  const row = /** @type {HTMLTableRowElement} */ (cell.closest('tr'));
  const back = document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  const { key } = event;
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return /** @type {HTMLElement | null} */ (key === back ? cell.previousElementSibling : cell.nextElementSibling);
  if (key === 'Home' || key === 'End') {
    const table = /** @type {HTMLTableElement} */ (row.closest('table'));
    const there = event.ctrlKey ? (key === 'Home' ? table.rows[1] : table.rows[table.rows.length - 1]) : row;
    return /** @type {HTMLElement | null} */ (key === 'Home' ? there?.firstElementChild : there?.lastElementChild);
  }
  const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -12, PageDown: 12 }[key];
  if (steps === undefined) return undefined;
  const all = [.../** @type {HTMLTableElement} */ (row.closest('table')).rows];
  const at = all.indexOf(row);
  const to = Math.abs(steps) > 1 ? Math.max(1, Math.min(at + steps, all.length - 1)) : at + steps;
  if (to === at || !all[to]) return null;
  lastColumn = cell.dataset.col === 'group' ? lastColumn : (cell.dataset.col ?? 'title');
  return (
    all[to].querySelector(`[data-col="${lastColumn}"]`) ?? /** @type {HTMLElement | null} */ (all[to].firstElementChild)
  );
}

/** A heading has one cell only: the keys come out of it in the column in which they went in. */
let lastColumn = 'title';
/** The one cell that Tab leads to. @type {HTMLElement | null} */
let current = null;
let currentRow = '';

/** @param {HTMLElement} cell */
function focusCell(cell) {
  cell.focus({ preventScroll: false });
}

/** @param {FocusEvent} event */
function onFocus(event) {
  const cell = /** @type {Element} */ (event.target).closest('[data-col]');
  if (!(cell instanceof HTMLElement)) return;
  if (current && current !== cell) current.tabIndex = -1;
  current = cell;
  currentRow = cell.closest('tr')?.dataset.row ?? '';
  cell.tabIndex = 0;
}

/** After rows were drawn: Tab leads into the table, and a focus whose row was drawn elsewhere goes there. @param {HTMLElement} grid */
function keepOneCell(grid) {
  if (current?.isConnected && grid.contains(current)) {
    current.tabIndex = 0;
    return;
  }
  const [, id] = currentRow.match(/(\d+)$/) ?? [];
  const again = id ? grid.querySelector(`[data-grid-card="${id}"] [data-col="${current?.dataset.col}"]`) : null;
  const lost = document.activeElement === document.body && current !== null;
  const next = /** @type {HTMLElement | null} */ (
    again ?? grid.querySelector('tbody [data-col="title"]') ?? grid.querySelector('[data-col]')
  );
  current = null;
  if (!next) return;
  current = next;
  next.tabIndex = 0;
  if (lost && again)
    requestAnimationFrame(() => document.activeElement === document.body && next.focus({ preventScroll: true }));
}

/** @param {string} rowKey @param {string} column */
function refocus(rowKey, column) {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const cell = document.querySelector(`[data-row="${rowKey}"] [data-col="${column}"]`);
    if (cell instanceof HTMLElement) cell.focus({ preventScroll: true });
  });
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

/** @param {string} by @param {string} key */
function groupName(by, key) {
  if (by === 'list') return board.store.item('lists', Number(key)).value?.title ?? '';
  if (by === 'owner')
    return key === 'none' ? t('Nobody') : (board.store.item('members', Number(key)).value?.name ?? t('Somebody'));
  if (by === 'label')
    return key === 'none' ? t('No label') : board.store.item('labels', Number(key)).value?.title || t('Label');
  const when = {
    late: t('Late'),
    today: t('Today'),
    week: t('This week'),
    later: t('Later or over'),
    none: t('No date'),
  };
  return when[/** @type {keyof typeof when} */ (key)] ?? key;
}

/** @returns {import('./rows.js').Around} */
function aroundNow() {
  const now = Date.now();
  const today = dayOf(new Date(now).toISOString());
  const lists = board.store.children('lists').value;
  const title = (/** @type {string} */ kind, /** @type {string} */ field) => (/** @type {number} */ id) =>
    board.store.peek(kind, id)?.[field] ?? '';
  return {
    language: locale(),
    lists,
    listTitle: title('lists', 'title'),
    memberName: title('members', 'name'),
    labelTitle: title('labels', 'title'),
    fields: new Map(columns.value.flatMap(({ field }) => (field ? [[field.id, field]] : []))),
    today,
    weekEnd: weekAround(today)[1],
    dayOf,
    isLate: (card) => !card.done && dueAt(card.due) <= now,
  };
}
