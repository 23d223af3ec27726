/** An invitation, a way to join, a new password: what the link is for is asked first; that does not use it up. */
import { request } from '../core/http.js';
import { t } from '../core/i18n.js';
import { words } from './problems.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('form[data-link]'));
const kind = form.dataset.link;
const lead = /** @type {HTMLElement} */ (document.querySelector('[data-lead]'));
const byHand = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-code]'));

byHand?.addEventListener('submit', (event) => {
  event.preventDefault();
  look(String(new FormData(byHand).get('code')));
});

const secret = decodeURIComponent(location.hash.slice(1));
if (secret) look(secret);
else if (byHand) {
  lead.textContent = t('Type the code that your school gave you.');
  byHand.hidden = false;
  byHand.querySelector('input')?.focus();
} else over(t('The address is not whole: it ends after the # sign. Copy all of it.'));

/** @param {string} token */
async function look(token) {
  try {
    const { data } = await request('POST', '/links/look', { body: { token } });
    if (data.kind !== kind) return over(t('This link is for something else.'));
    show(token, data);
  } catch (error) {
    over(words(error));
  }
}

/** @param {string} token @param {{ school: string, name?: string, email?: string, has_password?: boolean }} link */
function show(token, link) {
  /** @type {Record<string, string>} */
  const leads = {
    invitation: t('{school} invites you to its staffroom.', { school: link.school }),
    join: t('{school} invites you to its staffroom.', { school: link.school }),
    reset: t('For {name}. Everywhere else you will be signed out.', { name: link.name ?? '' }),
  };
  lead.textContent = leads[form.dataset.link ?? ''];
  fill('token', token);
  if (link.name) fill('name', link.name);
  const user = /** @type {HTMLInputElement | null} */ (form.querySelector('[data-username]'));
  if (user) user.value = link.email ?? '';
  if (link.has_password) ownPassword();
  if (byHand) byHand.hidden = true;
  form.hidden = false;
  const empty = [...form.querySelectorAll('input')].find((input) => input.offsetParent && !input.value);
  empty?.focus();
}

/** Who has an account already comes in with the password she has. */
function ownPassword() {
  const hint = document.getElementById('f-password-hint');
  if (hint) hint.textContent = t('You have an account with this address: give its password.');
  document.getElementById('f-password')?.setAttribute('autocomplete', 'current-password');
}

/** @param {string} name @param {string} value */
function fill(name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}

/** @param {string} why */
function over(why) {
  lead.textContent = '';
  if (byHand) byHand.hidden = true;
  /** @type {HTMLElement} */ (document.querySelector('[data-over-words]')).textContent = why;
  /** @type {HTMLElement} */ (document.querySelector('[data-over]')).hidden = false;
}
