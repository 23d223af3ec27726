/** Dragging with the mouse: the browser's own drag; where a thing falls is worked out by `place.js`. */
import { autoScrollForElements, combine, draggable, dropTargetForElements, monitorForElements } from '#dnd';
import { announce } from '../core/announce.js';
import { focusCard } from '../core/focus.js';
import { t } from '../core/i18n.js';
import { moveCard, moveList } from './commands.js';
import { board } from './context.js';
import { moveMany } from './many.js';
import { cardPlaceAt, listPlaceAt } from './place.js';
import { along, clearSelection } from './selection.js';

/** @param {HTMLElement | null} element @param {number} id */
export function dragCard(element, id) {
  return dragThing(element, element, 'card', id);
}

/** A list is taken by its head. @param {HTMLElement | null} element @param {number} id */
export function dragList(element, id) {
  return dragThing(element, element?.querySelector('.list__head') ?? null, 'list', id);
}

/** The row of lists takes everything; it scrolls when something is held near an edge (lists do so by the browser itself). @param {HTMLElement} row */
export function acceptDrops(row) {
  return combine(
    dropTargetForElements({ element: row }),
    autoScrollForElements({ element: row }),
    monitorForElements({
      canMonitor: ({ source }) => ['card', 'list'].includes(thingOf(source).kind),
      onDrag: ({ source, location }) => {
        const { clientX, clientY } = location.current.input;
        const { kind, id } = thingOf(source);
        showLine((kind === 'card' ? cardPlaceAt(clientX, clientY, along(id)) : listPlaceAt(clientX, id))?.line);
      },
      onDrop: ({ source, location }) => {
        hideLine();
        if (!location.current.dropTargets.length) return;
        const { clientX, clientY } = location.current.input;
        const { kind, id } = thingOf(source);
        if (kind === 'card') dropCard(id, clientX, clientY);
        else dropList(id, clientX);
      },
    }),
  );
}

/** Let a card go at a point: by mouse or by finger. @param {number} id @param {number} x @param {number} y */
export function dropCard(id, x, y) {
  const ids = along(id);
  const found = cardPlaceAt(x, y, ids);
  const card = board.store.peek('cards', id);
  if (found && ids.length > 1) {
    clearSelection();
    moveMany(ids, found.list, found.place);
    requestAnimationFrame(() => focusCard(id, { preventScroll: true }));
    return;
  }
  if (!found || !card || !moveCard(id, found.list, found.place)) return;
  announce(
    t('{title} moved to {list}.', { title: card.title, list: board.store.peek('lists', found.list)?.title ?? '' }),
  );
  requestAnimationFrame(() => focusCard(id, { preventScroll: true }));
}

/** @param {DOMRect | undefined} box */
export function showLine(box) {
  if (!box) return hideLine();
  const line = document.getElementById('drop-line');
  if (!line) return undefined;
  line.hidden = false;
  for (const [name, value] of Object.entries({ left: box.left, top: box.top, width: box.width, height: box.height })) {
    line.style.setProperty(name, `${value}px`);
  }
  return undefined;
}

export function hideLine() {
  const line = document.getElementById('drop-line');
  if (line) line.hidden = true;
}

/** @param {number} id @param {number} x */
function dropList(id, x) {
  const found = listPlaceAt(x, id);
  const ids = board.store.children('lists').peek();
  const at = ids.indexOf(id);
  if (
    !found ||
    found.place.before === ids[at + 1] ||
    (found.place.after !== undefined && found.place.after === ids[at - 1])
  )
    return;
  moveList(id, found.place);
}

/** @param {HTMLElement | null} element @param {Element | null} handle @param {'card' | 'list'} kind @param {number} id */
function dragThing(element, handle, kind, id) {
  if (!element) return undefined;
  return draggable({
    element,
    dragHandle: handle === element ? undefined : (handle ?? undefined),
    canDrag: () => !document.querySelector('.in-place:focus'),
    getInitialData: () => ({ kind, id }),
    // What is drawn beside the pointer is a picture of the card as it looks now.
    onGenerateDragPreview: () => showCount(element, kind === 'card' ? along(id).length : 1),
    onDragStart: () => {
      showCount(element, 1);
      for (const one of carried(element, kind, id)) one.toggleAttribute('data-dragged', true);
    },
    onDrop: () => {
      for (const one of document.querySelectorAll('[data-dragged]')) one.toggleAttribute('data-dragged', false);
    },
  });
}

/** All that goes along, as far as it is in the page. @param {Element} element @param {'card' | 'list'} kind @param {number} id */
function carried(element, kind, id) {
  const ids = kind === 'card' ? along(id) : [];
  if (ids.length < 2) return [element];
  const many = new Set(ids);
  return [...document.querySelectorAll('[data-card]')].filter((card) =>
    many.has(Number(card.getAttribute('data-card'))),
  );
}

/** @param {Element} element @param {number} count */
export function showCount(element, count) {
  if (count > 1) element.setAttribute('data-carries', String(count));
  else element.removeAttribute('data-carries');
}

/** @param {{ data: Record<string | symbol, unknown> }} source */
function thingOf({ data }) {
  return { kind: /** @type {'card' | 'list'} */ (data.kind), id: Number(data.id) };
}
