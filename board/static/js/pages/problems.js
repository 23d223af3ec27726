/** What went wrong, at its field; what was typed stays where it is. */
import { announce } from '../core/announce.js';
import { Refused, Unreachable } from '../core/http.js';
import { t } from '../core/i18n.js';
import { say } from './say.js';

/** @param {HTMLFormElement} form @param {unknown} error */
export function showProblem(form, error) {
  const left = error instanceof Refused ? error.errors.filter((one) => !markField(form, one)) : [];
  const shown = error instanceof Refused && error.errors.length > 0 && left.length === 0;
  if (!shown) showLine(form, words(error));
  const first = /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid=true]'));
  first?.focus();
}

/** @param {HTMLFormElement} form */
export function hideProblem(form) {
  form.querySelector('[data-problem]')?.setAttribute('hidden', '');
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  for (const line of form.querySelectorAll('.field__error')) line.remove();
}

/** Where there is no form to show it in. @param {unknown} error */
export function showRefusal(error) {
  say(words(error), { kind: 'problem' });
}

/** @param {unknown} error */
export function words(error) {
  if (error instanceof Unreachable)
    return t('The server cannot be reached. What you typed is still here; try again in a moment.');
  if (!(error instanceof Refused)) throw error;
  if (error.status === 401 && document.querySelector('[data-sign-out]'))
    return t('You are signed out. Sign in again in another tab, then send this once more.');
  if (error.status === 412) return t('Somebody changed this in the meantime. Yours is still here: compare, then save.');
  return error.message;
}

/** @param {HTMLFormElement} form @param {{ field: string, message: string }} error */
function markField(form, { field, message }) {
  const found = form.elements.namedItem(field);
  const input = found instanceof RadioNodeList ? found[0] : found;
  if (!(input instanceof HTMLElement) || input.getAttribute('type') === 'hidden') return false;
  const line = document.createElement('span');
  line.className = 'field__error';
  line.id = `${input.id}-error`;
  line.textContent = message;
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-errormessage', line.id);
  (input.closest('.field') ?? input.parentElement)?.append(line);
  announce(message);
  return true;
}

/** @param {HTMLFormElement} form @param {string} text */
function showLine(form, text) {
  const line = form.querySelector('[data-problem]');
  if (!line) return showRefusal(new Refused(0, { detail: text }));
  /** @type {Element} */ (line.querySelector('[data-problem-words]')).textContent = text;
  line.removeAttribute('hidden');
  line.scrollIntoView({ block: 'nearest' });
}
