/** A picture from the one sheet of icons. It says nothing by itself: the words stand beside it or in a label. */
import { html } from '#ui';

const SHEET = new URL('../../icons/sprite.svg', import.meta.url).pathname;

/** @param {string} name @param {string} [extra] class */
export function icon(name, extra = '') {
  return html`<svg class=${`icon ${extra}`} aria-hidden="true" focusable="false"><use href=${`${SHEET}#${name}`}></use></svg>`;
}
