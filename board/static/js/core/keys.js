/** Keys, in one register for all pages: who listens to a key tells the sheet of it. Single letters can be switched off (WCAG 2.1.4). */

/** @typedef {{ what: string, keys: string[], letter?: boolean }} Key a single letter works only where letters are keys */
/** @typedef {{ title: string, keys: Key[] }} Group */

/** @type {Set<() => Group>} */
const groups = new Set();

/** @param {() => Group} group asked when the sheet is opened @returns {() => void} takes it away again */
export function addKeys(group) {
  groups.add(group);
  return () => groups.delete(group);
}

/** What works on this page, in the order in which it was told; groups of the same title are one. @returns {Group[]} */
export function allKeys() {
  /** @type {Map<string, Group>} */
  const found = new Map();
  for (const { title, keys } of [...groups].map((group) => group())) {
    found.set(title, { title, keys: [...(found.get(title)?.keys ?? []), ...keys] });
  }
  return [...found.values()];
}

/** Single letters can be switched off: they get in the way of speech input and of some hands. */
export function usesLetters() {
  try {
    return localStorage.getItem('staffroom-letters') !== 'off';
  } catch {
    return true;
  }
}

/**
 * What is carried by keys is drawn anew at each step, and until the next frame nothing has the focus: a key that is quicker than that is heard here.
 * @param {() => any} carried @param {(event: KeyboardEvent) => void} carry
 */
export function hearWhile(carried, carry) {
  addEventListener('keydown', (event) => {
    if (event.target instanceof Element && event.target.matches('body, dialog') && carried()) carry(event);
  });
}

/** @param {boolean} on */
export function setLetters(on) {
  try {
    localStorage.setItem('staffroom-letters', on ? 'on' : 'off');
  } catch {
    // Kept for this page only, then.
  }
}

/** Whether a single letter is a command now: nothing is being typed, and nothing lies over the page. @param {KeyboardEvent} event */
export function isLetter(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !usesLetters()) return false;
  const { target } = event;
  if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return false;
  return !document.querySelector('dialog[open], [popover]:popover-open');
}
