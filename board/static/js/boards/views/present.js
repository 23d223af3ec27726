/** The board on a projector: full screen where that is allowed, the screen stays awake, Escape ends it. What is not for the room is hidden by present.css. */
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { presenting } from '../view.js';

/** Was the whole screen given to us? Then leaving it ends the showing. */
let filled = false;
/** @type {any} */
let awake = null;

/** @returns {() => void} ends it */
export function start() {
  announce(t('The board is shown to the room. Escape ends it.'));
  addEventListener('keydown', onKey);
  document.addEventListener('fullscreenchange', onScreen);
  // Opened by an address, or not allowed here: the window is used as it is.
  if (navigator.userActivation?.isActive !== false)
    document.documentElement.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => {});
  const nav = /** @type {any} */ (navigator);
  nav.wakeLock?.request('screen').then(
    (/** @type {any} */ lock) => (awake = lock),
    () => undefined,
  );
  return stop;
}

function stop() {
  removeEventListener('keydown', onKey);
  document.removeEventListener('fullscreenchange', onScreen);
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  filled = false;
  awake?.release();
  awake = null;
  announce(t('The board is yours again.'));
  const back = document.querySelector('.board-head__more');
  if (back instanceof HTMLElement && document.activeElement === document.body) back.focus({ preventScroll: true });
}

/** What lies over the board takes the key first. @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (document.querySelector('dialog[open], [popover]:popover-open, [data-lifted]')) return;
  presenting.value = false;
}

function onScreen() {
  if (document.fullscreenElement) filled = true;
  else if (filled) presenting.value = false;
}
