/** The table by keyboard: arrows go from cell to cell, Tab leads to one cell only, and the focus stays on its card whatever others do. */
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';

/** A page of rows. */
const PAGE = 12;
/** Rows that have one cell all across. */
const ACROSS = ['group', 'new'];

/** The keys come out of such a row in the column in which they went in. */
let lastColumn = 'title';
/** The one cell that Tab leads to. @type {HTMLElement | null} */
let current = null;
let currentRow = '';
let currentIndex = 0;
/** Is the focus in the table, or was it taken from there by a drawing? */
let held = false;

/** @param {KeyboardEvent} event @param {() => void} grow */
export function onGridKey(event, grow) {
  const cell = /** @type {HTMLElement} */ (event.target);
  if (!cell.matches('[data-col]')) {
    const next = event.key === 'Tab' && cell.matches('.in-place') ? cellBeside(cell, event.shiftKey) : null;
    if (next) {
      event.preventDefault();
      next.focus();
    }
    return;
  }
  if ((event.key === 'Enter' || event.key === ' ') && cell.tagName === 'TH') {
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
  if (next) next.focus();
  else if (event.key === 'ArrowDown' || event.key === 'PageDown') {
    const row = cell.closest('tr');
    grow();
    requestAnimationFrame(() => {
      const below = row?.nextElementSibling;
      if (below) cellIn(below)?.focus();
      else announce(t('This is the edge.'));
    });
  } else announce(t('This is the edge.'));
}

/** A card's row, in the column that has the focus. @param {number} id */
export function focusRow(id) {
  requestAnimationFrame(() => {
    const row = document.querySelector(`[data-grid-card="${id}"]`);
    if (row) cellIn(row)?.focus();
  });
}

/** The cell again from whose field the focus came. @param {string} rowKey @param {string} column */
export function refocus(rowKey, column) {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const rows = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.grid [data-row]'));
    const cell = [...rows].find(({ dataset }) => dataset.row === rowKey)?.querySelector(`[data-col="${column}"]`);
    if (cell instanceof HTMLElement) cell.focus({ preventScroll: true });
  });
}

/** @param {FocusEvent} event */
export function onGridFocus(event) {
  const cell = /** @type {Element} */ (event.target).closest('[data-col]');
  if (!(cell instanceof HTMLElement)) return;
  if (current && current !== cell) current.tabIndex = -1;
  current = cell;
  held = true;
  remember(cell);
  cell.tabIndex = 0;
}

/** The focus goes elsewhere; not when its element is drawn away. @param {FocusEvent} event */
export function onGridBlur(event) {
  const left = /** @type {Element} */ (event.target);
  queueMicrotask(() => {
    if (left.isConnected && !left.closest('.grid')?.contains(document.activeElement)) held = false;
  });
}

/** After rows were drawn: Tab leads into the table, and a focus whose row was drawn elsewhere goes there; where the row has gone, to the one in its place. @param {HTMLTableElement} grid */
export function keepOneCell(grid) {
  const lost = held && document.activeElement === document.body;
  if (current?.isConnected && grid.contains(current)) {
    current.tabIndex = 0;
    if (lost) current.focus({ preventScroll: true });
    else remember(current);
    return;
  }
  const [, id] = currentRow.match(/(\d+)$/) ?? [];
  const again = id ? grid.querySelector(`[data-grid-card="${id}"]`) : null;
  const row = again ?? (lost ? grid.rows[Math.min(currentIndex, grid.rows.length - 1)] : null);
  const first = grid.querySelector('tbody [data-col="title"]') ?? grid.querySelector('[data-col]');
  const next = (row && cellIn(row)) ?? /** @type {HTMLElement | null} */ (first);
  current = next;
  if (!next) return;
  next.tabIndex = 0;
  if (lost)
    requestAnimationFrame(() => document.activeElement === document.body && next.focus({ preventScroll: true }));
}

/** @param {HTMLElement} cell */
function remember(cell) {
  const row = cell.closest('tr');
  currentRow = row?.dataset.row ?? '';
  currentIndex = row?.rowIndex ?? 0;
  const column = cell.dataset.col ?? 'title';
  if (!ACROSS.includes(column)) lastColumn = column;
}

/** @param {Element} row @returns {HTMLElement | null} */
function cellIn(row) {
  const across = ACROSS.map((name) => `[data-col="${name}"]`).join();
  const there = /** @type {(HTMLElement | null)[]} */ (
    [`[data-col="${lastColumn}"]`, across, '[data-col="title"]', '[data-col]'].map((one) => row.querySelector(one))
  );
  return there.find((cell) => cell?.checkVisibility()) ?? null;
}

/** The cell after, or before, the one in which somebody types. @param {HTMLElement} field @param {boolean} before */
export function cellBeside(field, before) {
  return beside(/** @type {HTMLElement} */ (field.closest('td')), before);
}

/** The next one that is shown: a narrow window leaves some out. @param {HTMLElement} cell @param {boolean} before */
function beside(cell, before) {
  const next = (/** @type {Element | null} */ one) =>
    (before ? one?.previousElementSibling : one?.nextElementSibling) ?? null;
  let found = next(cell);
  while (found && !found.checkVisibility()) found = next(found);
  return found instanceof HTMLElement ? found : null;
}

/** The cell that a key leads to; null at the edge, undefined for other keys. @param {KeyboardEvent} event @param {HTMLElement} cell @returns {HTMLElement | null | undefined} */
function goal(event, cell) {
  const row = /** @type {HTMLTableRowElement} */ (cell.closest('tr'));
  const table = /** @type {HTMLTableElement} */ (row.closest('table'));
  const back = document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  const { key } = event;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return beside(cell, key === back);
  if (key === 'Home' || key === 'End') {
    const there = event.ctrlKey ? (key === 'Home' ? table.rows[1] : table.rows[table.rows.length - 1]) : row;
    return /** @type {HTMLElement | null} */ (key === 'Home' ? there?.firstElementChild : there?.lastElementChild);
  }
  const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE, PageDown: PAGE }[key];
  if (steps === undefined) return undefined;
  const all = table.rows;
  const at = row.rowIndex;
  const to = Math.abs(steps) > 1 ? Math.max(1, Math.min(at + steps, all.length - 1)) : at + steps;
  return to === at || !all[to] ? null : cellIn(all[to]);
}
