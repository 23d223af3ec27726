/** Other people's changes slide into place, and take neither focus nor scroll with them. */
import { keepFocus } from '../core/focus.js';

/** @import { JournalEvent } from '../core/types.js' */

const MOST = 400;
const TIME = 220;
/** @type {Map<string, DOMRect> | null} */
let before = null;

/** Called just before an event is applied. @param {JournalEvent} event */
export function watchChange(event) {
  const moves =
    event.put.cards?.some((card) => 'position' in card) || event.put.lists?.some((list) => 'position' in list);
  if (!moves && !event.drop.cards && !event.drop.lists) return;
  keepFocus(() => {});
  if (before || document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  before = measure();
  // The signals draw in a microtask, so by the next frame everything stands where it will.
  requestAnimationFrame(play);
}

function play() {
  const was = before ?? new Map();
  before = null;
  /** A list that slides takes its cards along. @type {Set<Element>} */
  const sliding = new Set();
  for (const [key, box] of measure()) {
    const element = find(key);
    const from = was.get(key);
    if (!element || element.hasAttribute('data-dragged')) continue;
    if (!from) {
      if (was.size)
        element.animate(
          [
            { opacity: 0, transform: 'translateY(-6px)' },
            { opacity: 1, transform: 'none' },
          ],
          { duration: TIME, easing: 'ease-out' },
        );
      continue;
    }
    const [x, y] = [from.left - box.left, from.top - box.top];
    if (Math.abs(x) < 2 && Math.abs(y) < 2) continue;
    if (key.startsWith('list')) sliding.add(element);
    else if (sliding.has(/** @type {Element} */ (element.closest('.list')))) continue;
    element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
      duration: TIME,
      easing: 'cubic-bezier(.2, 0, 0, 1)',
    });
  }
}

/** What of lists and cards is in sight, and where. */
function measure() {
  const found = new Map();
  const wide = document.documentElement.clientWidth;
  const high = document.documentElement.clientHeight;
  for (const list of document.querySelectorAll('.list')) {
    const box = list.getBoundingClientRect();
    if (box.right < 0 || box.left > wide) continue;
    found.set(`list:${list.getAttribute('data-list')}`, box);
    for (const card of list.querySelectorAll('[data-card]')) {
      const inside = card.getBoundingClientRect();
      if (inside.bottom < 0) continue;
      if (inside.top > high || found.size > MOST) break;
      found.set(`card:${card.getAttribute('data-card')}`, inside);
    }
  }
  return found;
}

/** @param {string} key */
function find(key) {
  const [kind, id] = key.split(':');
  return document.querySelector(`[data-${kind}="${id}"]`);
}
