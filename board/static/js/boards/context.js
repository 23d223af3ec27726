/** What all parts of the board page share; `page.js` fills it in before anything is drawn. */

/** @import { Live } from '../core/live.js' */
/** @import { Queue } from '../core/queue.js' */
/** @import { Store } from '../core/store.js' */
/** @import { Me } from '../core/types.js' */

/** The group or initiative that a board belongs to. @typedef {{ title: string, href: string, purpose?: string, archived?: boolean }} Within */

/** @type {{ id: number, me: Me, shared?: boolean, within?: Within, store: Store, queue: Queue, live: Live }} */
export const board = /** @type {any} */ ({});

/** May this person do that? Asked where something is drawn, so that it is drawn again when the answer changes. @param {string} kind @param {string} name */
export function may(kind, name) {
  return Boolean(board.store.can.value[kind]?.includes(name));
}

/** @param {number} id */
export function cardAddress(id) {
  return `/boards/${board.id}/cards/${id}`;
}

/** @param {number} id */
export function memberName(id) {
  return board.store.item('members', id).value?.name ?? '';
}
