/** What an admin hands over (an invitation, a card, a link for a new password, a way to join) is shown once, ready to copy or print. */
import { longDay } from '../core/dates.js';
import { t } from '../core/i18n.js';
import { drawCode } from './qr.js';

/** @typedef {{ kind?: string, token: string, path: string, expires_at: string, sign_in_name?: string }} Given */

document.addEventListener('sent', (event) => {
  const source = /** @type {HTMLElement} */ (event.target);
  const { data } = /** @type {CustomEvent} */ (event).detail ?? {};
  /** @type {Given | undefined} */
  const given = data?.invitation ?? data?.card ?? (data?.token && data?.path ? data : undefined);
  const place = /** @type {HTMLElement | null} */ (
    source.parentElement?.querySelector('[data-given]') ?? document.querySelector('main [data-given]')
  );
  if (!given || !place) return;
  const name = data.name ?? source.dataset.name ?? '';
  place.replaceChildren(given.path.startsWith('/card') ? card(given, name) : link(given, name));
  place.hidden = false;
  if (source instanceof HTMLFormElement) source.hidden = true;
  /** @type {HTMLElement} */ (place.firstElementChild).focus();
});

/** @param {Given} given @param {string} name */
function link(given, name) {
  const shown = copyOf('given-link');
  /** @type {Record<string, string>} */
  const titles = {
    invitation: t('Send this invitation to {name}:', { name }),
    reset: t('Give this link to {name}; it is good for one hour:', { name }),
    join: t('Whoever has this link can join:'),
  };
  const kind = given.path.slice(1).split('#')[0];
  part(shown, 'title').textContent = titles[kind];
  /** @type {HTMLInputElement} */ (shown.querySelector('#given-address')).value = location.origin + given.path;
  part(shown, 'token').textContent = given.token;
  if (kind === 'join') part(shown, 'code').hidden = false;
  part(shown, 'until').textContent = longDay(given.expires_at);
  return shown;
}

/** @param {Given} given @param {string} name */
function card(given, name) {
  const shown = copyOf('given-card');
  part(shown, 'name').textContent = name;
  part(shown, 'token').textContent = given.token;
  part(shown, 'sign-in').textContent = given.sign_in_name ?? '';
  part(shown, 'until').textContent = longDay(given.expires_at);
  part(shown, 'picture').append(drawCode(location.origin + given.path));
  return shown;
}

/** @param {string} id */
function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/** @param {Element} within @param {string} name */
function part(within, name) {
  return /** @type {HTMLElement} */ (within.querySelector(`[data-given-${name}]`));
}
