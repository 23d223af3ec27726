/** The focus stays where it is, whatever other people's changes do to the elements around it. */

/**
 * Run a change of the page; if the focused element was moved or made anew by it, the focus goes back there.
 * @param {() => void} change which draws before it returns, or in the next microtask
 */
export function keepFocus(change) {
  const held = document.activeElement;
  if (!held || held === document.body) return change();
  const card = held instanceof HTMLElement ? held.closest('[data-card]')?.getAttribute('data-card') : null;
  const marks = selection(held);
  change();
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    if (held.isConnected) {
      /** @type {HTMLElement} */ (held).focus({ preventScroll: true });
      if (marks) /** @type {HTMLInputElement} */ (held).setSelectionRange(...marks);
    } else if (card) focusCard(Number(card), { preventScroll: true });
  });
}

/** In whichever view it stands; where the focus is in its row already, it stays. @param {number} id @param {FocusOptions} [options] */
export function focusCard(id, options) {
  if (document.activeElement?.closest(`[data-grid-card="${id}"]`)) return true;
  const faces = document.querySelectorAll(`[data-card="${id}"] .card__open, [data-keyed="${id}"]`);
  const face = [...faces].find((one) => one.checkVisibility());
  if (face instanceof HTMLElement) face.focus(options);
  return Boolean(face);
}

/** @param {Element} element @returns {[number, number] | null} */
function selection(element) {
  if (!(element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement)) return null;
  const { selectionStart, selectionEnd } = element;
  return selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd];
}
