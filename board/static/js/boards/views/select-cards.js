/** Selecting in the table and in the calendar, as on the board: Ctrl and Shift with a click, or keys; what a range is, is told by the view. */
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { usesLetters } from '../../core/keys.js';
import { clearSelection, extendStep, extendTo, maySelect, picking, toggle, toggleAll } from '../selection.js';

/** Where cards are selected: their order there, those that stand together with one, and how one of them gets the focus. @typedef {{ order: () => number[], together: (id: number) => number[], focus: (id: number) => void }} Ground */

/** Whether it was a click that selects. @param {MouseEvent} event @param {number} id @param {Ground} ground */
export function clickSelects(event, id, ground) {
  if (!maySelect() || !(id > 0)) return false;
  if (event.shiftKey) extendTo(id, ground.order());
  else if (event.metaKey || event.ctrlKey || picking.peek()) toggle(id);
  else return false;
  return true;
}

/** Whether it was a key that selects. @param {KeyboardEvent} event @param {number} id @param {Ground} ground */
export function keySelects(event, id, ground) {
  if (!maySelect()) return false;
  const { key } = event;
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if ((event.ctrlKey || event.metaKey) && key === 'a') toggleAll(ground.together(id));
  else if (event.ctrlKey || event.metaKey || event.altKey) return false;
  else if (key === 'x' && usesLetters()) toggle(id);
  else if (event.shiftKey && step) extend(id, step, ground);
  else if (key !== 'Escape' || !clearSelection()) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** @param {number} id @param {number} step @param {Ground} ground */
function extend(id, step, ground) {
  const order = ground.order();
  const next = order[order.indexOf(id) + step];
  if (next === undefined) return announce(t('This is the edge.'));
  extendStep(id, next, order);
  return ground.focus(next);
}
