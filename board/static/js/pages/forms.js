/**
 * Forms and buttons that say in their own markup what they send:
 *   <form data-send="POST /groups" data-then="/groups/{id}">   fields by name; data-kind="bool | int | list" where it is not text
 *   <button data-send="DELETE /sessions/7" data-then="reload" data-sure="End it?">
 * `data-undo`: what was said offers to take it back.
 * `data-then`: an address, with fields of the answered record; `reload`; nothing: an event `sent` with the answer.
 */
import { announce } from '../core/announce.js';
import { newOp, Refused } from '../core/http.js';
import { t } from '../core/i18n.js';
import { leave } from './leave.js';
import { hideProblem, showProblem, showRefusal } from './problems.js';
import { send } from './reauth.js';
import { say } from './say.js';
import { sayNext } from './say-next.js';

const SURE_FOR = 6000;

export function followForms() {
  document.addEventListener('submit', async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.send) return;
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    hideProblem(form);
    await busy(form, async () => {
      try {
        // The same key for the same content: an answer that got lost is asked for again, not done twice.
        const body = values(form);
        const content = JSON.stringify(body);
        if (form.dataset.content !== content) Object.assign(form.dataset, { content, op: newOp() });
        const version = form.dataset.version ? Number(form.dataset.version) : undefined;
        const [method, pattern] = /** @type {string} */ (form.dataset.send).split(' ');
        // A field that stands in the path is not part of the body.
        const path = pattern.replace(/\{(\w+)\}/g, (_, name) => String(body[name]));
        for (const [, name] of pattern.matchAll(/\{(\w+)\}/g)) delete body[name];
        const answer = await send(method, path, { body, op: form.dataset.op, ifMatch: version });
        delete form.dataset.content;
        go(form, answer, form.dataset.op);
      } catch (error) {
        if (error instanceof Refused) delete form.dataset.content;
        showProblem(form, error);
      }
    });
  });
}

export function followButtons() {
  document.addEventListener('click', async (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement | null} */ (target.closest?.('button'));
    if (!button) return;
    if (button.dataset.signOut !== undefined) leave();
    else if (button.dataset.back !== undefined) history.back();
    else if (button.dataset.show) reveal(button);
    else if (button.dataset.copy) copy(button);
    else if (button.dataset.print !== undefined) print();
    else if (button.dataset.send) {
      event.preventDefault();
      if (button.getAttribute('aria-busy') !== 'true' && sure(button)) await press(button);
    } else openDialog(event, button);
  });
}

/** What a form holds, as the API wants it. @param {HTMLFormElement} form */
export function values(form) {
  /** @type {Record<string, any>} */
  const body = {};
  for (const field of /** @type {Iterable<HTMLInputElement>} */ (/** @type {any} */ (form.elements))) {
    if (!field.name || field.disabled || field.type === 'submit' || (field.type === 'radio' && !field.checked))
      continue;
    const kind = field.dataset.kind;
    if (kind === 'list' || kind === 'joined') {
      body[field.name] ??= [];
      if (field.checked) body[field.name].push(field.value);
    } else if (kind === 'bool') body[field.name] = field.type === 'checkbox' ? field.checked : field.value === 'true';
    else if (field.value === '' && field.dataset.empty === 'null') body[field.name] = null;
    else if (field.value === '' && field.dataset.empty !== 'keep') continue;
    else body[field.name] = kind === 'int' ? Number(field.value) : field.value;
  }
  for (const field of form.querySelectorAll('[data-kind=joined]')) {
    const name = /** @type {HTMLInputElement} */ (field).name;
    if (Array.isArray(body[name])) body[name] = body[name].join('') || null;
  }
  return body;
}

/** @param {HTMLElement} element @param {() => Promise<void>} work */
export async function busy(element, work) {
  const button = element instanceof HTMLFormElement ? element.querySelector('button:not([type=button])') : element;
  for (const one of [element, button]) one?.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    for (const one of [element, button]) one?.removeAttribute('aria-busy');
  }
}

/** @param {HTMLElement} source @param {any} answer @param {string} [op] */
function go(source, answer, op) {
  const { then, said, undo } = source.dataset;
  source.dispatchEvent(new CustomEvent('sent', { bubbles: true, detail: answer }));
  if (then === undefined) {
    if (said) say(said);
    return;
  }
  // What changed nothing has nothing to take back.
  if (said) sayNext(said, undo !== undefined && answer.events.length ? op : undefined);
  if (then === 'reload') location.reload();
  else location.assign(then.replace(/\{(\w+)\}/g, (_, name) => String(answer.data[name])));
}

/** @param {HTMLElement} button */
async function press(button) {
  await busy(button, async () => {
    const [method, path] = /** @type {string} */ (button.dataset.send).split(' ');
    const body = button.dataset.body ? JSON.parse(button.dataset.body) : method === 'POST' ? {} : undefined;
    const op = newOp();
    try {
      go(button, await send(method, path, { body, op }), op);
    } catch (error) {
      showRefusal(error);
    }
  });
}

/** What cannot be undone asks once more, in its own place. @param {HTMLElement} button */
function sure(button) {
  if (!button.dataset.sure || button.dataset.asked) return true;
  const words = button.querySelector('span') ?? button;
  const before = words.textContent;
  button.dataset.asked = 'yes';
  words.textContent = button.dataset.sure;
  announce(button.dataset.sure);
  setTimeout(() => {
    delete button.dataset.asked;
    words.textContent = before;
  }, SURE_FOR);
  return false;
}

/** @param {HTMLElement} button */
function reveal(button) {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.show ?? ''));
  if (!field) return;
  const shown = field.type === 'password';
  field.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(shown));
}

/** @param {HTMLElement} button */
async function copy(button) {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.copy ?? ''));
  if (!field) return;
  field.select();
  // On plain http with a name of the local network there is no clipboard: then it is at least selected.
  try {
    await navigator.clipboard.writeText(field.value);
    say(t('Copied.'));
  } catch {
    say(t('It is selected: copy it with your keyboard.'));
  }
}

/** For browsers that do not know `command` yet. @param {Event} event @param {HTMLElement} button */
function openDialog(event, button) {
  if ('commandForElement' in HTMLButtonElement.prototype) return;
  const dialog = document.getElementById(button.getAttribute('commandfor') ?? '');
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  if (button.getAttribute('command') === 'close') dialog.close();
  else dialog.showModal();
}
