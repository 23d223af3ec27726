/** The bell on every page: how much is unread, in the navigation, in the tab's title and on its icon; live. */
import { effect } from '#ui';
import { announce } from './announce.js';
import { request } from './http.js';
import { tn } from './i18n.js';
import { sentence } from './notice-words.js';
import { OwnRoom } from './own-room.js';

/** @import { Live } from './live.js' */
/** @import { Item, Me } from './types.js' */

const MOST = 99;
const COUNTED = /^\(\d+\+?\) /;

/** The room of who is here; undefined before `ring`. @type {OwnRoom | undefined} */
let room;

/**
 * @param {{ me: Me, notices?: any }} boot
 * @param {Live} live
 * @returns {OwnRoom | undefined} undefined where nobody is signed in
 */
export function ring({ me, notices }, live) {
  if (!me || !notices) return undefined;
  const own = new OwnRoom(me.id, notices);
  room = own;
  live.join(/** @type {any} */ (own));
  own.listen(({ type, put }) => {
    if (type === 'notice.added' && !isShown()) announce(sentence(/** @type {Item} */ (put.notices[0])));
  });
  const title = document.querySelector('title');
  const mark = () => {
    const count = isShown() ? 0 : own.unread.peek().size;
    const plain = document.title.replace(COUNTED, '');
    const wanted = count ? `(${short(count)}) ${plain}` : plain;
    // Others set the title, too: what they write is counted again, and what is right already is left alone.
    if (document.title !== wanted) document.title = wanted;
  };
  effect(() => {
    draw(own.unread.value.size);
    mark();
  });
  if (title) new MutationObserver(mark).observe(title, { childList: true, characterData: true, subtree: true });
  new MutationObserver(() => {
    mark();
    draw(own.unread.peek().size);
  }).observe(document.documentElement, { attributeFilter: ['data-present'] });
  return own;
}

/** What is about this card has been seen. @param {number} card */
export function seen(card) {
  if (!room || document.visibilityState !== 'visible' || ![...room.unread.peek().values()].includes(card)) return;
  markRead({ card_id: card });
}

/** @param {{ up_to?: number, card_id?: number }} which @param {string} [op] */
export async function markRead(which, op) {
  try {
    const { events } = await request('PUT', '/notices/read', { body: which, op });
    for (const event of events) room?.apply(event);
    return true;
  } catch {
    // They stay unread, and nothing is lost by it.
    return false;
  }
}

/** @param {number} count */
function draw(count) {
  for (const badge of document.querySelectorAll('.bell__count')) {
    if (!(badge instanceof HTMLElement)) continue;
    badge.hidden = count === 0;
    const [shown, said] = badge.children;
    shown.textContent = short(count);
    said.textContent = tn(count, '{count} unread', '{count} unread');
  }
  const icon = document.querySelector('link[rel="icon"]');
  if (!(icon instanceof HTMLLinkElement) || !icon.dataset.told) return;
  icon.dataset.plain ??= icon.href;
  const wanted = count && !isShown() ? icon.dataset.told : icon.dataset.plain;
  if (icon.getAttribute('href') !== wanted) icon.href = wanted;
}

/** Is the page on a projector? Then what somebody is told is not for the room. */
function isShown() {
  return document.documentElement.hasAttribute('data-present');
}

/** @param {number} count */
function short(count) {
  return count > MOST ? `${MOST}+` : String(count);
}
