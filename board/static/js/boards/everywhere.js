/** What a board adds to the palette and to the sheet of keys. */

import { t } from '../core/i18n.js';
import { addKeys } from '../core/keys.js';
import { goesBy, register, remember } from '../core/palette.js';
import { board, cardAddress, may } from './context.js';
import { toggleMine } from './filter.js';
import { openCard } from './open-card.js';
import { togglePresenting } from './presenting.js';
import { showView, VIEW_ICONS, VIEWS, view, viewName } from './view.js';

export function offerBoard() {
  const named = Number(location.hash.match(/^#list-(\d+)$/)?.[1]);
  if (named) requestAnimationFrame(() => showList(named));
  const offered = (/** @type {string} */ selector) => document.querySelector(selector) !== null;
  register(
    {
      id: 'new-card',
      title: t('New card'),
      icon: 'plus',
      keys: ['n'],
      when: () => offered('.composer__opener, [data-new-card]') && may('lists', 'make_card'),
      act: newCard,
    },
    { id: 'mine', title: t('Only mine'), icon: 'user', keys: ['q'], act: toggleMine },
    {
      id: 'filter',
      title: t('Filter the cards of this board'),
      icon: 'funnel',
      keys: ['f'],
      when: () => offered('#search'),
      act: toFilter,
    },
    ...VIEWS.map((name) => ({
      id: `view-${name}`,
      title: t('Show as: {view}', { view: viewName(name) }),
      icon: VIEW_ICONS[name],
      when: () => view.peek() !== name,
      act: () => showView(name),
    })),
    { id: 'present', title: t('Present'), icon: 'monitor', keys: ['p'], act: togglePresenting },
    {
      id: 'archive',
      title: t('Archive of this board'),
      icon: 'archive',
      when: () => offered('.board-head__archive'),
      act: () => press('.board-head__archive'),
    },
  );
  addKeys(() => ({
    title: t('On a board'),
    keys: [
      { what: t('New card in this list'), keys: ['n'], letter: true },
      { what: t('Filter'), keys: ['f'], letter: true },
      { what: t('Only mine'), keys: ['q'], letter: true },
      { what: t('Show the board to the room, and end it'), keys: ['p'], letter: true },
    ],
  }));
  addKeys(() => ({
    title: t('On a card'),
    keys: [
      { what: t('From card to card'), keys: ['←', '↑', '↓', '→'] },
      { what: t('Open'), keys: ['Enter'] },
      { what: t('Pick up, let go'), keys: ['Space'] },
      { what: t('Carry it (after Space)'), keys: ['←', '↑', '↓', '→'] },
      { what: t('Bring it back'), keys: ['Esc'] },
      { what: t('Move one step at once'), keys: ['Alt + arrow'] },
      { what: t('To the list at the left, at the right'), keys: ['<', '>'], letter: true },
      { what: t('Rename'), keys: ['t'], letter: true },
      { what: t('Archive'), keys: ['c'], letter: true },
      { what: t('Select'), keys: ['x'], letter: true },
      { what: t('Select more'), keys: ['Shift + ↑', 'Shift + ↓'] },
      { what: t('Select the whole list'), keys: ['Ctrl + A'] },
      { what: t('Move all that is selected'), keys: ['Space'] },
      { what: t('End the selection'), keys: ['Esc'] },
    ],
  }));
  addKeys(() => ({
    title: t('Where one writes'),
    keys: [
      { what: t('Save a comment or a text'), keys: ['Ctrl + Enter'] },
      { what: t('Close, keeping what was typed'), keys: ['Esc'] },
    ],
  }));
  // A card or a list of this board is shown at once, without the page being loaded again.
  goesBy((href) => {
    const [, on, list] = href.match(/^\/boards\/(\d+)#list-(\d+)$/) ?? [];
    if (Number(on) === board.id) return showList(Number(list));
    const [, of, card, hash] = href.match(/^\/boards\/(\d+)\/cards\/(\d+)(#.*)?$/) ?? [];
    if (Number(of) !== board.id || hash || !board.store.peek('cards', Number(card))) return false;
    openCard(Number(card));
    return true;
  });
}

/** The list that an address names (`/boards/4#list-12`). @param {number} id */
function showList(id) {
  const list = document.querySelector(`[data-list="${id}"]`);
  list?.scrollIntoView({ inline: 'center', block: 'nearest' });
  const first = list?.querySelector('button');
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  return list !== null;
}

/** @param {number} id */
export function rememberCard(id) {
  const card = board.store.peek('cards', id);
  const where = board.store.peek('board', board.id)?.title ?? '';
  if (card) remember({ href: cardAddress(id), title: card.title, where, icon: 'square-check' });
}

/** In the list or on the day of the card that has the focus, else where the view begins one. */
export function newCard() {
  const begins = '.list .composer__opener, [data-new-card]';
  const here = document.activeElement?.closest('.list, td[data-day]') ?? document;
  const opener = here.querySelector(begins) ?? document.querySelector(begins);
  if (opener instanceof HTMLElement) opener.click();
}

export function toFilter() {
  document.getElementById('search')?.focus();
}

/** @param {string} selector */
function press(selector) {
  const button = document.querySelector(selector);
  if (button instanceof HTMLElement) button.click();
}
