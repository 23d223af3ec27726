/**
 * What is typed and not sent yet. On a shared computer nothing may stay, so it goes to the server as one types, for its writer alone; on her own
 * computer it goes there when she signs out. It is read again where she comes back, and dropped there when it is sent.
 */
import { Refused, request } from './http.js';

/** @typedef {{ text: string, base?: string, version?: number }} Typed `base`: the saved text that it changes, of that version */
/** @typedef {{ kind: string, key: string, text: string, base: string | null, version: number | null, path: string | null }} Kept */

const PAUSE = 1200;
const AGAIN = 5000;
const PATIENCE = 6000;

/** All that is typed and not sent on this page, by place. @type {Map<string, Typed>} */
const typed = new Map();
/** What the server has not been told yet; null: that it is gone. @type {Map<string, Typed | null>} */
const waiting = new Map();
/** Places of which the server keeps a text. @type {Set<string>} */
const there = new Set();
let shared = false;
let leaving = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Promise<void> | null} */
let sending = null;

/** @param {boolean} on whether this computer is shared */
export function beginUnsent(on) {
  shared = on;
  // The page may never be seen again after this.
  addEventListener('visibilitychange', () => document.hidden && waiting.size > 0 && send());
}

/** @param {string} kind @param {string} key @param {Typed | null} what null: it was sent, or given up */
export function keepUnsent(kind, key, what) {
  const place = placeOf(kind, key);
  if (what) typed.set(place, what);
  else typed.delete(place);
  if (what ? !shared && !there.has(place) : !there.has(place) && !waiting.has(place)) return;
  waiting.set(place, what);
  clearTimeout(timer);
  timer = setTimeout(send, what ? PAUSE : 0);
}

/** What the server keeps. @returns {Promise<Kept[]>} */
export async function readUnsent() {
  const { data } = await request('GET', '/me/drafts', { signal: AbortSignal.timeout(PATIENCE) });
  return data.map((/** @type {any} */ row) => {
    there.add(row.place);
    const [kind, ...rest] = row.place.split('.');
    return { ...row, kind, key: decoded(rest.join('.')) };
  });
}

/** Before signing out: all of it goes to the server. Whether it is there. @returns {Promise<boolean>} */
export async function sendUnsent() {
  for (const [place, what] of typed) if (!there.has(place) || waiting.has(place)) waiting.set(place, what);
  clearTimeout(timer);
  if (waiting.size) await Promise.race([send(), new Promise((after) => setTimeout(after, PATIENCE))]);
  return waiting.size === 0;
}

/** From here on the page goes without a question. */
export function leaveForGood() {
  leaving = true;
}

export function isLeaving() {
  return leaving;
}

/** Whether all that is typed on this page stands on the server. */
export function isKept() {
  return shared && !waiting.size && !sending;
}

function send() {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll() {
  while (waiting.size) {
    const [place, what] = /** @type {[string, Typed | null]} */ (waiting.entries().next().value);
    waiting.delete(place);
    try {
      if (what) {
        there.add(place);
        await request('PUT', '/me/drafts', { body: { place, ...what, path: location.pathname } });
      } else {
        await request('DELETE', `/me/drafts?place=${encodeURIComponent(place)}`);
        there.delete(place);
      }
    } catch (error) {
      // What is refused would be refused again: it is on the page still.
      if (error instanceof Refused && error.status !== 429) continue;
      if (!waiting.has(place)) waiting.set(place, what);
      if (!leaving) timer = setTimeout(send, AGAIN);
      return;
    }
  }
}

/** @param {string} kind @param {string} key */
function placeOf(kind, key) {
  const plain = key.replace(/[^A-Za-z0-9 _-]/g, (sign) => `~${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${kind}.${plain}`;
}

/** @param {string} plain */
function decoded(plain) {
  return plain.replace(/~([0-9a-f]{4})/g, (_whole, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
