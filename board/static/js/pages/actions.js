/**
 * My own actions on a page that the server drew: a tick, and the answer to being asked. Nothing jumps: a line stays where it is, changed, until
 * the page is opened again; and each can be taken back, at the line and in the notice.
 */
import { announce } from '../core/announce.js';
import { newOp, Refused } from '../core/http.js';
import { t } from '../core/i18n.js';
import { showRefusal } from './problems.js';
import { send } from './reauth.js';
import { say } from './say.js';

const me = JSON.parse(document.getElementById('boot')?.textContent ?? '{}').me?.id;

export function followActions() {
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest?.('[data-action]'));
    if (!row) return;
    if (target.closest('[data-tick]')) tick(row);
    else if (target.closest('[data-yes]')) answer(row, true);
    else if (target.closest('[data-no]')) answer(row, false);
  });
}

/** @param {HTMLElement} row */
async function tick(row) {
  const done = row.dataset.done === undefined;
  const values = { title: row.dataset.title ?? '' };
  const op = newOp();
  show(row, done);
  const kept = await attempt(row, done ? 'PUT' : 'DELETE', `${row.dataset.path}/done`, op);
  if (!kept) return show(row, !done);
  if (done) say(t('Done: {title}', values), { action: t('Undo'), act: () => undo(row, op, () => show(row, false)) });
  else announce(t('Open again: {title}', values));
}

/** @param {HTMLElement} row @param {boolean} yes */
async function answer(row, yes) {
  const op = newOp();
  const kept = await attempt(row, yes ? 'PUT' : 'DELETE', `${row.dataset.path}/owners/${me}`, op);
  if (!kept) return;
  answered(row, yes ? t('It is yours now.') : t('You said: not me.'), yes);
  say(yes ? t('It is yours now.') : t('You said: not me.'), {
    action: t('Undo'),
    act: () => undo(row, op, () => answered(row, '', false)),
  });
}

/** @param {HTMLElement} row @param {string} words empty: she is asked again @param {boolean} hers */
function answered(row, words, hers) {
  const said = /** @type {HTMLElement} */ (row.querySelector('[data-said]'));
  const buttons = /** @type {HTMLElement} */ (row.querySelector('[data-answer]'));
  const ticking = /** @type {HTMLElement | null} */ (row.querySelector('[data-tick]'));
  said.textContent = words;
  said.hidden = !words;
  buttons.hidden = words !== '';
  row.toggleAttribute('data-declined', words !== '' && !hers);
  if (ticking) ticking.hidden = !hers;
  /** @type {HTMLElement | null} */ (row.querySelector('.action__sign'))?.toggleAttribute('hidden', hers);
  const next = hers ? ticking : words ? row.querySelector('.action__title') : buttons.querySelector('button');
  /** @type {HTMLElement | null} */ (next)?.focus({ preventScroll: true });
}

/** @param {HTMLElement} row @param {boolean} done */
function show(row, done) {
  if ((row.dataset.done !== undefined) === done) return;
  row.toggleAttribute('data-done', done);
  row.querySelector('[data-tick]')?.setAttribute('aria-pressed', String(done));
  for (const left of document.querySelectorAll('[data-left]'))
    left.textContent = String(Number(left.textContent) + (done ? -1 : 1));
}

/** @param {HTMLElement} row @param {string} op @param {() => void} back */
async function undo(row, op, back) {
  if (await attempt(row, 'PUT', `/ops/${op}/undone`, newOp())) {
    back();
    announce(t('Taken back.'));
  }
}

/** Whether the server has it. @param {HTMLElement} row @param {string} method @param {string} path @param {string} op */
async function attempt(row, method, path, op) {
  if (row.getAttribute('aria-busy') === 'true') return false;
  row.setAttribute('aria-busy', 'true');
  try {
    await send(method, path, { op });
    return true;
  } catch (error) {
    showRefusal(
      error instanceof Refused && error.status === 404
        ? new Refused(404, { detail: t('This card is not there any more.') })
        : error,
    );
    return false;
  } finally {
    row.removeAttribute('aria-busy');
  }
}
