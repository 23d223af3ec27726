/**
 * The board by keyboard: arrows walk from card to card; Space picks a card up, arrows carry it, Space lets it go, Escape brings it back;
 * Alt with an arrow moves it one step at once. Each step is said.
 */
import { batch, signal } from '#ui';
import { announce } from '../core/announce.js';
import { focusCard } from '../core/focus.js';
import { t } from '../core/i18n.js';
import { hearWhile, isLetter, usesLetters } from '../core/keys.js';
import { neighbour, rename } from './card-menu.js';
import { archiveCard, moveCard, positionAt } from './commands.js';
import { board, may } from './context.js';
import { newCard, toFilter } from './everywhere.js';
import { toggleMine, visibleCards } from './filter.js';
import { growTo } from './growth.js';
import { moveMany } from './many.js';
import { togglePresenting } from './presenting.js';
import { along, clearSelection, extendStep, toggle, toggleList } from './selection.js';
import { archiveSelected, openMoveMany } from './selection-bar.js';

/** Under this name the store shows where the carried card would go. */
const CARRIED = 'carried';
const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

/** The card that is being carried, and where. @type {import('#ui').Signal<{ id: number, list: number, at: number } | null>} */
export const lifted = signal(null);
hearWhile(() => lifted.peek(), carry);

/** @param {KeyboardEvent} event */
export function onBoardKey(event) {
  const id = cardOf(event.target);
  if (lifted.peek()) return carry(event);
  if (id && (event.ctrlKey || event.metaKey) && event.key === 'a') return act(event, () => selectAll(id));
  if (!id || event.ctrlKey || event.metaKey) return;
  if (event.key === 'Escape' && clearSelection()) return event.preventDefault();
  if (event.shiftKey && ARROWS.includes(event.key)) return extend(event, id);
  if (along(id).length > 1 && verbOfMany(event, id)) return;
  if (event.altKey && ARROWS.includes(event.key)) return step(event, id);
  if (event.altKey) return;
  if (ARROWS.includes(event.key)) walk(event, id);
  else if (event.key === ' ') lift(event, id);
  else if (usesLetters()) letter(event, id);
}

/** Keys that work wherever nothing is being typed. @param {KeyboardEvent} event */
export function onPageKey(event) {
  if (!isLetter(event)) return;
  if (event.key === 'f') act(event, toFilter);
  else if (event.key === 'q') act(event, toggleMine);
  else if (event.key === 'n') act(event, newCard);
  else if (event.key === 'p') act(event, togglePresenting);
}

/** @param {KeyboardEvent} event @param {number} id */
function lift(event, id) {
  event.preventDefault();
  const card = board.store.peek('cards', id);
  if (!card || id < 0 || !may('cards', 'move_card')) return;
  const at = visibleCards(card.list_id).peek().indexOf(id);
  lifted.value = { id, list: card.list_id, at };
  announce(
    t('{title} picked up. {where}. Arrow keys to move it, Space to let it go, Escape to bring it back.', {
      title: card.title,
      where: where(card.list_id, at),
    }),
  );
}

/** @param {KeyboardEvent} event */
function carry(event) {
  const { key } = event;
  if (!ARROWS.includes(key) && ![' ', 'Enter', 'Escape', 'Tab'].includes(key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (key === 'Tab') announce(t('First let the card go with Space, or bring it back with Escape.'));
  else if (key === 'Escape') putBack();
  else if (key === ' ' || key === 'Enter') letGo();
  else carryTo(key);
}

/** @param {string} key */
function carryTo(key) {
  const held = lifted.peek();
  if (!held) return;
  const next = beside(held.id, held.list, held.at, key);
  if (!next) return announce(t('This is the edge. {where}.', { where: where(held.list, held.at) }));
  const position = positionAt('cards', next.list, held.id, next.place);
  batch(() => {
    board.store.refuse(CARRIED);
    board.store.predict(CARRIED, { put: { cards: [{ id: held.id, list_id: next.list, position }] } });
    lifted.value = { id: held.id, list: next.list, at: next.at };
    growTo(next.list, next.at + 1);
  });
  announce(`${where(next.list, next.at)}.`);
  refocus(held.id);
}

function letGo() {
  const held = lifted.peek();
  if (!held) return;
  const others = othersIn(held.list, held.id);
  const title = board.store.peek('cards', held.id)?.title ?? '';
  let moved = null;
  batch(() => {
    board.store.refuse(CARRIED);
    lifted.value = null;
    moved = moveCard(held.id, held.list, { after: others[held.at - 1], before: others[held.at] });
  });
  announce(
    moved
      ? t('{title} dropped. {where}.', { title, where: where(held.list, held.at) })
      : t('{title} stays where it was.', { title }),
  );
  refocus(held.id);
}

function putBack() {
  const held = lifted.peek();
  if (!held) return;
  batch(() => {
    board.store.refuse(CARRIED);
    lifted.value = null;
  });
  const card = board.store.peek('cards', held.id);
  if (card)
    announce(
      t('{title} is back. {where}.', {
        title: card.title,
        where: where(card.list_id, visibleCards(card.list_id).peek().indexOf(held.id)),
      }),
    );
  refocus(held.id);
}

/** One step at once, without picking up. @param {KeyboardEvent} event @param {number} id */
function step(event, id) {
  event.preventDefault();
  const card = board.store.peek('cards', id);
  if (!card || id < 0 || !may('cards', 'move_card')) return;
  const next = beside(id, card.list_id, visibleCards(card.list_id).peek().indexOf(id), event.key);
  if (!next) return announce(t('This is the edge.'));
  growTo(next.list, next.at + 1);
  moveCard(id, next.list, next.place);
  announce(t('{title} moved. {where}.', { title: card.title, where: where(next.list, next.at) }));
  refocus(id);
}

/** @param {number} id */
function selectAll(id) {
  const list = board.store.peek('cards', id)?.list_id;
  if (list !== undefined) toggleList(list);
}

/** The focus goes one further, and what it passes is selected; sideways there is nothing to extend. @param {KeyboardEvent} event @param {number} id */
function extend(event, id) {
  event.preventDefault();
  const list = board.store.peek('cards', id)?.list_id;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (list === undefined || !step) return;
  const ids = visibleCards(list).peek();
  const next = ids[ids.indexOf(id) + step];
  if (next === undefined) return announce(t('This is the edge.'));
  growTo(list, ids.indexOf(next) + 1);
  extendStep(id, next);
  goTo(next);
}

/** What keys do with all that is selected, when the focus is on one of them; false when it is no such key. @param {KeyboardEvent} event @param {number} id */
export function verbOfMany(event, id) {
  const { key } = event;
  const way = event.altKey ? { ArrowLeft: -1, ArrowRight: 1 }[key] : usesLetters() && { '<': -1, '>': 1 }[key];
  const sideways = way && (back() === 'ArrowLeft' ? way : -way);
  if (sideways) act(event, () => moveBeside(id, sideways));
  else if (event.altKey) return false;
  else if (key === ' ') act(event, () => openMoveMany());
  else if (key === 'c' && usesLetters() && may('cards', 'archive_card')) act(event, archiveSelected);
  else return false;
  return true;
}

/** @param {number} id @param {number} direction */
function moveBeside(id, direction) {
  const lists = board.store.children('lists').peek();
  const list = lists[lists.indexOf(board.store.peek('cards', id)?.list_id) + direction];
  if (list === undefined) return announce(t('This is the edge.'));
  const there = visibleCards(list).peek().length;
  moveMany(along(id), list, {});
  growTo(list, there + along(id).length);
  refocus(id);
}

/** @param {KeyboardEvent} event @param {number} id */
function letter(event, id) {
  if (event.key === 'x') return act(event, () => toggle(id));
  if (event.key === '<') step(aliased(event, 'ArrowLeft'), id);
  else if (event.key === '>') step(aliased(event, 'ArrowRight'), id);
  else if (event.key === 'c' && may('cards', 'archive_card') && id > 0) {
    const next = neighbour(id);
    act(event, () => archiveCard(id));
    if (next) refocus(next);
  } else if (event.key === 't' && may('cards', 'change_card') && id > 0) act(event, () => rename(id));
}

/** @param {KeyboardEvent} event @param {number} id */
function walk(event, id) {
  const card = board.store.peek('cards', id);
  if (!card) return;
  event.preventDefault();
  const ids = visibleCards(card.list_id).peek();
  const at = ids.indexOf(id);
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const next = ids[at + (event.key === 'ArrowUp' ? -1 : 1)];
    if (next === undefined) return;
    growTo(card.list_id, ids.indexOf(next) + 1);
    goTo(next);
    return;
  }
  const lists = board.store.children('lists').peek();
  const direction = event.key === back() ? -1 : 1;
  for (let n = lists.indexOf(card.list_id) + direction; n >= 0 && n < lists.length; n += direction) {
    const there = visibleCards(lists[n]).peek();
    if (!there.length) continue;
    const next = Math.min(at, there.length - 1);
    growTo(lists[n], next + 1);
    return goTo(there[next]);
  }
}

/** The place one step away in a direction; undefined at the edge. @param {number} id @param {number} list @param {number} at @param {string} key */
function beside(id, list, at, key) {
  const others = othersIn(list, id);
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = at + (key === 'ArrowUp' ? -1 : 1);
    if (next < 0 || next > others.length) return undefined;
    return { list, at: next, place: { after: others[next - 1], before: others[next] } };
  }
  const lists = board.store.children('lists').peek();
  const other = lists[lists.indexOf(list) + (key === back() ? -1 : 1)];
  if (other === undefined) return undefined;
  const there = othersIn(other, id);
  const next = Math.min(at, there.length);
  return { list: other, at: next, place: { after: there[next - 1], before: there[next] } };
}

/** The key that leads to the list before. */
function back() {
  return document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
}

/** @param {number} list @param {number} id */
function othersIn(list, id) {
  return visibleCards(list)
    .peek()
    .filter((other) => other !== id);
}

/** @param {number} list @param {number} at */
function where(list, at) {
  const count = visibleCards(list).peek().length;
  return t('Position {place} of {count} in {list}', {
    place: at + 1,
    count,
    list: board.store.peek('lists', list)?.title ?? '',
  });
}

/** At once where it is in the page: the next key may be quicker than a frame. @param {number} id */
function goTo(id) {
  if (!focusCard(id)) refocus(id);
}

/** After the signals have drawn. @param {number} id */
function refocus(id) {
  requestAnimationFrame(() => focusCard(id));
}

/** @param {EventTarget | null} target */
function cardOf(target) {
  const face = target instanceof Element ? target.closest('.card__open') : null;
  return Number(face?.closest('[data-card]')?.getAttribute('data-card'));
}

/** @param {KeyboardEvent} event @param {() => void} what */
function act(event, what) {
  event.preventDefault();
  what();
}

/** @param {KeyboardEvent} event @param {string} key */
function aliased(event, key) {
  event.preventDefault();
  return /** @type {KeyboardEvent} */ (/** @type {any} */ ({ key, preventDefault() {} }));
}
