/** The discussion of an open card: comments and one level of replies, what is new since the last visit, and whether it is settled. */
import { effect, html, useEffect, useRef, useState } from '#ui';
import { announce } from '../core/announce.js';
import { dayOf, moment, weekDay } from '../core/dates.js';
import { read } from '../core/http.js';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { toast } from '../core/toast.js';
import { Avatar } from './avatar.js';
import { addComment, settleThread } from './commands.js';
import { Comment, quoted, reason } from './comment.js';
import { bring, Field } from './comment-field.js';
import { board, may } from './context.js';
import { watchReading } from './reading.js';

/** @import { Item } from '../core/types.js' */

const MOST_PAGES = 50;
/** So many are drawn at first, the newest; the others when they are asked for. */
const SHOWN = 60;
const POINTED = /^#comment-(\d+)$/;

/** @param {{ thread: number, card: number }} props */
export function Comments({ thread, card }) {
  const [state, setState] = useState(/** @type {'loading' | 'ready' | 'failed'} */ ('loading'));
  const [replying, setReplying] = useState(/** @type {number | null} */ (null));
  const [most, setMost] = useState(SHOWN);
  const [since, setSince] = useState(/** @type {number | null} */ (null));
  const ref = useRef(/** @type {any} */ (null));
  const load = () =>
    readThread(thread).then(
      (read_to) => {
        setSince((known) => known ?? read_to);
        setState('ready');
      },
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
    .value.map((id) => /** @type {Item} */ (board.store.item('comments', id).value))
    .filter(Boolean);
  const replies = grouped(all);
  const heads = (replies.get(0) ?? []).filter(
    (comment) => !comment.deleted_at || (replies.get(comment.id) ?? []).some((answer) => !answer.deleted_at),
  );
  const settled = board.store.item('threads', thread).value?.resolved_at;
  const isFresh = (/** @type {Item} */ comment) =>
    since !== null && since > 0 && comment.id > since && comment.by !== board.me.id && !comment.deleted_at;
  const fresh = all.filter(isFresh);
  const first = heads.find((head) => isFresh(head) || (replies.get(head.id) ?? []).some(isFresh));
  const last = fresh.length ? all.findLast(({ id }) => id > 0 && id <= (since ?? 0)) : undefined;

  useEffect(() => (state === 'ready' ? watchReading(ref.current, thread, since ?? 0) : undefined), [state, all.length]);
  useEffect(() => {
    if (state !== 'ready') return undefined;
    const follow = () => {
      const id = Number(POINTED.exec(location.hash)?.[1] ?? 0);
      const comment = id ? all.find((other) => other.id === id) : undefined;
      if (!comment) return;
      const at = heads.findIndex((head) => head.id === (comment.reply_to ?? comment.id));
      if (at >= 0 && heads.length - at > most) setMost(heads.length - at);
      requestAnimationFrame(() => requestAnimationFrame(() => point(id)));
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [state]);

  const answer = (/** @type {number} */ id) => setReplying(id);
  const quote = (/** @type {Item} */ comment, /** @type {number} */ head) => {
    setReplying(head);
    bring(`${thread}/${head}`, quoted(comment));
  };
  const hidden = Math.max(0, heads.length - most);
  return html`<section class="part comments" ref=${ref} aria-labelledby="discussion-head" data-settled=${settled ? '' : null}>
    <div class="part__head">
      <h3 id="discussion-head">${t('Discussion')}</h3>
      ${fresh.length > 0 && html`<span class="comments__count">${tn(fresh.length, '{count} new', '{count} new')}</span>`}
      ${heads.length > 0 && !settled && may('cards', 'resolve_thread') && html`<button type="button" class="button button--quiet" onClick=${() => settleThread(thread, true)}>${icon('circle-check')}<span>${t('Mark as settled')}</span></button>`}
    </div>
    ${
      settled &&
      html`<p class="comments__settled">${icon('circle-check')}<span>${t('Settled, {when}.', { when: moment(settled) })}</span>
        ${may('cards', 'reopen_thread') && html`<button type="button" class="word" onClick=${() => settleThread(thread, false)}>${t('Open it again')}</button>`}</p>`
    }
    ${state === 'loading' && html`<p class="part__none comments__wait" role="status">${t('Reading…')}</p>`}
    ${state === 'failed' && html`<p class="notice notice--problem">${icon('triangle-alert')}<span>${t('The discussion could not be read.')}</span><button type="button" class="button" onClick=${load}>${t('Try again')}</button></p>`}
    ${hidden > 0 && html`<button type="button" class="button comments__earlier" onClick=${() => setMost(most + SHOWN)}>${tn(hidden, 'Show {count} earlier', 'Show {count} earlier')}</button>`}
    <ol class="thread">
      ${heads.slice(hidden).map((comment) => {
        const answers = (replies.get(comment.id) ?? []).filter(({ deleted_at }) => !deleted_at);
        return html`${comment === first && html`<li class="comments__line" key="line" role="separator"><span>${last ? t('New since {when}', { when: whenSaid(last.at) }) : t('New')}</span></li>`}
          <li key=${comment.id} class="thread__entry">
          <${Comment} comment=${comment} card=${card} fresh=${isFresh(comment)} reply=${() => answer(comment.id)} quote=${() => quote(comment, comment.id)} />
          <ol class="thread__replies">
            ${answers.map((reply) => html`<li key=${reply.id}><${Comment} comment=${reply} card=${card} fresh=${isFresh(reply)} reply=${() => answer(comment.id)} quote=${() => quote(reply, comment.id)} /></li>`)}
          </ol>
          ${replying === comment.id && html`<${Write} thread=${thread} card=${card} replyTo=${comment.id} close=${() => setReplying(null)} />`}
        </li>`;
      })}
    </ol>
    ${may('cards', 'add_comment') && html`<${Write} thread=${thread} card=${card} replyTo=${null} />`}
    <${Foot} thread=${thread} card=${card} />
  </section>`;
}

/** Who else has this card open now, and who is writing. Live only: nothing of it is kept. @param {{ thread: number, card: number }} props */
function Foot({ thread, card }) {
  const others = [...board.live.here.value.values()].filter(
    (present) => present.member !== board.me.id && (present.card === card || present.typing === thread),
  );
  if (!others.length) return null;
  const typing = others.filter((present) => present.typing === thread);
  const name = (/** @type {number} */ id) => board.store.item('members', id).value?.name ?? t('Somebody');
  return html`<div class="comments__foot">
    <ul class="here" aria-label=${t('Here now')}>${others.slice(0, 5).map(({ member }) => html`<li key=${member}><${Avatar} id=${member} here=${true} /></li>`)}</ul>
    ${typing.length > 0 && html`<p class="comments__typing">${t('{names} is writing…', { names: typing.map(({ member }) => name(member)).join(', ') })}</p>`}
  </div>`;
}

/** @param {number} thread @returns {Promise<number>} how far this person has read */
async function readThread(thread) {
  let after = '';
  let read_to = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await read(`/threads/${thread}/comments?limit=200${after}`);
    const { resolved_at, up_to } = found.thread;
    const put = { comments: found.data, threads: [{ id: thread, resolved_at }] };
    if (!board.store.open(`thread:${thread}`, found.seq, put)) return readThread(thread);
    read_to = up_to;
    if (!found.next) break;
    after = `&after=${encodeURIComponent(found.next)}`;
  }
  return read_to;
}

/** Into view, in the middle, marked for a moment, and said. @param {number} id */
function point(id) {
  const found = document.getElementById(`comment-${id}`);
  if (!found) return;
  for (const other of document.querySelectorAll('.comment[data-pointed]')) other.removeAttribute('data-pointed');
  found.setAttribute('data-pointed', '');
  centre(found);
  found.focus({ preventScroll: true });
  announce(found.getAttribute('aria-label') ?? '');
}

/** In what scrolls around it, and nothing else: the dialog's frame has to stay where it is. @param {HTMLElement} found */
function centre(found) {
  let box = found.parentElement;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
  if (!box) return;
  const [inner, outer] = [found.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}

/** Of the last days the hour, of others the day. @param {string} at */
function whenSaid(at) {
  return Date.now() - Date.parse(at) < 2 * 86_400_000 ? moment(at) : weekDay(dayOf(at));
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
      bring(draft, text);
      toast(t('Not sent: {why}', { why: reason(error) }), { kind: 'problem' });
    }
  };
  return html`<${Field}
    draft=${draft}
    thread=${thread}
    label=${replyTo ? t('Write a reply') : t('Write a comment')}
    submit=${replyTo ? t('Reply') : t('Comment')}
    send=${send}
    close=${close}
    typing=${(/** @type {boolean} */ on) => board.live.tell(board.store.room, card, on ? thread : null)}
  />`;
}

/** @param {Item[]} comments */
function grouped(comments) {
  /** @type {Map<number, Item[]>} */
  const found = new Map();
  for (const comment of comments)
    found.set(comment.reply_to ?? 0, [...(found.get(comment.reply_to ?? 0) ?? []), comment]);
  return found;
}
