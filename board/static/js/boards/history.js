/** What happened to an open card, in sentences, newest first; read when somebody asks for it. */
import { html, useEffect, useState } from '#ui';
import { dayOf, longDay, moment, timeOf } from '../core/dates.js';
import { read } from '../core/http.js';
import { t } from '../core/i18n.js';
import { undo } from './commands.js';
import { board } from './context.js';

/** @typedef {{ seq: number, type: string, at: string, by: number | null, op: string | null, put: Record<string, any[]>, was: Record<string, any> }} Past */
/** @typedef {{ state: 'closed' | 'loading' | 'ready' | 'failed', rows: Past[], next: string | null }} Shown */

/** @type {Shown} */
const CLOSED = { state: 'closed', rows: [], next: null };

/** @param {{ card: number }} props */
export function History({ card }) {
  const [{ state, rows, next }, setShown] = useState(CLOSED);
  const load = async (/** @type {string | null} */ after = null) => {
    if (!after) setShown((had) => ({ ...had, state: had.rows.length ? had.state : 'loading' }));
    try {
      const answer = await read(
        `/cards/${card}/activity?limit=30${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      );
      setShown((had) => ({
        state: 'ready',
        rows: after ? [...had.rows, ...answer.data] : answer.data,
        next: answer.next,
      }));
    } catch {
      setShown((had) => ({ ...had, state: 'failed' }));
    }
  };
  const open = state !== 'closed';
  useEffect(() => {
    if (!open) return undefined;
    return board.store.listen((event) => event.put.cards?.some(({ id }) => id === card) && load());
  }, [open]);
  return html`<details class="history" onToggle=${(/** @type {any} */ event) => event.currentTarget.open && !open && load()}>
    <summary>${t('Activity')}</summary>
    ${state === 'loading' && html`<p class="part__none" role="status">${t('Reading…')}</p>`}
    ${state === 'failed' && html`<p class="part__none">${t('This could not be read.')} <button type="button" class="word" onClick=${() => load()}>${t('Try again')}</button></p>`}
    ${byDay(rows).map(
      ([day, pasts]) => html`<section key=${day} class="history__day">
        <h4>${dayName(pasts[0].at)}</h4>
        <ul class="history__list">
          ${pasts.map(
            ({ past, words }) => html`<li key=${past.seq}>
              <span class="history__words"><span dir="auto">${words}</span> <time datetime=${past.at}>${timeOf(past.at)}</time></span>
              ${past.by === board.me.id && past.op && html`<button type="button" class="word" aria-label=${t('Undo: {what}', { what: words })} onClick=${() => undo(/** @type {string} */ (past.op))}>${t('Undo')}</button>`}
            </li>`,
          )}
        </ul>
      </section>`,
    )}
    ${state === 'ready' && !rows.length && html`<p class="part__none">${t('Nothing has happened yet.')}</p>`}
    ${next && html`<button type="button" class="button" onClick=${() => load(next)}>${t('Show more')}</button>`}
  </details>`;
}

/** @typedef {{ past: Past, words: string, at: string }} Told */

/** Newest first, with what has words. @param {Past[]} rows @returns {[string, Told[]][]} */
function byDay(rows) {
  /** @type {Map<string, Told[]>} */
  const days = new Map();
  for (const past of rows) {
    const words = sentence(past);
    const day = dayOf(past.at);
    if (words) days.set(day, [...(days.get(day) ?? []), { past, words, at: past.at }]);
  }
  return [...days];
}

/** @param {string} at */
function dayName(at) {
  const [name] = moment(at).split(', ');
  const today = moment(new Date().toISOString()).split(', ')[0];
  const yesterday = moment(new Date(Date.now() - 86_400_000).toISOString()).split(', ')[0];
  if (name === today) return t('Today');
  return name === yesterday ? t('Yesterday') : longDay(dayOf(at));
}

/** @param {Past} past */
function sentence(past) {
  const name = (past.by && board.store.peek('members', past.by)?.name) || t('Somebody');
  const put = past.put.cards?.[0] ?? {};
  const was = past.was.cards?.[0] ?? {};
  switch (past.type) {
    case 'card.added':
      return past.by ? t('{name} made this card.', { name }) : t('This card came by itself, in its rhythm.');
    case 'card.moved': {
      const list = board.store.peek('lists', put.list_id)?.title;
      if (put.list_id === was.list_id || !list) return t('{name} moved it.', { name });
      return t('{name} moved it to “{list}”.', { name, list });
    }
    case 'card.changed':
      return changed(name, put, was);
    case 'card.finished':
      return t('{name} marked it as done.', { name });
    case 'card.reopened':
      return t('{name} marked it as not done.', { name });
    case 'card.archived':
      return t('{name} archived it.', { name });
    case 'card.binned':
      return t('{name} deleted it.', { name });
    case 'card.restored':
    case 'card.unbinned':
      return t('{name} brought it back.', { name });
    case 'card.owner_asked': {
      const who = names(fresh(put.asked_ids, was.asked_ids));
      return who ? t('{name} asked {who} to take it on.', { name, who }) : t('{name} asked for an owner.', { name });
    }
    case 'card.owner_accepted':
      return t('{name} said yes to it.', { name });
    case 'card.owner_left': {
      const gone = fresh(was.owner_ids, put.owner_ids);
      if (gone.length === 1 && gone[0] === past.by) return t('{name} is no longer its owner.', { name });
      return gone.length
        ? t('{name} took {who} off it.', { name, who: names(gone) })
        : t('{name} changed the owners.', { name });
    }
    case 'card.date_proposed': {
      const mine = (put.proposals ?? []).find((/** @type {any} */ { member_id }) => member_id === past.by);
      return mine
        ? t('{name} proposed another date: {day}.', { name, day: longDay(mine.due) })
        : t('{name} brought a proposed date back.', { name });
    }
    case 'card.date_dropped':
      return t('{name} left the date as it is.', { name });
    case 'card.date_accepted':
      return t('{name} took the proposed date: {day}.', { name, day: put.due ? longDay(put.due) : '' });
    case 'card.rhythm_set':
      return t('{name} let it come again.', { name });
    case 'card.rhythm_ended':
      return past.by ? t('{name} let it come no more.', { name }) : t('It comes no more.');
    case 'card.rhythm_went_on':
      return t('It came again.');
    case 'card.unlinked':
      return past.by ? t('{name} changed the linked cards.', { name }) : t('A linked card is gone for good.');
    case 'card.rhythm_shifted':
      return t('It comes on another day: the calendar of the school has changed.');
    case 'card.labelled':
    case 'card.unlabelled':
      return t('{name} changed the labels.', { name });
    default:
      return past.type.startsWith('cards.') ? together(name, past.type, put, was) : part(name, past.type);
  }
}

/** What was done to it together with others. @param {string} name @param {string} type @param {Record<string, any>} put @param {Record<string, any>} was */
function together(name, type, put, was) {
  const list = board.store.peek('lists', put.list_id)?.title;
  switch (type) {
    case 'cards.added':
      return t('{name} made this card.', { name });
    case 'cards.moved':
      return list && put.list_id !== was.list_id
        ? t('{name} moved it to “{list}”.', { name, list })
        : t('{name} moved it.', { name });
    case 'cards.dated':
      return changed(name, put, was);
    case 'cards.finished':
      return t('{name} marked it as done.', { name });
    case 'cards.reopened':
      return t('{name} marked it as not done.', { name });
    case 'cards.labelled':
      return t('{name} changed the labels.', { name });
    case 'cards.owners_changed':
      return t('{name} changed the owners.', { name });
    case 'cards.blocked':
      return part(name, put.blocked_count > was.blocked_count ? 'card.blocked' : 'card.unblocked');
    case 'cards.archived':
      return t('{name} archived it.', { name });
    case 'cards.binned':
      return t('{name} deleted it.', { name });
    default:
      return t('{name} brought it back.', { name });
  }
}

/** @param {string} name @param {Record<string, any>} put @param {Record<string, any>} was */
function changed(name, put, was) {
  if ('title' in put)
    return was.title
      ? t('{name} renamed it; it was “{title}”.', { name, title: was.title })
      : t('{name} renamed it.', { name });
  if ('due' in put)
    return put.due
      ? t('{name} set it due on {day}.', { name, day: longDay(put.due) })
      : t('{name} took the due date off.', { name });
  if ('start' in put)
    return put.start
      ? t('{name} set its start on {day}.', { name, day: longDay(put.start) })
      : t('{name} took its start off.', { name });
  if ('help_minutes' in put)
    return put.help_minutes
      ? t('{name} asked for help: {minutes} minutes.', { name, minutes: put.help_minutes })
      : t('{name} needs no more help.', { name });
  if ('measure' in put) return t('{name} changed how we will know it worked.', { name });
  return t('{name} changed the description.', { name });
}

/** @param {number[]} [now] @param {number[]} [before] */
function fresh(now = [], before = []) {
  return now.filter((id) => !before.includes(id));
}

/** @param {number[]} ids */
function names(ids) {
  return ids.map((id) => board.store.peek('members', id)?.name ?? t('somebody')).join(', ');
}

/** What belongs to a card. @param {string} name @param {string} type */
function part(name, type) {
  const [kind] = type.split('.');
  if (kind === 'comment') return type === 'comment.added' ? t('{name} wrote a comment.', { name }) : null;
  if (kind === 'checklist' || kind === 'item') return t('{name} changed a checklist.', { name });
  if (kind === 'attachment') return t('{name} changed the links.', { name });
  if (kind === 'link' || type === 'card.linked') return t('{name} changed the linked cards.', { name });
  if (type === 'card.blocked') return t('It waits for another card.');
  if (type === 'card.unblocked') return t('It waits for one card less.');
  if (type === 'card.field_changed') return t('{name} filled in a field.', { name });
  return null;
}
