/** A person as a small round mark; who has been asked and not yet said yes has a dashed ring and a question mark. */
import { html } from '#ui';
import { t } from '../core/i18n.js';
import { board } from './context.js';

const COLOURS = ['blue', 'green', 'violet', 'red', 'amber'];

/** @param {{ id: number, asked?: boolean, large?: boolean, here?: boolean, silent?: boolean }} props `silent`: the name stands beside it */
export function Avatar({ id, asked, large, here, silent }) {
  const name = board.store.item('members', id).value?.name ?? t('Somebody');
  const mine = id === board.me.id;
  const words = asked ? t('{name}, asked', { name }) : mine ? t('{name} (you)', { name }) : name;
  const kind = `${asked ? 'avatar--asked ' : ''}${mine ? 'avatar--mine ' : ''}${large ? 'avatar--large ' : ''}${here ? 'avatar--here' : ''}`;
  return html`<span class=${`avatar tint-${COLOURS[id % COLOURS.length]} ${kind}`} title=${words}>
    <span aria-hidden="true">${initials(name)}</span>${!silent && html`<span class="visually-hidden">${words}</span>`}
  </span>`;
}

/** @param {string} name */
function initials(name) {
  const parts = name.split(/\s+/).filter(Boolean);
  const first = [...(parts[0] ?? '?')][0];
  const last = parts.length > 1 ? [...(parts.at(-1) ?? '')][0] : '';
  return (first + last).toLocaleUpperCase();
}
