/** Dragging with a finger: hold a card for a moment, then it follows; a quick swipe scrolls as ever. */
import { announce } from '../core/announce.js';
import { t } from '../core/i18n.js';
import { board, may } from './context.js';
import { dropCard, hideLine, showCount, showLine } from './drag.js';
import { cardPlaceAt } from './place.js';
import { along } from './selection.js';

const HOLD = 350;
const SLACK = 10;
const EDGE = 48;
const SPEED = 14;
/** Where a long press is for the text. */
const FIELDS = 'input:not([type=checkbox]), textarea, select';

/** @typedef {{ id: number, card: HTMLElement, native: boolean, x: number, y: number, dx: number, dy: number, timer?: ReturnType<typeof setTimeout>, ghost?: HTMLElement, frame?: number }} Held */

/** What can be held (an attribute with its id), and what is done with it. @typedef {{ mark: string, may: () => boolean, over: (id: number, x: number, y: number) => void, drop: (id: number, x: number, y: number) => void, leave: () => void, column: (x: number) => Element | null | undefined, title?: (id: number) => string, count?: (id: number) => number }} Ways */

/** From list to list. @type {Ways} */
const LISTS = {
  mark: 'data-card',
  may: () => may('cards', 'move_card'),
  over: (id, x, y) => showLine(cardPlaceAt(x, y, along(id))?.line),
  drop: dropCard,
  leave: hideLine,
  column: columnAt,
};

/** @param {HTMLElement} row @param {Ways} ways @returns {() => void} ends it */
export function dragByTouch(row, ways = LISTS) {
  const { title = titleOfCard, count = cardsAlong } = ways;
  /** @type {Held | null} */
  let held = null;

  const start = (/** @type {TouchEvent} */ event) => {
    cancel();
    const card = /** @type {HTMLElement} */ (event.target).closest(`[${ways.mark}]`);
    const id = Number(card?.getAttribute(ways.mark));
    if (/** @type {HTMLElement} */ (event.target).closest(FIELDS)) return;
    if (event.touches.length !== 1 || !(card instanceof HTMLElement) || !(id > 0) || !ways.may()) return;
    const { clientX: x, clientY: y } = event.touches[0];
    const box = card.getBoundingClientRect();
    const native = card.draggable;
    // The browser's own drag begins with a long press too, on some devices, and would take the touch away.
    card.draggable = false;
    held = { id, card, native, x, y, dx: x - box.left, dy: y - box.top };
    held.timer = setTimeout(lift, HOLD);
  };

  const lift = () => {
    if (!held) return;
    const { card, id } = held;
    const box = card.getBoundingClientRect();
    const ghost = /** @type {HTMLElement} */ (card.cloneNode(true));
    ghost.classList.add('card--ghost');
    ghost.removeAttribute(ways.mark);
    ghost.setAttribute('aria-hidden', 'true');
    ghost.style.setProperty('width', `${box.width}px`);
    showCount(ghost, count(id));
    // What lies outside an open window lies below it.
    (card.closest('dialog') ?? document.body).appendChild(ghost);
    held.ghost = ghost;
    card.toggleAttribute('data-dragged', true);
    navigator.vibrate?.(15);
    announce(t('{title} picked up.', { title: title(id) }));
    follow();
    held.frame = requestAnimationFrame(scroll);
  };

  const move = (/** @type {TouchEvent} */ event) => {
    if (!held) return;
    const { clientX: x, clientY: y } = event.touches[0];
    if (!held.ghost) {
      if (Math.hypot(x - held.x, y - held.y) > SLACK) cancel();
      return;
    }
    event.preventDefault();
    [held.x, held.y] = [x, y];
    follow();
  };

  const end = (/** @type {TouchEvent} */ event) => {
    if (!held?.ghost) return cancel();
    event.preventDefault();
    const { id, x, y } = held;
    cancel();
    return ways.drop(id, x, y);
  };

  const follow = () => {
    if (!held?.ghost) return;
    const { ghost, x, y, dx, dy, id } = held;
    ghost.style.setProperty('transform', `translate(${x - dx}px, ${y - dy}px) rotate(2deg)`);
    ways.over(id, x, y);
  };

  /** Held near an edge, the row and the list under the finger scroll. */
  const scroll = () => {
    if (!held?.ghost) return;
    const { x, y } = held;
    const box = row.getBoundingClientRect();
    row.scrollLeft += pull(x, box.left, box.right);
    const column = ways.column(x);
    if (column) {
      const inside = column.getBoundingClientRect();
      column.scrollTop += pull(y, inside.top, Math.min(inside.bottom, innerHeight));
    }
    follow();
    held.frame = requestAnimationFrame(scroll);
  };

  const cancel = () => {
    if (!held) return;
    clearTimeout(held.timer);
    if (held.frame) cancelAnimationFrame(held.frame);
    held.ghost?.remove();
    held.card.toggleAttribute('data-dragged', false);
    held.card.draggable = held.native;
    held = null;
    ways.leave();
  };

  const noMenu = (/** @type {Event} */ event) => held && event.preventDefault();

  const over = new AbortController();
  const { signal } = over;
  row.addEventListener('touchstart', start, { passive: true, signal });
  // Not passive from the start: a listener added later could no longer stop the scrolling.
  row.addEventListener('touchmove', move, { passive: false, signal });
  row.addEventListener('touchend', end, { passive: false, signal });
  row.addEventListener('touchcancel', cancel, { signal });
  row.addEventListener('contextmenu', noMenu, { signal });
  return () => {
    cancel();
    over.abort();
  };
}

/** @param {number} id */
function titleOfCard(id) {
  return board.store.peek('cards', id)?.title ?? '';
}

/** @param {number} id */
function cardsAlong(id) {
  return along(id).length;
}

/** @param {number} at @param {number} low @param {number} high */
function pull(at, low, high) {
  if (at < low + EDGE) return -SPEED * Math.min(1, (low + EDGE - at) / EDGE);
  if (at > high - EDGE) return SPEED * Math.min(1, (at - high + EDGE) / EDGE);
  return 0;
}

/** @param {number} x */
function columnAt(x) {
  return [...document.querySelectorAll('[data-cards-of]')].find((column) => {
    const { left, right } = column.getBoundingClientRect();
    return x >= left && x <= right;
  });
}
