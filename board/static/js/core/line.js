/** The line of a page that has no board: opened when the page has come to rest, for the person's own room. */
import { ring } from './bell.js';
import { Live } from './live.js';

/** @type {Promise<import('./own-room.js').OwnRoom | undefined> | undefined} */
let opening;

/** @param {any} boot */
export function openLine(boot) {
  opening ??= new Promise((resolve) => {
    const open = () => resolve(ring(boot, new Live(boot.build)));
    if ('requestIdleCallback' in globalThis) requestIdleCallback(open, { timeout: 2000 });
    else setTimeout(open, 200);
  });
  return opening;
}
