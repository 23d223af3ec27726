/** My settings: single letters as keys or not, and a new token, which is shown once. */
import { setLetters, usesLetters } from '../core/keys.js';

const letters = /** @type {HTMLInputElement | null} */ (document.getElementById('letters'));
if (letters) {
  letters.checked = usesLetters();
  letters.disabled = false;
  letters.addEventListener('change', () => setLetters(letters.checked));
}

document.getElementById('make-token')?.addEventListener('sent', (event) => {
  const { data } = /** @type {CustomEvent} */ (event).detail;
  const given = /** @type {HTMLElement} */ (document.getElementById('token-given'));
  /** @type {HTMLInputElement} */ (document.getElementById('token-secret')).value = data.token;
  given.hidden = false;
  given.focus();
  /** @type {HTMLFormElement} */ (event.target).reset();
});
