/** What can be done with a card, from its face or its dialog, and "Move to…": dragging without dragging. */
import { html, signal, useState } from '#ui';
import { announce } from '../core/announce.js';
import { focusCard } from '../core/focus.js';
import { t } from '../core/i18n.js';
import { archiveCard, binCard, moveCard, setDone } from './commands.js';
import { board, cardAddress, may } from './context.js';
import { growTo } from './growth.js';
import { closeMenu, openMenu, openPopup } from './menu.js';
import { closeCard, openCard } from './open-card.js';
import { openOtherBoard } from './other-board.js';
import { isSelected, maySelect, picking, toggle } from './selection.js';
import { openWhen } from './when-popup.js';

/** The card whose title is being changed where it stands. @type {import('#ui').Signal<number | null>} */
export const renaming = signal(null);

/** @param {number} id @param {HTMLElement} anchor */
export function cardMenu(id, anchor) {
  const card = board.store.peek('cards', id);
  if (!card) return;
  const inDialog = Boolean(anchor.closest('dialog'));
  /** @type {import('./menu.js').Choice[]} */
  const choices = [];
  if (!inDialog)
    choices.push({ label: t('Open'), icon: 'square-arrow-out-up-right', act: () => openCard(id), hint: 'Enter' });
  // The calendar has no place to write a title in.
  if (!anchor.closest('dialog, .calendar') && may('cards', 'change_card'))
    choices.push({ label: t('Rename'), icon: 'pencil', act: () => rename(id), hint: 't' });
  if (!inDialog && id > 0 && maySelect())
    choices.push({
      label: isSelected(id).peek() ? t('Do not select') : t('Select'),
      icon: 'square-check',
      act: () => pick(id),
      hint: 'x',
    });
  if (may('cards', 'move_card'))
    choices.push({ label: t('Move to…'), icon: 'arrow-right', act: () => openMove(id, anchor) });
  if (!inDialog && id > 0 && may('cards', 'change_card'))
    choices.push({ label: t('Due…'), icon: 'calendar-plus', act: () => openWhen(id, anchor) });
  if (may('cards', card.done ? 'reopen_card' : 'finish_card')) {
    choices.push({
      label: card.done ? t('Not done yet') : t('Mark as done'),
      icon: 'circle-check',
      act: () => setDone(id, !card.done),
    });
  }
  if (id > 0 && may('cards', 'copy_card'))
    choices.push({
      label: t('Copy…'),
      icon: 'copy',
      act: () => import('./copies.js').then((found) => found.offerCopy(id, anchor)),
    });
  choices.push({ label: t('Copy address'), icon: 'link', act: () => copyAddress(id) });
  if (inDialog) choices.push({ label: t('Print'), icon: 'printer', act: () => setTimeout(() => print(), 50) });
  if (may('cards', 'archive_card'))
    choices.push({ label: t('Archive'), icon: 'archive', act: () => away(id, archiveCard, inDialog) });
  if (may('cards', 'bin_card'))
    choices.push({ label: t('Delete'), icon: 'trash-2', danger: true, act: () => away(id, binCard, inDialog) });
  openMenu(anchor, t('Card'), choices);
}

/** From here on a tap selects. @param {number} id */
function pick(id) {
  picking.value = true;
  toggle(id);
}

/** @param {number} id */
export function rename(id) {
  renaming.value = id;
}

/** @param {number} id @param {HTMLElement} anchor */
export function openMove(id, anchor) {
  openPopup(anchor, t('Move to…'), () => html`<${Move} id=${id} anchor=${anchor} />`);
}

/** @param {{ id: number, anchor: HTMLElement }} props */
function Move({ id, anchor }) {
  const card = board.store.item('cards', id).value;
  const lists = board.store.children('lists').value;
  const [list, setList] = useState(card?.list_id);
  const others = board.store.children('cards', list).value.filter((other) => other !== id);
  const here = board.store.children('cards', card?.list_id).value.indexOf(id);
  const [place, setPlace] = useState(String(here));
  if (!card) return null;
  const at = Math.min(Number(place), others.length);
  return html`<form
    class="form"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      closeMenu();
      moveCard(id, list, { after: others[at - 1], before: others[at] });
      growTo(list, at + 1);
      const values = {
        title: card.title,
        list: board.store.peek('lists', list)?.title ?? '',
        place: at + 1,
        count: others.length + 1,
      };
      announce(t('{title} moved to {list}, position {place} of {count}.', values));
      requestAnimationFrame(() => focusCard(id));
    }}
  >
    <label class="field"
      ><span class="field__label">${t('List')}</span>
      <select
        class="input"
        autofocus
        value=${String(list)}
        onChange=${(/** @type {any} */ event) => {
          const next = Number(event.currentTarget.value);
          setList(next);
          setPlace(String(next === card.list_id ? here : board.store.children('cards', next).peek().length));
        }}
      >
        ${lists.map((other) => html`<option key=${other} value=${String(other)}>${board.store.peek('lists', other)?.title}</option>`)}
      </select>
    </label>
    <label class="field"
      ><span class="field__label">${t('Position')}</span>
      <select class="input" value=${String(at)} onChange=${(/** @type {any} */ event) => setPlace(event.currentTarget.value)}>
        ${Array.from({ length: others.length + 1 }, (_, n) => html`<option key=${n} value=${String(n)}>${positionName(n, others.length)}</option>`)}
      </select>
    </label>
    <div class="editor__row">
      <button class="button button--primary" type="submit">${t('Move')}</button>
      <button
        class="button"
        type="button"
        onClick=${() => {
          closeMenu();
          openOtherBoard(id, anchor, () => anchor.closest('dialog') && closeCard());
        }}
      >
        ${t('Another board…')}
      </button>
    </div>
  </form>`;
}

/** @param {number} n @param {number} last */
function positionName(n, last) {
  if (n === 0) return t('1 (top)');
  return n === last ? t('{place} (bottom)', { place: n + 1 }) : String(n + 1);
}

/** @param {number} id @param {(id: number) => any} verb @param {boolean} inDialog */
function away(id, verb, inDialog) {
  const next = neighbour(id);
  if (inDialog) closeCard();
  verb(id);
  if (!inDialog && next) requestAnimationFrame(() => focusCard(next));
}

/** @param {number} id */
export function neighbour(id) {
  const ids = board.store.children('cards', board.store.peek('cards', id)?.list_id).peek();
  const at = ids.indexOf(id);
  return ids[at + 1] ?? ids[at - 1];
}

/** @param {import('../core/types.js').Item} card */
export function shortAddress({ number }) {
  return `/c/${number}`;
}

/** The clipboard is missing on plain http: then the address is selected for copying by hand. @param {number} id */
export async function copyAddress(id) {
  const card = board.store.peek('cards', id);
  const address = location.origin + (card?.number ? shortAddress(card) : cardAddress(id));
  try {
    await navigator.clipboard.writeText(address);
    announce(t('Address copied.'));
  } catch {
    prompt(t('The address of this card:'), address);
  }
}
