/** Which card is open over the board, and its address. The dialog itself is fetched when the first card is opened. */
import { signal } from '#ui';
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';
import { boardAddress } from './address.js';
import { board, cardAddress } from './context.js';

/** The card that is open. @type {import('#ui').Signal<number | null>} */
export const opened = signal(null);
/** What draws it, once it is here. @type {import('#ui').Signal<any>} */
export const dialog = signal(null);
/** Did this page add the card's address to the history? */
let pushed = false;

/** @param {number} id */
export function openCard(id) {
  const real = board.store.aliases.get(id) ?? id;
  if (real < 0 || opened.peek() === real) return;
  history.pushState({ card: real }, '', cardAddress(real));
  pushed = true;
  opened.value = real;
}

export function closeCard() {
  if (opened.peek() === null) return;
  if (pushed) history.back();
  else {
    history.replaceState({}, '', boardAddress());
    opened.value = null;
  }
}

/** Follow the address: at the start, and when going back and forth. @param {boolean} start */
export function followAddress(start) {
  const match = location.pathname.match(/^\/boards\/\d+\/cards\/(\d+)$/);
  pushed = !start && Boolean(match);
  opened.value = match ? Number(match[1]) : null;
}

/** @type {Promise<void> | null} */
let fetching = null;

/** Asked for as soon as somebody comes near a card, so that it is there when she opens it. */
export function fetchDialog() {
  if (fetching) return;
  fetching = import('./dialog.js').then(
    ({ CardDialog, readOpened }) => {
      readOpened();
      dialog.value = CardDialog;
    },
    () => {
      fetching = null;
      if (opened.peek() === null) return;
      toast(t('The card could not be opened: there is no way to the server now.'), { kind: 'problem' });
      closeCard();
    },
  );
}
