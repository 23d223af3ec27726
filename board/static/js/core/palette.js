/** What the command palette knows of this page. The palette itself is fetched when it is opened for the first time. */

import { t } from './i18n.js';
import { addKeys, isLetter } from './keys.js';

/** @typedef {{ id: string, title: string, icon?: string, keys?: string[], act: () => void, when?: () => boolean }} Command */
/** @typedef {{ href: string, title: string, where: string, icon: string }} Visit */

const VISITS = 'staffroom-visits';
const MOST = 6;

/** @type {Set<Command[]>} */
const commands = new Set();
/** Goes to an address without loading the page anew, where this page can. @type {(href: string) => boolean} */
let follow = () => false;

/** Commands of this page. @param {Command[]} more @returns {() => void} takes them away again */
export function register(...more) {
  commands.add(more);
  return () => commands.delete(more);
}

/** Those that mean something now; what came last is nearest to what somebody does here. @returns {Command[]} */
export function registered() {
  return [...commands]
    .reverse()
    .flat()
    .filter((command) => command.when?.() ?? true);
}

/** @param {(href: string) => boolean} how says whether it went there */
export function goesBy(how) {
  follow = how;
}

/** @param {string} href */
export function go(href) {
  if (!follow(href)) location.assign(href);
}

/** What is typed before it is there, on a slow line, is meant for it. @param {{ text?: string, kind?: string }} [options] */
export async function openPalette({ text = '', kind } = {}) {
  let typed = text;
  const hold = (/** @type {KeyboardEvent} */ event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed += event.key;
  };
  addEventListener('keydown', hold, { capture: true });
  try {
    const { open } = await import('../search/palette.js');
    open({ text: typed, kind });
  } finally {
    removeEventListener('keydown', hold, { capture: true });
  }
}

export async function openSheet() {
  const { open } = await import('../search/sheet.js');
  open();
}

/** What was opened last, for the time of this session; on a shared computer nothing is kept. @param {Visit} visit */
export function remember(visit) {
  if (isShared()) return;
  const others = visits().filter(({ href }) => href !== visit.href);
  keep(VISITS, [visit, ...others].slice(0, MOST));
}

/** @returns {Visit[]} */
export function visits() {
  return kept(VISITS);
}

/** @param {string} name @returns {any[]} */
export function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '[]');
  } catch {
    return [];
  }
}

/** @param {string} name @param {any[]} values */
export function keep(name, values) {
  try {
    if (!isShared()) sessionStorage.setItem(name, JSON.stringify(values));
  } catch {
    // Full or forbidden: then nothing is remembered.
  }
}

function isShared() {
  return Boolean(JSON.parse(document.getElementById('boot')?.textContent ?? '{}').shared);
}

/** The keys and buttons that open it, on every page of somebody who is signed in. */
export function listen() {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  addKeys(() => ({
    title: t('Anywhere'),
    keys: [
      { what: t('Search, go anywhere, do anything'), keys: [isMac ? '⌘ K' : 'Ctrl + K'] },
      { what: t('Search'), keys: ['/'], letter: true },
      { what: t('Go to a board'), keys: ['b'], letter: true },
      { what: t('This sheet'), keys: ['?'], letter: true },
    ],
  }));
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openPalette();
    } else if (isLetter(event)) letter(event);
  });
  document.addEventListener('click', (event) => {
    const opener = /** @type {Element} */ (event.target).closest?.('[data-palette]');
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openPalette();
  });
}

/** @param {KeyboardEvent} event */
function letter(event) {
  /** @type {Record<string, () => void>} */
  const known = { '/': () => openPalette(), b: () => openPalette({ kind: 'board' }), '?': openSheet };
  const act = known[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
