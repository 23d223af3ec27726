/** How many cards of each list are in the page: the first forty, and more as one scrolls towards them. */
import { signal } from '#ui';

const FIRST = 40;
const MORE = 60;

/** @type {Map<number, import('#ui').Signal<number>>} */
const counts = new Map();

/** @param {number} list */
export function grown(list) {
  let count = counts.get(list);
  if (!count) {
    count = signal(FIRST);
    counts.set(list, count);
  }
  return count;
}

/** @param {number} list */
export function grow(list) {
  grown(list).value += MORE;
}

/** A card that is not in the page can be neither focused nor found: have at least this many there. @param {number} list @param {number} count */
export function growTo(list, count) {
  const known = grown(list);
  if (known.peek() < count) known.value = count + 10;
}

/** Everything, for paper. */
export function growAll() {
  for (const count of counts.values()) count.value = Number.MAX_SAFE_INTEGER;
}

/** @type {WeakMap<Element, number>} */
const watched = new WeakMap();
/** @type {IntersectionObserver | undefined} */
let observer;

/** Grow the list when its end comes near. @param {Element | null} end @param {number} list */
export function watchEnd(end, list) {
  if (!end) return;
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const found = watched.get(target);
        if (!isIntersecting || found === undefined) continue;
        grow(found);
        // Watched anew, or an end that is still near would not be told of again.
        observer?.unobserve(target);
        requestAnimationFrame(() => target.isConnected && observer?.observe(target));
      }
    },
    { rootMargin: '800px' },
  );
  watched.set(end, list);
  observer.observe(end);
}
