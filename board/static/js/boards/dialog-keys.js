/** Keys in an open card. */
import { t } from '../core/i18n.js';
import { addKeys, usesLetters } from '../core/keys.js';
import { removeOwner, setOwner } from './commands.js';
import { board, may } from './context.js';

/** @import { Item } from '../core/types.js' */

addKeys(() => ({
  title: t('In an open card'),
  keys: [
    { what: t('Change the title'), keys: ['e'], letter: true },
    { what: t('Say when it is due'), keys: ['d'], letter: true },
    { what: t('Choose labels'), keys: ['l'], letter: true },
    { what: t('Ask somebody to take it on'), keys: ['m'], letter: true },
    { what: t('Take it, or give it back'), keys: ['Space'] },
    { what: t('Save what you write'), keys: ['Ctrl+Enter'] },
  ],
}));

/**
 * Letters do what they do on the board, for the card that is open: d due, l labels, m owners, e title, Space takes it or gives it back.
 * Not where somebody types or chooses. @param {KeyboardEvent} event @param {Item} card
 */
export function onLetter(event, card) {
  if (!usesLetters() && event.key !== ' ') return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.closest('input, textarea, select, [contenteditable], [role=menu], [role=grid], [popover]')) return;
  const sheet = /** @type {HTMLElement} */ (event.currentTarget);
  const me = board.me.id;
  const find = (/** @type {string} */ where) => /** @type {HTMLElement | null} */ (sheet.querySelector(where));
  if (event.key === ' ') {
    // On a button or a link Space is theirs; so is it on what can be opened.
    if (target.closest('button, a, summary') || !may('cards', 'set_owner')) return;
    if (card.owner_ids?.includes(me) && !card.asked_ids?.includes(me)) removeOwner(card.id, me);
    else setOwner(card.id, me);
  } else {
    const found = { d: '#card-due', l: '[data-key=l]', m: '[data-key=m]', e: '.sheet__rename' }[
      event.key.toLowerCase()
    ];
    const control = found ? find(found) : null;
    if (!control) return;
    control.scrollIntoView({ block: 'nearest' });
    control.focus();
    if (event.key.toLowerCase() !== 'd') control.click();
  }
  event.preventDefault();
  event.stopPropagation();
}
