/** The discussion of an open card: comments and one level of replies. What is typed is kept until it is sent. */
import { effect, html, signal, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { moment } from '../core/dates.js';
import { Refused, read } from '../core/http.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { safeHtml } from '../core/safe-html.js';
import { toast } from '../core/toast.js';
import { Avatar } from './avatar.js';
import { addComment, deleteComment, editComment, react } from './commands.js';
import { board, may } from './context.js';
import { closeMenu, openPopup } from './menu.js';

/** @import { Item } from '../core/types.js' */

/** What was typed and not sent, by place. @type {Map<string, string>} */
const drafts = new Map();
const MOST_PAGES = 20;
const EMOJI = ['👍', '🙏', '🎉', '😄', '🤔', '👀'];

export function hasUnsent() {
  return [...drafts.values()].some((text) => text.trim());
}

/** @param {{ thread: number, card: number }} props */
export function Comments({ thread, card }) {
  const [state, setState] = useState(/** @type {'loading' | 'ready' | 'failed'} */ ('loading'));
  const [replying, setReplying] = useState(/** @type {number | null} */ (null));
  const load = () =>
    readThread(thread).then(
      () => setState('ready'),
      () => setState('failed'),
    );
  useEffect(() => {
    const stop = effect(() => {
      board.store.resets.value;
      load();
    });
    return () => {
      stop();
      board.store.close(`thread:${thread}`);
    };
  }, [thread]);
  const all = board.store
    .children('comments', thread)
    .value.map((id) => /** @type {Item} */ (board.store.item('comments', id).value));
  const replies = grouped(all.filter(Boolean));
  const typing = [...board.live.here.value.values()].filter(
    (present) => present.typing === thread && present.member !== board.me.id,
  );
  return html`<section class="part comments" aria-labelledby="discussion-head">
    <div class="part__head"><h3 id="discussion-head">${t('Discussion')}</h3></div>
    ${state === 'loading' && html`<p class="part__none" role="status">${t('Reading…')}</p>`}
    ${state === 'failed' && html`<p class="notice notice--problem">${icon('triangle-alert')}<span>${t('The discussion could not be read.')}</span><button type="button" class="button" onClick=${load}>${t('Try again')}</button></p>`}
    <ol class="thread">
      ${(replies.get(0) ?? []).map((comment) => {
        const answers = replies.get(comment.id) ?? [];
        if (comment.deleted_at && !answers.some((answer) => !answer.deleted_at)) return null;
        return html`<li key=${comment.id} class="thread__entry">
          <${Comment} comment=${comment} reply=${() => setReplying(comment.id)} />
          <ol class="thread__replies">
            ${answers.filter((answer) => !answer.deleted_at).map((answer) => html`<li key=${answer.id}><${Comment} comment=${answer} reply=${() => setReplying(comment.id)} /></li>`)}
          </ol>
          ${replying === comment.id && html`<${Write} thread=${thread} card=${card} replyTo=${comment.id} close=${() => setReplying(null)} />`}
        </li>`;
      })}
    </ol>
    ${typing.length > 0 && html`<p class="comments__typing">${t('{names} is writing…', { names: typing.map(({ member }) => board.store.peek('members', member)?.name ?? t('Somebody')).join(', ') })}</p>`}
    ${may('cards', 'add_comment') && html`<${Write} thread=${thread} card=${card} replyTo=${null} />`}
  </section>`;
}

/** @param {number} thread */
async function readThread(thread) {
  let after = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const { data, seq, next } = await read(`/threads/${thread}/comments?limit=200${after}`);
    if (!board.store.open(`thread:${thread}`, seq, { comments: data })) return readThread(thread);
    if (!next) return undefined;
    after = `&after=${encodeURIComponent(next)}`;
  }
  return undefined;
}

/** @param {{ comment: Item, reply: () => void }} props */
function Comment({ comment, reply }) {
  const [editing, setEditing] = useState(false);
  const mine = comment.by === board.me.id;
  const name = comment.by ? board.store.item('members', comment.by).value?.name : comment.by_name;
  if (comment.deleted_at) return html`<p class="comment comment--gone">${t('This comment was deleted.')}</p>`;
  const can = board.store.can.value.comments?.[mine ? 'own' : 'others'] ?? [];
  const saved = comment.id > 0;
  return html`<article class="comment" data-comment=${comment.id} aria-label=${t('Comment by {name}', { name: name ?? t('somebody') })}>
    ${comment.by ? html`<${Avatar} id=${comment.by} large=${true} />` : html`<span class="avatar avatar--large" aria-hidden="true">?</span>`}
    <div class="comment__body">
      <p class="comment__head">
        <strong dir="auto">${name ?? t('Somebody')}</strong>
        <time datetime=${comment.at}>${moment(comment.at)}</time>
        ${comment.edited_at && html`<span>${t('edited')}</span>`}
        ${!saved && html`<span>${t('sending…')}</span>`}
      </p>
      ${
        editing
          ? html`<${Edit} comment=${comment} close=${() => setEditing(false)} />`
          : html`<${Prose} source=${comment.html} text=${comment.body} />
            <${Reactions} comment=${comment} />
            ${
              saved &&
              html`<div class="comment__tools">
                ${may('cards', 'add_comment') && html`<button type="button" class="word" onClick=${reply}>${t('Reply')}</button>`}
                ${may('cards', 'react_to_comment') && html`<button type="button" class="word" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => chooseReaction(comment.id, event.currentTarget)}>${t('React')}</button>`}
                ${can.includes('edit_comment') && html`<button type="button" class="word" onClick=${() => setEditing(true)}>${t('Edit')}</button>`}
                ${can.includes('delete_comment') && html`<button type="button" class="word" onClick=${() => deleteComment(comment.id)}>${t('Delete')}</button>`}
              </div>`
            }`
      }
    </div>
  </article>`;
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

/** @param {{ source?: string | null, text: string }} props */
function Prose({ source, text }) {
  const ref = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    ref.current.replaceChildren(source ? safeHtml(source) : document.createTextNode(text ?? ''));
  }, [source, text]);
  return html`<div ref=${ref} class=${`prose ${source ? '' : 'prose--plain'}`} dir="auto"></div>`;
}

/** @param {{ comment: Item, close: () => void }} props */
function Edit({ comment, close }) {
  const [theirs, setTheirs] = useState(/** @type {{ body: string, version: number } | null} */ (null));
  const save = async (/** @type {string} */ text) => {
    if (text === comment.body) return close();
    try {
      await editComment(comment.id, text, theirs?.version ?? comment.version ?? 0);
      close();
    } catch (error) {
      if (error instanceof Refused && error.status === 412 && error.data) setTheirs(error.data);
      else toast(t('Not saved: {why}', { why: /** @type {Error} */ (error).message }), { kind: 'problem' });
    }
    return undefined;
  };
  return html`${theirs && html`<div class="notice" role="status">${icon('users')}<div><strong>${t('It was changed meanwhile:')}</strong><div class="prose prose--plain" dir="auto">${theirs.body}</div></div></div>`}
    <${Field} draft=${`edit ${comment.id}`} start=${comment.body} label=${t('Your comment')} submit=${t('Save')} send=${save} close=${close} />`;
}

/** @param {{ thread: number, card: number, replyTo: number | null, close?: () => void }} props */
function Write({ thread, card, replyTo, close }) {
  const draft = `${thread}/${replyTo ?? ''}`;
  const send = async (/** @type {string} */ text) => {
    close?.();
    try {
      await addComment(thread, text, replyTo);
    } catch (error) {
      // It was not taken: the words are back where they were typed.
      drafts.set(draft, text);
      restored.value = { draft };
      toast(t('Not sent: {why}', { why: /** @type {Error} */ (error).message }), { kind: 'problem' });
    }
  };
  return html`<${Field}
    draft=${draft}
    label=${replyTo ? t('Write a reply') : t('Write a comment')}
    submit=${replyTo ? t('Reply') : t('Comment')}
    send=${send}
    close=${close}
    typing=${(/** @type {boolean} */ on) => board.live.tell(board.store.room, card, on ? thread : null)}
  />`;
}

/** A draft that came back into an open field. @type {import('#ui').Signal<{ draft: string } | null>} */
const restored = signal(null);

/** @param {{ draft: string, start?: string, label: string, submit: string, send: (text: string) => any, close?: () => void, typing?: (on: boolean) => void }} props */
function Field({ draft, start = '', label, submit, send, close, typing }) {
  const ref = useRef(/** @type {any} */ (null));
  const back = restored.value;
  useLayoutEffect(() => {
    ref.current.value = drafts.get(draft) ?? start;
    if (close) ref.current.focus();
    return () => typing?.(false);
  }, []);
  useLayoutEffect(() => {
    if (back?.draft === draft) ref.current.value = drafts.get(draft) ?? '';
  }, [back]);
  const go = () => {
    const text = ref.current.value.trim();
    if (!text) return ref.current.focus();
    drafts.delete(draft);
    if (!start) ref.current.value = '';
    typing?.(false);
    return send(text);
  };
  return html`<form
    class="editor editor--comment"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      go();
    }}
  >
    <textarea
      ref=${ref}
      class="editor__text"
      rows="2"
      maxlength="65536"
      dir="auto"
      aria-label=${label}
      placeholder=${label}
      onInput=${() => {
        drafts.set(draft, ref.current.value);
        typing?.(ref.current.value.trim() !== '');
      }}
      onBlur=${() => typing?.(false)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go();
        else if (event.key === 'Escape' && close) {
          event.preventDefault();
          event.stopPropagation();
          close();
        }
      }}
    ></textarea>
    <div class="editor__row">
      <button type="submit" class="button button--primary">${submit}</button>
      ${
        close &&
        html`<button
          type="button"
          class="button"
          onClick=${() => {
            drafts.delete(draft);
            close();
          }}
        >
          ${t('Cancel')}
        </button>`
      }
    </div>
  </form>`;
}

/** @param {Item[]} comments */
function grouped(comments) {
  /** @type {Map<number, Item[]>} */
  const found = new Map();
  for (const comment of comments)
    found.set(comment.reply_to ?? 0, [...(found.get(comment.reply_to ?? 0) ?? []), comment]);
  return found;
}
