/** What can be done with the cards that are selected: a bar at the foot of the board, while there are any. */
import { html, useEffect, useState } from '#ui';
import { focusCard } from '../core/focus.js';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { board } from './context.js';
import { growTo } from './growth.js';
import { archiveMany, dateMany, finishMany, handOut, labelMany, moveMany } from './many.js';
import { closeMenu, openPopup } from './menu.js';
import { PeoplePicker } from './people-picker.js';
import { clearSelection, picking, selected } from './selection.js';

/** @import { Item } from '../core/types.js' */

export function SelectionBar() {
  const ids = selected.value;
  const shown = ids.length > 0 || picking.value;
  useEffect(() => {
    if (!shown) return undefined;
    const onEscape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('dialog[open], [popover]:popover-open, [data-lifted]')) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
      end();
    };
    addEventListener('keydown', onEscape);
    return () => removeEventListener('keydown', onEscape);
  }, [shown]);
  if (!shown) return null;
  const done = ids.length > 0 && ids.every((id) => board.store.item('cards', id).value?.done);
  const none = !ids.length;
  return html`<section class="selection" aria-label=${t('Selected cards')}>
    <p class="selection__count"><strong>${ids.length}</strong> <span>${tn(ids.length, 'card selected', 'cards selected')}</span></p>
    <div class="selection__verbs">
      ${verb('arrow-right', t('Move to…'), none, openMoveMany, 'data-move')}
      ${verb('tag', t('Labels'), none, (/** @type {HTMLElement} */ anchor) => openPopup(anchor, t('Labels'), () => html`<${LabelsOf} />`))}
      ${verb('user-plus', t('Owners'), none, (/** @type {HTMLElement} */ anchor) => openPopup(anchor, t('Owners'), () => html`<${OwnersOf} />`))}
      ${verb('calendar', t('Due'), none, (/** @type {HTMLElement} */ anchor) => openPopup(anchor, t('Due'), () => html`<${DueOf} />`))}
      ${verb('circle-check', done ? t('Not done') : t('Done'), none, () => finishMany(selected.peek(), !done))}
      ${verb('archive', t('Archive'), none, archiveSelected)}
    </div>
    <button type="button" class="tool selection__end" aria-label=${t('End the selection')} title=${t('End the selection (Esc)')} onClick=${end}>${icon('x')}</button>
  </section>`;
}

/** @param {HTMLElement} [anchor] */
export function openMoveMany(anchor) {
  const button = anchor ?? document.querySelector('.selection [data-move]');
  if (button instanceof HTMLElement) openPopup(button, t('Move to…'), () => html`<${MoveMany} />`);
}

export function archiveSelected() {
  const ids = selected.peek();
  clearSelection();
  archiveMany(ids);
  // The cards are gone, and with them what had the focus.
  requestAnimationFrame(() => {
    const first = document.querySelector('.card .card__open, .grid [data-col][tabindex="0"], [data-keyed]');
    if (document.activeElement === document.body && first instanceof HTMLElement) first.focus({ preventScroll: true });
  });
}

/** The focus goes back to a card, so that one can go on by keyboard. */
function end() {
  const [first] = selected.peek();
  const inBar = document.activeElement?.closest('.selection');
  clearSelection();
  if (inBar && first) requestAnimationFrame(() => focusCard(first, { preventScroll: true }));
}

/** @param {string} name @param {string} words @param {boolean} off @param {(anchor: HTMLElement) => any} act @param {string} [mark] */
function verb(name, words, off, act, mark) {
  const marks = mark ? { [mark]: true } : {};
  return html`<button type="button" class="button selection__verb" disabled=${off} title=${words} aria-label=${words} ...${marks} onClick=${(/** @type {any} */ event) => act(event.currentTarget)}>
    ${icon(name)}<span aria-hidden="true">${words}</span>
  </button>`;
}

function MoveMany() {
  const lists = board.store.children('lists').value;
  const ids = selected.value;
  const [list, setList] = useState(() => board.store.peek('cards', ids[0])?.list_id ?? lists[0]);
  const [top, setTop] = useState('bottom');
  return html`<form
    class="form"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      closeMenu();
      const moved = new Set(ids);
      const others = board.store
        .children('cards', list)
        .peek()
        .filter((id) => !moved.has(id));
      clearSelection();
      moveMany(ids, list, top === 'top' ? { before: others[0] } : {});
      growTo(list, top === 'top' ? ids.length : others.length + 1);
      requestAnimationFrame(() => focusCard(ids[0]));
    }}
  >
    <label class="field"
      ><span class="field__label">${t('List')}</span>
      <select class="input" autofocus value=${String(list)} onChange=${(/** @type {any} */ event) => setList(Number(event.currentTarget.value))}>
        ${lists.map((id) => html`<option key=${id} value=${String(id)}>${board.store.peek('lists', id)?.title}</option>`)}
      </select>
    </label>
    <label class="field"
      ><span class="field__label">${t('Position')}</span>
      <select class="input" value=${top} onChange=${(/** @type {any} */ event) => setTop(event.currentTarget.value)}>
        <option value="top">${t('At the top')}</option>
        <option value="bottom">${t('At the bottom')}</option>
      </select>
    </label>
    <button class="button button--primary" type="submit">${tn(ids.length, 'Move {count} card', 'Move {count} cards')}</button>
  </form>`;
}

function LabelsOf() {
  const labels = board.store.children('labels').value;
  return html`<div class="picker">
    <ul class="picker__list">
      ${labels.map((id) => {
        const label = /** @type {Item} */ (board.store.item('labels', id).value ?? { id });
        const on = howMany('label_ids', id);
        return html`<li key=${id}>
          <button type="button" class="pick-row" aria-pressed=${on} onClick=${() => labelMany(selected.peek(), id, on !== 'true')}>
            <span class=${`label tint-${label.colour}`} dir="auto">${label.title || t('Label')}</span>${mark(on)}
          </button>
        </li>`;
      })}
      ${!labels.length && html`<li class="part__none">${t('This board has no labels yet. Open a card to make one.')}</li>`}
    </ul>
  </div>`;
}

function OwnersOf() {
  return html`<${PeoplePicker}
    state=${(/** @type {number} */ id) => howMany('owner_ids', id)}
    choose=${(/** @type {number} */ id, /** @type {boolean} */ on) => handOut(selected.peek(), id, !on)}
    mark=${mark}
    hint=${t('They are asked, and say yes or no.')}
  />`;
}

function DueOf() {
  const save = (/** @type {string | null} */ due) => {
    closeMenu();
    dateMany(selected.peek(), due);
  };
  return html`<form
    class="form"
    onSubmit=${(/** @type {any} */ event) => {
      event.preventDefault();
      const day = event.currentTarget.elements.namedItem('day').value;
      if (day) save(day);
    }}
  >
    <input class="input" name="day" type="date" required max="2200-12-31" autofocus aria-label=${t('{what}, day', { what: t('Due') })} />
    <div class="editor__row">
      <button type="submit" class="button button--primary">${t('Save')}</button>
      <button type="button" class="button" onClick=${() => save(null)}>${t('No date')}</button>
    </div>
  </form>`;
}

/** Do all selected cards have this, some, or none? @param {string} field @param {number} one */
function howMany(field, one) {
  const ids = selected.value;
  const count = ids.filter((id) => board.store.item('cards', id).value?.[field]?.includes(one)).length;
  return count === 0 ? 'false' : count === ids.length ? 'true' : 'mixed';
}

/** @param {string} on */
function mark(on) {
  if (on === 'false') return null;
  return on === 'true' ? icon('check', 'pick__on') : html`<span class="pick__some">${t('some')}</span>`;
}
