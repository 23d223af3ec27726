/** Cards dragged over the days of a calendar: by the browser's own drag, or by a finger that holds one for a moment. */
import { autoScrollForElements, combine, draggable, dropTargetForElements, monitorForElements } from '#dnd';
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { board, may } from '../context.js';
import { showCount } from '../drag.js';
import { along } from '../selection.js';
import { dragByTouch } from '../touch.js';

/** @param {HTMLElement} ground @param {(id: number, day: string) => void} drop '' is the place of what has no date */
export function dragOverDays(ground, drop) {
  const chips = watchChips(ground);
  dragByTouch(ground, {
    mark: 'data-card-day',
    may: () => may('cards', 'change_card'),
    over: (_id, x, y) => mark(ground, dayAt(x, y)),
    drop: (id, x, y) => {
      const day = dayAt(x, y);
      if (day) drop(id, day.dataset.day ?? '');
    },
    leave: () => mark(ground, null),
    column: () => ground,
  });
  const mouse = combine(
    dropTargetForElements({ element: ground }),
    autoScrollForElements({ element: ground }),
    monitorForElements({
      canMonitor: ({ source }) => source.data.kind === 'date',
      onDrag: ({ location }) => mark(ground, dayAt(location.current.input.clientX, location.current.input.clientY)),
      onDrop: ({ source, location }) => {
        const day = location.current.dropTargets.length
          ? dayAt(location.current.input.clientX, location.current.input.clientY)
          : null;
        mark(ground, null);
        if (day) drop(Number(source.data.id), day.dataset.day ?? '');
      },
    }),
  );
  return () => {
    chips();
    mouse();
  };
}

/** Each chip can be taken, also those that are drawn later. @param {HTMLElement} ground */
function watchChips(ground) {
  /** @type {Map<Element, () => void>} */
  const known = new Map();
  const look = () => {
    for (const [chip, forget] of known) {
      if (chip.isConnected) continue;
      forget();
      known.delete(chip);
    }
    for (const chip of ground.querySelectorAll('[data-card-day]')) {
      if (known.has(chip) || !(chip instanceof HTMLElement)) continue;
      known.set(
        chip,
        draggable({
          element: chip,
          // The element may come to show another card.
          getInitialData: () => ({ kind: 'date', id: Number(chip.dataset.cardDay) }),
          canDrag: () => Number(chip.dataset.cardDay) > 0,
          onGenerateDragPreview: () => showCount(chip, along(Number(chip.dataset.cardDay)).length),
          onDragStart: () => {
            showCount(chip, 1);
            chip.toggleAttribute('data-dragged', true);
            announce(
              t('{title} picked up.', { title: board.store.peek('cards', Number(chip.dataset.cardDay))?.title ?? '' }),
            );
          },
          onDrop: () => chip.toggleAttribute('data-dragged', false),
        }),
      );
    }
  };
  look();
  const observer = new MutationObserver(look);
  observer.observe(ground, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    for (const forget of known.values()) forget();
  };
}

/** @param {number} x @param {number} y @returns {HTMLElement | null} */
function dayAt(x, y) {
  return document.elementFromPoint(x, y)?.closest('[data-day]') ?? null;
}

/** @param {HTMLElement} ground @param {Element | null} day */
function mark(ground, day) {
  for (const other of ground.querySelectorAll('[data-over]')) if (other !== day) other.removeAttribute('data-over');
  day?.setAttribute('data-over', '');
}
