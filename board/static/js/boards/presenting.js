/** The one switch for the projector: on and off, and what follows from it. */
import { effect } from '#ui';
import { presenting } from './view.js';

export function togglePresenting() {
  presenting.value = !presenting.peek();
}

/** The page is drawn for the room at once; the rest is fetched when it is wanted. */
export function followPresenting() {
  /** @type {(() => void) | null} */
  let end = null;
  effect(() => {
    const on = presenting.value;
    document.documentElement.toggleAttribute('data-present', on);
    if (!on) {
      end?.();
      end = null;
      return;
    }
    import('./views/present.js').then(({ start }) => {
      if (presenting.peek()) end ??= start();
    });
  });
}
