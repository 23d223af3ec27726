/**
 * What was typed and not sent, by place. It outlives the page in this tab, except on a shared computer, where nothing may stay; signing out clears
 * the rest.
 */
import { keepUnsent } from '../core/unsent.js';
import { board } from './context.js';

/** @type {Map<string, string>} */
const typed = new Map();

/** @param {string} place */
export function draftOf(place) {
  const known = typed.get(place);
  if (known !== undefined) return known;
  try {
    return sessionStorage.getItem(key(place)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} place @param {string} text */
export function keepDraft(place, text) {
  typed.set(place, text);
  keepUnsent('draft', place, text ? { text } : null);
  if (board.shared) return;
  try {
    sessionStorage.setItem(key(place), text);
  } catch {
    // Full, or forbidden: then it lives as long as the page.
  }
}

/** @param {string} place */
export function dropDraft(place) {
  typed.delete(place);
  keepUnsent('draft', place, null);
  try {
    sessionStorage.removeItem(key(place));
  } catch {
    // Nothing was kept there.
  }
}

/** It comes back from the server. @param {string} place @param {string} text */
export function restoreDraft(place, text) {
  typed.set(place, text);
}

/** Is something typed here that would be lost with the page? */
export function hasUnsent() {
  return Boolean(board.shared) && [...typed.values()].some((text) => text.trim());
}

/** @param {string} place */
function key(place) {
  return `draft ${board.me.id} ${place}`;
}
