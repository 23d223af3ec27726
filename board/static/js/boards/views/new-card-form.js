/** Where new cards are written in the table and the calendar: Enter makes one, and it stays ready for the next. What was typed is kept. */
import { html, signal, useLayoutEffect, useRef } from '#ui';
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { toast } from '../../core/toast.js';
import { addCard } from '../add-card.js';
import { board } from '../context.js';
import { draftOf, dropDraft, keepDraft } from '../drafts.js';
import { setValue } from '../part-commands.js';

/** @import { Place } from './shown-rows.js' */

/** Into which list the last one was put, where the place does not say it. */
const lastList = signal(0);

/** @param {{ place: Place, draft: string, takes: boolean, close: () => void }} props `takes`: it takes the focus; what is only kept from before does not */
export function NewCardForm({ place, draft, takes, close }) {
  const ref = useRef(/** @type {any} */ (null));
  const lists = board.store.children('lists').value;
  const list = place.list ?? listFor(lists);
  useLayoutEffect(() => {
    ref.current.value = draftOf(draft) ?? '';
    if (!takes) return;
    ref.current.focus();
    ref.current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  const add = () => {
    const title = ref.current.value.trim();
    if (!title) return close();
    ref.current.value = '';
    dropDraft(draft);
    make(list, title, place).catch(() => {
      // Refused: what was typed is there again, unless the next one is being typed.
      if (ref.current && !ref.current.value) {
        ref.current.value = title;
        keepDraft(draft, title);
      } else toast(t('“{title}” was not added.', { title }), { kind: 'problem', stay: true });
    });
    ref.current.focus();
    requestAnimationFrame(() => ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    return undefined;
  };
  return html`<form
    class="new-card"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      add();
    }}
  >
    <input
      ref=${ref}
      class="in-place"
      aria-label=${t('Title of the new card')}
      placeholder=${t('Title of the new card')}
      maxlength="512"
      dir="auto"
      autocomplete="off"
      onInput=${() => keepDraft(draft, ref.current.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing || event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    />
    ${
      place.list === undefined &&
      lists.length > 1 &&
      html`<select class="input new-card__list" aria-label=${t('List')} value=${String(list)} onChange=${(/** @type {any} */ event) => (lastList.value = Number(event.currentTarget.value))}>
        ${lists.map((id) => html`<option key=${id} value=${String(id)}>${board.store.item('lists', id).value?.title}</option>`)}
      </select>`
    }
    <button type="submit" class="button button--small">${t('Add')}</button>
  </form>`;
}

/** The list that was chosen last; else the first that does not mean done. @param {number[]} lists */
function listFor(lists) {
  if (lists.includes(lastList.value)) return lastList.value;
  return lists.find((id) => !board.store.peek('lists', id)?.done) ?? lists[0];
}

/** @param {number} list @param {string} title @param {Place} place */
function make(list, title, { beginning, value }) {
  const asked = addCard(list, title, beginning);
  // Where the card is refused, so is this: it is said once.
  if (value) setValue(asked.id, value.field, value.value, true);
  announce(t('Added to {list}: {title}', { list: board.store.peek('lists', list)?.title ?? '', title }));
  return asked;
}
