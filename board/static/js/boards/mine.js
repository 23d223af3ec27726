/** How this person left the board: what she collapsed, and whether she keeps it at hand. Nobody else sees it. */
import { signal } from '#ui';
import { announce } from '../core/announce.js';
import { flagsOf } from '../core/flags.js';
import { Refused, request } from '../core/http.js';
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';
import { board } from './context.js';

/** @type {import('#ui').Signal<ReadonlySet<number>>} */
const collapsed = signal(new Set());
export const isCollapsed = flagsOf(collapsed);
export const starred = signal(false);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const SOON = 400;

/** @param {{ collapsed?: number[], starred?: boolean } | undefined} mine as the page brought it along */
export function beginWith(mine) {
  collapsed.value = new Set(mine?.collapsed ?? []);
  starred.value = Boolean(mine?.starred);
}

/** @param {number} list @param {boolean} on */
export function collapse(list, on) {
  const next = new Set(collapsed.peek());
  if (on) next.add(list);
  else next.delete(list);
  collapsed.value = next;
  const title = board.store.peek('lists', list)?.title ?? '';
  announce(on ? t('{title} is collapsed.', { title }) : t('{title} is open.', { title }));
  clearTimeout(timer);
  timer = setTimeout(save, SOON);
}

export async function toggleStar() {
  const on = !starred.peek();
  starred.value = on;
  announce(on ? t('This board is kept at hand.') : t('This board is not kept at hand any more.'));
  await send(on ? 'PUT' : 'DELETE', 'star', undefined, () => (starred.value = !on));
}

/** What she looks at, for the next time. @param {{ filter?: any, view?: string }} fields */
export function keepView(fields) {
  return send('PUT', 'view', fields);
}

function save() {
  const there = new Set(board.store.children('lists').peek());
  return send('PUT', 'view', { collapsed: [...collapsed.peek()].filter((list) => there.has(list)) });
}

/** @param {string} method @param {string} what @param {any} [body] @param {() => void} [back] */
async function send(method, what, body, back) {
  try {
    await request(method, `/boards/${board.id}/${what}`, { body });
  } catch (error) {
    back?.();
    // Without a network it is kept for as long as the page is open.
    if (error instanceof Refused) toast(t('Not done: {why}', { why: error.message }), { kind: 'problem' });
  }
}
