/**
 * Checklists of a card, and items in them, are put in order by the mouse, items by finger, both by keyboard (Space on the handle picks up, arrows carry, Space lets
 * go, Escape brings back) and by their menus. Each step is said.
 */
import { combine, draggable, dropTargetForElements, monitorForElements } from '#dnd';
import { batch, html, signal, useEffect, useRef } from '#ui';
import { announce } from '../core/announce.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { hearWhile } from '../core/keys.js';
import { positionAt } from './commands.js';
import { board, may } from './context.js';
import { moveChecklist, moveItem } from './part-commands.js';
import { dragByTouch } from './touch.js';

/** @typedef {'items' | 'checklists'} Kind */
/** @typedef {{ kind: Kind, id: number, parent: number, at: number }} Held */

/** Under this name the store shows where what is carried would go. */
const CARRIED = 'carried part';

/** What is being carried by keyboard. @type {import('#ui').Signal<Held | null>} */
export const carried = signal(/** @type {Held | null} */ (null));
hearWhile(
  () => carried.peek(),
  (event) => carry(event, /** @type {Held} */ (carried.peek())),
);
/** It is being drawn in its new place, and gets the focus there. */
let drawing = false;

/** @param {{ kind: Kind, id: number, title: string }} props */
export function Handle({ kind, id, title }) {
  const ref = useRef(/** @type {any} */ (null));
  useEffect(() => {
    const element = ref.current.closest(`[data-part="${kind}"]`);
    return draggable({
      element,
      dragHandle: ref.current,
      getInitialData: () => ({ part: kind, id }),
      onDragStart: () => element.toggleAttribute('data-dragged', true),
      onDrop: () => element.toggleAttribute('data-dragged', false),
    });
  }, [kind, id]);
  return html`<button
    type="button"
    ref=${ref}
    class="tool grip"
    aria-label=${t('Move {title}', { title })}
    aria-pressed=${carried.value?.kind === kind && carried.value.id === id}
    aria-describedby="how-to-order"
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => onKey(event, kind, id)}
    onBlur=${() => setTimeout(() => !drawing && carried.peek()?.id === id && document.activeElement !== gripOf(kind, id) && putBack(false), 100)}
  >
    ${icon('grip-vertical')}
  </button>`;
}

/** Takes what is dragged in this card. @param {HTMLElement} area @param {number} card */
export function acceptParts(area, card) {
  return combine(
    dropTargetForElements({ element: area, canDrop: ({ source }) => Boolean(source.data.part) }),
    monitorForElements({
      canMonitor: ({ source }) => Boolean(source.data.part),
      onDrag: ({ source, location }) => mark(placeAt(area, source, location.current.input.clientY)),
      onDrop: ({ source, location }) => {
        mark(null);
        const found = placeAt(area, source, location.current.input.clientY);
        if (!found || !location.current.dropTargets.length) return;
        const { kind, id } = thing(source);
        move(kind, id, kind === 'items' ? found.parent : card, found.at);
      },
    }),
    itemsByFinger(area),
  );
}

/** Held for a moment an item follows the finger; a quick swipe scrolls as ever. @param {HTMLElement} area */
function itemsByFinger(area) {
  const source = (/** @type {number} */ id) => ({ data: { part: 'items', id } });
  return dragByTouch(area, {
    mark: 'data-item',
    may: () => may('cards', 'move_item'),
    over: (id, _x, y) => mark(placeAt(area, source(id), y)),
    drop: (id, _x, y) => {
      const found = placeAt(area, source(id), y);
      if (found) move('items', id, found.parent, found.at);
    },
    leave: () => mark(null),
    column: () => scrollerOf(area),
    title: (id) => titleOf('items', id),
    count: () => 1,
  });
}

/** What scrolls around it: beside the facts the parts do, on a phone all of the card. @param {HTMLElement} area */
function scrollerOf(area) {
  let box = area.parentElement;
  while (box && !(/auto|scroll/.test(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight))
    box = box.parentElement;
  return box;
}

/** One step up or down, as the menus say it; undefined when it is at the edge. @param {Kind} kind @param {number} id @param {-1 | 1} direction */
export function stepOf(kind, id, direction) {
  const { parent, at } = placeOf(kind, id);
  const next = beside({ kind, id, parent, at }, direction);
  return next && (() => move(kind, id, next.parent, next.at));
}

/** @param {Kind} kind @param {number} id @param {number} parent @param {number} at among the others */
export function move(kind, id, parent, at) {
  const before = placeOf(kind, id);
  if (before.parent === parent && before.at === at) return;
  const others = othersIn(kind, parent, id);
  const place = { after: others[at - 1], before: others[at] };
  if (kind === 'items') moveItem(id, parent, place);
  else moveChecklist(id, parent, place);
  announce(`${t('Moved.')} ${where(kind, parent, at, others.length + 1)}`);
}

/** @param {KeyboardEvent} event @param {Kind} kind @param {number} id */
function onKey(event, kind, id) {
  const held = carried.peek();
  if (held) return carry(event, held);
  if (event.key !== ' ' && event.key !== 'Enter') return;
  event.preventDefault();
  lift(kind, id);
}

/** @param {KeyboardEvent} event @param {Held} held */
function carry(event, held) {
  const direction = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (![' ', 'Enter', 'Escape', 'Tab'].includes(event.key) && !direction) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === 'Tab') announce(t('First let it go with Space, or bring it back with Escape.'));
  else if (event.key === 'Escape') putBack(true);
  else if (direction) carryTo(held, /** @type {-1 | 1} */ (direction));
  else letGo(held);
}

/** @param {Kind} kind @param {number} id */
function lift(kind, id) {
  if (id < 0) return;
  const { parent, at, of } = placeOf(kind, id);
  carried.value = { kind, id, parent, at };
  announce(
    t('{title} picked up. {where} Arrow keys to move it, Space to let it go, Escape to bring it back.', {
      title: titleOf(kind, id),
      where: where(kind, parent, at, of),
    }),
  );
}

/** @param {Held} held @param {-1 | 1} direction */
function carryTo(held, direction) {
  const { kind, id } = held;
  const next = beside(held, direction);
  const count = (/** @type {number} */ parent) => othersIn(kind, parent, id).length + 1;
  if (!next) {
    announce(t('This is the edge. {where}', { where: where(kind, held.parent, held.at, count(held.parent)) }));
    return;
  }
  const others = othersIn(kind, next.parent, id);
  const position = positionAt(kind, next.parent, id, { after: others[next.at - 1], before: others[next.at] });
  batch(() => {
    board.store.refuse(CARRIED);
    const under = kind === 'items' ? { checklist_id: next.parent } : {};
    board.store.predict(CARRIED, { put: { [kind]: [{ id, position, ...under }] } });
    carried.value = { ...held, ...next };
  });
  announce(where(kind, next.parent, next.at, count(next.parent)));
  refocus(kind, id);
}

/** @param {Held} held */
function letGo({ kind, id, parent, at }) {
  batch(() => {
    board.store.refuse(CARRIED);
    carried.value = null;
    move(kind, id, parent, at);
  });
  announce(
    t('{title} dropped. {where}', {
      title: titleOf(kind, id),
      where: where(kind, parent, at, othersIn(kind, parent, id).length + 1),
    }),
  );
  refocus(kind, id);
}

/** @param {boolean} toGrip whether the focus goes along */
function putBack(toGrip) {
  const held = carried.peek();
  if (!held) return;
  const { kind, id } = held;
  batch(() => {
    board.store.refuse(CARRIED);
    carried.value = null;
  });
  const { parent, at, of } = placeOf(kind, id);
  announce(t('{title} is back. {where}', { title: titleOf(kind, id), where: where(kind, parent, at, of) }));
  if (toGrip) refocus(kind, id);
}

/** The next place in a direction: of an item at the edge of its checklist, in the checklist beside it. @param {Held} held @param {-1 | 1} direction */
function beside({ kind, id, parent, at }, direction) {
  const next = at + direction;
  if (next >= 0 && next <= othersIn(kind, parent, id).length) return { parent, at: next };
  if (kind === 'checklists') return undefined;
  const lists = board.store.children('checklists', board.store.peek('checklists', parent)?.card_id).peek();
  const other = lists[lists.indexOf(parent) + direction];
  if (other === undefined) return undefined;
  return { parent: other, at: direction > 0 ? 0 : othersIn(kind, other, id).length };
}

/** @param {Kind} kind @param {number} id */
function placeOf(kind, id) {
  const record = board.store.peek(kind, id);
  const parent = kind === 'items' ? record?.checklist_id : record?.card_id;
  const ids = board.store.children(kind, parent).peek();
  return { parent, at: ids.indexOf(id), of: ids.length };
}

/** @param {Kind} kind @param {number} parent @param {number} id */
function othersIn(kind, parent, id) {
  return board.store
    .children(kind, parent)
    .peek()
    .filter((other) => other !== id);
}

/** @param {Kind} kind @param {number} parent @param {number} at @param {number} count */
function where(kind, parent, at, count) {
  if (kind === 'checklists') return t('Checklist {place} of {count}.', { place: at + 1, count });
  return t('Position {place} of {count} in {list}.', { place: at + 1, count, list: titleOf('checklists', parent) });
}

/** @param {Kind} kind @param {number} id */
function titleOf(kind, id) {
  return board.store.peek(kind, id)?.title ?? '';
}

/** Where it would fall: among the things of its kind, those that are shown. @param {HTMLElement} area @param {{ data: Record<string | symbol, unknown> }} source @param {number} y */
function placeAt(area, source, y) {
  const { kind, id } = thing(source);
  const lists = [...area.querySelectorAll('[data-part="checklists"]')];
  const list = lists.find((element) => element.getBoundingClientRect().bottom >= y) ?? lists.at(-1);
  if (!list) return null;
  const within = kind === 'items' ? list : area;
  const all = [...within.querySelectorAll(`[data-part="${kind}"]`)].filter((element) => idOf(element) !== id);
  const next = all.find((element) => {
    const { top, height } = element.getBoundingClientRect();
    return y < top + height / 2;
  });
  const parent = idOf(list);
  const others = othersIn(kind, kind === 'items' ? parent : board.store.peek('checklists', parent)?.card_id, id);
  // Ticked ones may be hidden: it then stands right after the last that is seen.
  const last = all.at(-1);
  const at = next ? others.indexOf(idOf(next)) : last ? others.indexOf(idOf(last)) + 1 : others.length;
  return { parent, at, beside: next ?? last ?? list, edge: next ? 'before' : 'after' };
}

/** @param {ReturnType<typeof placeAt>} place */
function mark(place) {
  for (const element of document.querySelectorAll('[data-drop]')) {
    if (element !== place?.beside) element.removeAttribute('data-drop');
  }
  place?.beside.setAttribute('data-drop', place.edge);
}

/** @param {{ data: Record<string | symbol, unknown> }} source */
function thing({ data }) {
  return { kind: /** @type {Kind} */ (data.part), id: Number(data.id) };
}

/** @param {Element} element */
function idOf(element) {
  return Number(element.getAttribute('data-id'));
}

/** @param {Kind} kind @param {number} id */
function gripOf(kind, id) {
  return document.querySelector(`[data-part="${kind}"][data-id="${id}"] .grip`);
}

/** After the signals have drawn. @param {Kind} kind @param {number} id */
function refocus(kind, id) {
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    /** @type {HTMLElement | null} */ (gripOf(kind, id))?.focus();
  });
}
