/** Short notices at the foot of the page, with a way back. */
import { html, signal } from '#ui';
import { announce } from './announce.js';
import { t } from './i18n.js';
import { icon } from './icon.js';

/** @typedef {{ key: number, text: string, action?: string, act?: () => void, kind: 'note' | 'problem', stay?: boolean }} Toast */

const SHOWN = 8000;
let last = 0;

/** @type {import('#ui').Signal<Toast[]>} */
const toasts = signal([]);

/** @param {string} text @param {{ action?: string, act?: () => void, kind?: 'note' | 'problem', stay?: boolean }} [options] */
export function toast(text, { action, act, kind = 'note', stay = false } = {}) {
  const key = ++last;
  // One at a time: the newest is the one that somebody wants back. What must be read stays.
  toasts.value = [...toasts.value.filter((other) => other.stay), { key, text, action, act, kind, stay }];
  announce(text);
  if (!stay) wait(key);
  return () => dismiss(key);
}

/** @param {number} key */
function dismiss(key) {
  toasts.value = toasts.value.filter((other) => other.key !== key);
}

export function Toasts() {
  return html`<div class="toasts">
    ${toasts.value.map(
      ({ key, text, action, act, kind }) => html`<div key=${key} class=${`toast toast--${kind}`} data-toast=${key}>
        <span class="toast__text" dir="auto">${text}</span>
        ${
          action &&
          html`<button
            type="button"
            class="toast__action"
            onClick=${() => {
              dismiss(key);
              act?.();
            }}
          >
            ${action}
          </button>`
        }
        <button type="button" class="toast__close" aria-label=${t('Close this notice')} onClick=${() => dismiss(key)}>${icon('x')}</button>
      </div>`,
    )}
  </div>`;
}

/** It goes by itself, but never from under a pointer or the focus. @param {number} key */
function wait(key) {
  setTimeout(() => {
    const shown = document.querySelector(`[data-toast="${key}"]`);
    if (shown?.matches(':hover, :focus-within')) wait(key);
    else dismiss(key);
  }, SHOWN);
}
