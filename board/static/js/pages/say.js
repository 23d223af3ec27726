/** Short notices on pages that are drawn by the server; one can be kept for the page that comes next. */

const KEPT = 'said';

/** @param {string} text @param {{ kind?: 'note' | 'problem', action?: string, act?: () => void }} [options] */
export async function say(text, options = {}) {
  // Only a page that has something to say loads what draws it.
  const [{ html, render }, { toast, Toasts }] = await Promise.all([import('#ui'), import('../core/toast.js')]);
  const place = document.getElementById('toasts');
  if (place) render(html`<${Toasts} />`, place);
  toast(text, options);
}

/** @param {string} text */
export function sayNext(text) {
  sessionStorage.setItem(KEPT, text);
}

export function sayKept() {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (text) say(text);
}
