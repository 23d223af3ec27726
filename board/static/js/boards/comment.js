/** One comment: who said what, when; answering, reacting, quoting, its own address; changing and deleting one's own. */
import { html, useState } from '#ui';
import { announce } from '../core/announce.js';
import { moment } from '../core/dates.js';
import { Refused } from '../core/http.js';
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';
import { Avatar } from './avatar.js';
import { deleteComment, editComment, react } from './commands.js';
import { bring, Field } from './comment-field.js';
import { Prose } from './comment-prose.js';
import { TwoTexts } from './conflict.js';
import { board, cardAddress, may } from './context.js';
import { toField, toStored } from './mentions.js';
import { closeMenu, openPopup } from './menu.js';

/** @import { Item } from '../core/types.js' */

const EMOJI = ['👍', '🙏', '🎉', '😄', '🤔', '👀'];

/** @param {{ comment: Item, card: number, fresh: boolean, reply: () => void, quote: () => void }} props */
export function Comment({ comment, card, fresh, reply, quote }) {
  const [editing, setEditing] = useState(false);
  const mine = comment.by === board.me.id;
  const name = comment.by ? board.store.item('members', comment.by).value?.name : comment.by_name;
  if (comment.deleted_at)
    return html`<p class="comment comment--gone" id=${`comment-${comment.id}`}>${t('This comment was deleted.')}</p>`;
  const can = board.store.can.value.comments?.[mine ? 'own' : 'others'] ?? [];
  const saved = comment.id > 0;
  const answers = may('cards', 'add_comment');
  return html`<article class="comment" id=${`comment-${comment.id}`} tabindex="-1" data-comment=${comment.id} data-fresh=${fresh ? '' : null} aria-label=${t('Comment by {name}', { name: name ?? t('somebody') })}>
    ${comment.by ? html`<${Avatar} id=${comment.by} large=${true} />` : html`<span class="avatar avatar--large" aria-hidden="true">?</span>`}
    <div class="comment__body">
      <p class="comment__head">
        <strong dir="auto">${name ?? t('Somebody')}</strong>
        <time datetime=${comment.at}>${moment(comment.at)}</time>
        ${comment.edited_at && html`<span>${t('edited')}</span>`}
        ${!saved && html`<span>${t('sending…')}</span>`}
        ${fresh && html`<span class="comment__fresh">${t('new')}</span>`}
      </p>
      ${
        editing
          ? html`<${Edit} comment=${comment} close=${() => setEditing(false)} />`
          : html`<${Prose} source=${comment.html} text=${comment.body} />
            <${Reactions} comment=${comment} />
            ${
              saved &&
              html`<div class="comment__tools">
                ${answers && html`<button type="button" class="word" onClick=${reply}>${t('Reply')}</button>`}
                ${may('cards', 'react_to_comment') && html`<button type="button" class="word" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => chooseReaction(comment.id, event.currentTarget)}>${t('React')}</button>`}
                ${answers && html`<button type="button" class="word" onClick=${quote}>${t('Quote')}</button>`}
                <button type="button" class="word" onClick=${() => copyAddress(card, comment.id)}>${t('Copy link')}</button>
                ${can.includes('edit_comment') && html`<button type="button" class="word" onClick=${() => setEditing(true)}>${t('Edit')}</button>`}
                ${can.includes('delete_comment') && html`<button type="button" class="word" onClick=${() => deleteComment(comment.id)}>${t('Delete')}</button>`}
              </div>`
            }`
      }
    </div>
  </article>`;
}

/** As it stands in an answer: the name, then each line marked. @param {Item} comment */
export function quoted(comment) {
  const name = board.store.peek('members', comment.by ?? 0)?.name ?? comment.by_name ?? t('Somebody');
  // Who is quoted is not called again.
  const lines = toField(comment.body).split('\n');
  return `> **${name}:**\n${lines.map((line) => `> ${line}`).join('\n')}\n\n`;
}

/** The clipboard is missing on plain http: then the address is shown for copying by hand. @param {number} card @param {number} id */
async function copyAddress(card, id) {
  const address = `${location.origin}${cardAddress(card)}#comment-${id}`;
  try {
    await navigator.clipboard.writeText(address);
    announce(t('Address copied.'));
    toast(t('Address copied.'));
  } catch {
    prompt(t('The address of this comment:'), address);
  }
}

/** @param {{ comment: Item }} props */
function Reactions({ comment }) {
  const able = may('cards', 'react_to_comment') && comment.id > 0;
  const given = Object.entries(/** @type {Record<string, number[]>} */ (comment.reactions ?? {})).filter(
    ([, members]) => members.length,
  );
  if (!given.length) return null;
  return html`<div class="reactions">
    ${given.map(([emoji, members]) => {
      const mine = members.includes(board.me.id);
      const names = members.map((member) => board.store.peek('members', member)?.name ?? t('somebody')).join(', ');
      return html`<button key=${emoji} type="button" class="reaction" aria-pressed=${mine} aria-label=${t('{emoji} by {names}', { emoji, names })} title=${names} disabled=${!able} onClick=${() => react(comment.id, emoji, !mine)}>
        <span aria-hidden="true">${emoji} ${members.length}</span>
      </button>`;
    })}
  </div>`;
}

/** @param {number} id @param {HTMLElement} anchor */
function chooseReaction(id, anchor) {
  openPopup(
    anchor,
    t('React'),
    () => html`<div class="reactions">
      ${EMOJI.map((emoji) => {
        const mine = board.store.item('comments', id).value?.reactions?.[emoji]?.includes(board.me.id) ?? false;
        return html`<button
          key=${emoji}
          type="button"
          class="reaction reaction--large"
          aria-pressed=${mine}
          aria-label=${emoji}
          onClick=${() => {
            closeMenu();
            react(id, emoji, !mine);
          }}
        >
          ${emoji}
        </button>`;
      })}
    </div>`,
  );
}

/** @param {{ comment: Item, close: () => void }} props */
function Edit({ comment, close }) {
  const [conflict, setConflict] = useState(/** @type {import('./conflict.js').Conflict | null} */ (null));
  const [base] = useState({ body: comment.body, version: comment.version ?? 0 });
  const save = async (/** @type {string} */ text, version = base.version) => {
    if (text === comment.body) return close();
    try {
      await editComment(comment.id, text, version);
      close();
    } catch (error) {
      if (error instanceof Refused && error.status === 412 && error.data) {
        const theirs = { theirs: toField(error.data.body), version: error.data.version ?? 0 };
        // One may change one's own only: the other is she herself, elsewhere.
        setConflict({ base: toField(base.body), mine: toField(text), who: t('You, in another window'), ...theirs });
        return undefined;
      }
      // It was not taken: the words are back where they were typed.
      bring(`edit ${comment.id}`, text);
      toast(t('Not saved: {why}', { why: reason(error) }), { kind: 'problem' });
    }
    return undefined;
  };
  if (conflict)
    return html`<${TwoTexts}
      conflict=${conflict}
      label=${t('Your comment')}
      settle=${(/** @type {string | null} */ text) => (text === null ? close() : save(toStored(text), conflict.version))}
    />`;
  return html`<${Field} draft=${`edit ${comment.id}`} thread=${comment.thread_id} start=${comment.body} label=${t('Your comment')} submit=${t('Save')} send=${save} close=${close} />`;
}

/** Why it was refused, as near to the field as it is known. @param {unknown} error */
export function reason(error) {
  const { errors, message } = /** @type {any} */ (error);
  return errors?.[0]?.message ?? message;
}
