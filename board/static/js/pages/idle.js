/** On a shared computer: after twenty minutes without a sign of life nobody is signed in any more. */
import { leave } from './leave.js';

const PATIENCE = 20 * 60_000;
const SIGNS = ['pointerdown', 'keydown', 'scroll', 'touchstart'];

export function watchIdle(patience = PATIENCE) {
  let last = Date.now();
  for (const sign of SIGNS) addEventListener(sign, () => (last = Date.now()), { passive: true, capture: true });
  const look = () => {
    const left = last + patience - Date.now();
    if (left <= 0) leave(true);
    else setTimeout(look, left);
  };
  look();
  // A laptop that slept did not run its clocks.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && last + patience <= Date.now()) leave(true);
  });
}
