/** Short notices on pages that are drawn by the server. */

/** @param {string} text @param {{ kind?: 'note' | 'problem', action?: string, act?: () => void }} [options] */
export async function say(text, options = {}) {
  // Only a page that has something to say loads what draws it.
  const [{ html, render }, { toast, Toasts }] = await Promise.all([import('#ui'), import('../core/toast.js')]);
  const place = document.getElementById('toasts');
  if (place) render(html`<${Toasts} />`, place);
  toast(text, options);
}
