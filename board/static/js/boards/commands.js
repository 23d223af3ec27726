/** The verbs of the board, as this page says them: what is sent, and what is shown until the answer. */
import { announce } from '../core/announce.js';
import { focusCard } from '../core/focus.js';
import { t } from '../core/i18n.js';
import { between } from '../core/position.js';
import { toast } from '../core/toast.js';
import { board } from './context.js';

/** @import { Item } from '../core/types.js' */
/** Where a thing goes: right after one neighbour or right before another; with neither, at the end. @typedef {{ after?: number, before?: number }} Place */

let lastMade = 0;

/** @param {string} title */
export function makeList(title) {
  const id = --lastMade;
  const position = endOf('lists', '');
  return board.queue.do({
    method: 'POST',
    path: `/boards/${board.id}/lists`,
    body: { title },
    guess: { made: id, put: { lists: [{ id, title, position }] } },
  });
}

/** @param {number} id @param {Record<string, any>} fields */
export function changeList(id, fields) {
  return change('PATCH', `/lists/${id}`, 'lists', { id, ...fields }, fields);
}

/** @param {number} id @param {Place} place */
export function moveList(id, place) {
  const position = positionAt('lists', '', id, place);
  const asked = board.queue.do({
    method: 'PUT',
    path: `/lists/${id}/position`,
    body: neighbours(place),
    guess: { put: { lists: [{ id, position }] } },
    again: () => neighbours(placeOf('lists', '', id)),
  });
  undoable(t('List moved.'), asked);
  return asked;
}

/** @param {number} id */
export function archiveList(id) {
  const cards = board.store.children('cards', id).peek();
  const title = board.store.peek('lists', id)?.title ?? '';
  const asked = board.queue.do({
    method: 'PUT',
    path: `/lists/${id}/archive`,
    guess: { drop: { lists: [id], cards: [...cards] } },
  });
  undoable(t('“{title}” is in the archive.', { title }), asked);
  return asked;
}

/** What a new card has from the start. @typedef {{ description?: string, due?: string, owner_ids?: number[], label_ids?: number[] }} Beginning */

/** The answer has the made-up `id` under which it is shown until then. @param {number} list_id @param {string} title @param {Beginning} [beginning] */
export function makeCard(list_id, title, beginning = {}) {
  const id = --lastMade;
  const position = endOf('cards', list_id);
  const asked_ids = beginning.owner_ids?.filter((member) => member !== board.me.id);
  const card = { id, list_id, title, position, ...beginning, ...(asked_ids && { asked_ids }) };
  const asked = board.queue.do({
    method: 'POST',
    path: `/lists/${list_id}/cards`,
    body: { title, ...beginning },
    guess: { made: id, put: { cards: [card] } },
  });
  return Object.assign(asked, { id });
}

/** @param {number} id @param {Record<string, any>} fields @param {number} [ifMatch] the version that a text was made from; then the caller shows a refusal @param {Record<string, any>} [shown] what else is shown meanwhile */
export function changeCard(id, fields, ifMatch, shown = {}) {
  const guess = { put: { cards: [{ id, ...fields, ...shown }] } };
  return board.queue.do({
    method: 'PATCH',
    path: `/cards/${id}`,
    body: fields,
    ifMatch,
    guess,
    quiet: ifMatch !== undefined,
  });
}

/** @param {number} id @param {number} list_id @param {Place} place */
export function moveCard(id, list_id, place) {
  const card = board.store.peek('cards', id);
  const list = board.store.peek('lists', list_id);
  if (!card || !list || isThere(card, list_id, place)) return null;
  const position = positionAt('cards', list_id, id, place);
  const asked = board.queue.do({
    method: 'PUT',
    path: `/cards/${id}/position`,
    body: { list_id, ...neighbours(place) },
    guess: { put: { cards: [{ id, list_id, position, ...doneByMoving(id, list_id) }] } },
    // Into a full list there is no second way.
    again: () => (isFull(list_id) ? undefined : { list_id, ...neighbours(placeOf('cards', list_id, id)) }),
  });
  undoable(card.list_id === list_id ? t('Moved.') : t('Moved to “{list}”.', { list: list.title }), asked);
  // Refused, it is drawn anew where it stood: the focus goes back with it.
  asked.catch(() => requestAnimationFrame(() => document.activeElement === document.body && focusCard(id)));
  return asked;
}

/** To the end of a list of another board. @param {number} id @param {number} list_id @param {string} title of that board */
export function moveAway(id, list_id, title) {
  const asked = board.queue.do({
    method: 'PUT',
    path: `/cards/${id}/position`,
    body: { list_id },
    guess: { drop: { cards: [id] } },
  });
  undoable(t('Moved to the board “{title}”.', { title }), asked);
  return asked;
}

/** @param {number} id @param {boolean} done */
export function setDone(id, done) {
  const at = done ? new Date().toISOString() : null;
  announce(done ? t('Done.') : t('Not done.'));
  return change(done ? 'PUT' : 'DELETE', `/cards/${id}/done`, 'cards', { id, done: at });
}

/** @param {number} id */
export function archiveCard(id) {
  const asked = board.queue.do({ method: 'PUT', path: `/cards/${id}/archive`, guess: { drop: { cards: [id] } } });
  undoable(t('The card is in the archive.'), asked);
  return asked;
}

/** @param {number} id */
export function restoreCard(id) {
  return board.queue.do({ method: 'DELETE', path: `/cards/${id}/archive` });
}

/** @param {number} id */
export function restoreList(id) {
  return board.queue.do({ method: 'DELETE', path: `/lists/${id}/archive` });
}

/** @param {number} id */
export function binCard(id) {
  const asked = board.queue.do({ method: 'DELETE', path: `/cards/${id}`, guess: { drop: { cards: [id] } } });
  undoable(t('The card is in the bin, for 30 days.'), asked);
  return asked;
}

/** @param {number} id */
export function unbinCard(id) {
  return board.queue.do({ method: 'DELETE', path: `/cards/${id}/bin` });
}

/** Who sets somebody else asks her; who sets herself has said yes. @param {number} id @param {number} member */
export function setOwner(id, member) {
  const card = board.store.peek('cards', id);
  const owner_ids = sorted([...(card?.owner_ids ?? []), member]);
  const asked_ids = sorted((card?.asked_ids ?? []).filter((/** @type {number} */ other) => other !== member));
  if (member !== board.me.id) asked_ids.push(member);
  return change('PUT', `/cards/${id}/owners/${member}`, 'cards', { id, owner_ids, asked_ids: sorted(asked_ids) });
}

/** @param {number} id @param {number} member */
export function removeOwner(id, member) {
  const card = board.store.peek('cards', id);
  const without = (/** @type {number[] | undefined} */ ids) => (ids ?? []).filter((other) => other !== member);
  const fields = { owner_ids: without(card?.owner_ids), asked_ids: without(card?.asked_ids) };
  return change('DELETE', `/cards/${id}/owners/${member}`, 'cards', { id, ...fields });
}

/** @param {number} id @param {string} due @param {string} note */
export function proposeDate(id, due, note) {
  const me = board.me.id;
  const proposals = [...otherProposals(id, me), { member_id: me, due, note }];
  return change(
    'PUT',
    `/cards/${id}/owners/${me}/proposal`,
    'cards',
    { id, proposals },
    note ? { due, note } : { due },
  );
}

/** @param {number} id @param {number} member */
export function dropDate(id, member) {
  const asked = change('DELETE', `/cards/${id}/owners/${member}/proposal`, 'cards', {
    id,
    proposals: otherProposals(id, member),
  });
  undoable(t('The date stays as it is.'), asked);
  return asked;
}

/** @param {number} id @param {{ member_id: number, due: string }} proposal */
export function acceptDate(id, { member_id, due }) {
  const card = board.store.peek('cards', id);
  const asked_ids = (card?.asked_ids ?? []).filter((/** @type {number} */ other) => other !== member_id);
  const fields = { id, due, asked_ids, proposals: otherProposals(id, member_id) };
  const asked = change('PUT', `/cards/${id}/owners/${member_id}/proposal/acceptance`, 'cards', fields);
  undoable(t('The date is set, and the yes with it.'), asked);
  return asked;
}

/** @param {number} id @param {number} member @returns {any[]} */
function otherProposals(id, member) {
  const all = board.store.peek('cards', id)?.proposals ?? [];
  return all.filter((/** @type {{ member_id: number }} */ other) => other.member_id !== member);
}

/** @param {number} id @param {number} label @param {boolean} on */
export function setLabel(id, label, on) {
  const had = (board.store.peek('cards', id)?.label_ids ?? []).filter((/** @type {number} */ other) => other !== label);
  const label_ids = on ? sorted([...had, label]) : had;
  return change(on ? 'PUT' : 'DELETE', `/cards/${id}/labels/${label}`, 'cards', { id, label_ids });
}

/** @param {string} title @param {string} colour */
export function makeLabel(title, colour) {
  return board.queue.do({ method: 'POST', path: `/boards/${board.id}/labels`, body: { title, colour } });
}

/** @param {number} id @param {Record<string, any>} fields */
export function changeLabel(id, fields) {
  return change('PATCH', `/labels/${id}`, 'labels', { id, ...fields }, fields);
}

/** @param {number} id */
export function deleteLabel(id) {
  const asked = board.queue.do({ method: 'DELETE', path: `/labels/${id}`, guess: { drop: { labels: [id] } } });
  undoable(t('Label deleted.'), asked);
  return asked;
}

/** @param {number} card_id @param {string} title */
export function makeChecklist(card_id, title) {
  const id = --lastMade;
  return board.queue.do({
    method: 'POST',
    path: `/cards/${card_id}/checklists`,
    body: { title },
    guess: { made: id, put: { checklists: [{ id, card_id, title, position: endOf('checklists', card_id) }] } },
  });
}

/** @param {number} id @param {string} title */
export function renameChecklist(id, title) {
  return change('PATCH', `/checklists/${id}`, 'checklists', { id, title }, { title });
}

/** @param {number} id */
export function deleteChecklist(id) {
  const asked = board.queue.do({ method: 'DELETE', path: `/checklists/${id}`, guess: { drop: { checklists: [id] } } });
  undoable(t('Checklist deleted.'), asked);
  return asked;
}

/** @param {number} checklist_id @param {string} title */
export function makeItem(checklist_id, title) {
  const id = --lastMade;
  return board.queue.do({
    method: 'POST',
    path: `/checklists/${checklist_id}/items`,
    body: { title },
    guess: { made: id, put: { items: [{ id, checklist_id, title, position: endOf('items', checklist_id) }] } },
  });
}

/** @param {number} id @param {boolean} done */
export function tickItem(id, done) {
  return change(done ? 'PUT' : 'DELETE', `/items/${id}/done`, 'items', {
    id,
    done: done ? new Date().toISOString() : null,
  });
}

/** @param {number} id @param {string} title */
export function renameItem(id, title) {
  return change('PATCH', `/items/${id}`, 'items', { id, title }, { title });
}

/** @param {number} id */
export function deleteItem(id) {
  const asked = board.queue.do({ method: 'DELETE', path: `/items/${id}`, guess: { drop: { items: [id] } } });
  undoable(t('Item deleted.'), asked);
  return asked;
}

/** @param {number} card_id @param {string} url @param {string} title */
export function addAttachment(card_id, url, title) {
  return board.queue.do({
    method: 'POST',
    path: `/cards/${card_id}/attachments`,
    body: title ? { url, title } : { url },
    quiet: true,
  });
}

/** @param {number} id */
export function removeAttachment(id) {
  const asked = board.queue.do({
    method: 'DELETE',
    path: `/attachments/${id}`,
    guess: { drop: { attachments: [id] } },
  });
  undoable(t('Link removed.'), asked);
  return asked;
}

/** @param {number} thread_id @param {string} body @param {number | null} reply_to */
export function addComment(thread_id, body, reply_to) {
  const id = --lastMade;
  const comment = { id, thread_id, body, reply_to, by: board.me.id, at: new Date().toISOString() };
  return board.queue.do({
    method: 'POST',
    path: `/threads/${thread_id}/comments`,
    body: reply_to ? { body, reply_to } : { body },
    guess: { made: id, put: { comments: [comment] } },
    quiet: true,
  });
}

/** @param {number} id @param {string} body @param {number} version */
export function editComment(id, body, version) {
  return board.queue.do({
    method: 'PATCH',
    path: `/comments/${id}`,
    body: { body },
    ifMatch: version,
    guess: { put: { comments: [{ id, body, html: null }] } },
    quiet: true,
  });
}

/** @param {number} id */
export function deleteComment(id) {
  const guess = { put: { comments: [{ id, deleted_at: new Date().toISOString() }] } };
  const asked = board.queue.do({ method: 'DELETE', path: `/comments/${id}`, guess });
  undoable(t('Comment deleted.'), asked);
  return asked;
}

/** @param {number} id @param {string} emoji @param {boolean} on */
export function react(id, emoji, on) {
  const had = board.store.peek('comments', id)?.reactions ?? {};
  const others = (had[emoji] ?? []).filter((/** @type {number} */ member) => member !== board.me.id);
  const reactions = { ...had, [emoji]: on ? [...others, board.me.id] : others };
  return change(on ? 'PUT' : 'DELETE', `/comments/${id}/reactions/${encodeURIComponent(emoji)}`, 'comments', {
    id,
    reactions,
  });
}

/** @param {number} id @param {boolean} settled */
export function settleThread(id, settled) {
  const asked = change(settled ? 'PUT' : 'DELETE', `/threads/${id}/resolution`, 'threads', {
    id,
    resolved_at: settled ? new Date().toISOString() : null,
  });
  undoable(settled ? t('The discussion is settled.') : t('The discussion is open again.'), asked);
  return asked;
}

/** @param {string} title */
export function renameBoard(title) {
  return changeBoard({ title });
}

/** @param {Record<string, any>} fields */
export function changeBoard(fields) {
  return change('PATCH', `/boards/${board.id}`, 'board', { id: board.id, ...fields }, fields);
}

export function archiveBoard() {
  const guess = { put: { board: [{ id: board.id, archived: new Date().toISOString() }] } };
  const asked = board.queue.do({ method: 'PUT', path: `/boards/${board.id}/archive`, guess });
  undoable(t('The board is in the archive.'), asked);
  return asked;
}

export function restoreBoard() {
  const guess = { put: { board: [{ id: board.id, archived: null }] } };
  const asked = board.queue.do({ method: 'DELETE', path: `/boards/${board.id}/archive`, guess });
  undoable(t('The board is at work again.'), asked);
  return asked;
}

/** A card is finished by being moved into a list that means done, and open again by being moved out of there. @param {number} id @param {number} list_id */
export function doneByMoving(id, list_id) {
  const card = board.store.peek('cards', id);
  const into = Boolean(board.store.peek('lists', list_id)?.done);
  const from = Boolean(board.store.peek('lists', card?.list_id)?.done);
  if (into === from || into === Boolean(card?.done)) return {};
  return { done: into ? new Date().toISOString() : null };
}

/** @param {number} list_id with what is shown there until the answer */
function isFull(list_id) {
  const list = board.store.peek('lists', list_id);
  return list?.wip_hard && list.wip_limit && board.store.children('cards', list_id).peek().length > list.wip_limit;
}

/** Say what was done, with a way back. @param {string} text @param {Promise<any> & { op: string }} asked */
export function undoable(text, asked) {
  const close = toast(text, undoOf(asked.op));
  asked.catch(close);
}

/** What a notice offers about a command. @param {string} op */
export function undoOf(op) {
  return { action: t('Undo'), act: () => undo(op) };
}

/** @param {string} op */
export async function undo(op) {
  if (board.queue.cancel(op)) return announce(t('Undone.'));
  try {
    await board.queue.do({ method: 'PUT', path: `/ops/${op}/undone`, quiet: true });
    announce(t('Undone.'));
  } catch (error) {
    toast(t('This could not be undone: {why}', { why: /** @type {Error} */ (error).message }), { kind: 'problem' });
  }
  return undefined;
}

/** @param {string} method @param {string} path @param {string} collection @param {Item} record @param {any} [body] */
function change(method, path, collection, record, body) {
  return board.queue.do({ method, path, body, guess: { put: { [collection]: [record] } } });
}

/** @param {Place} place */
function neighbours({ after, before }) {
  return { ...(before ? { before_id: before } : {}), ...(after ? { after_id: after } : {}) };
}

/** Does the card stand there already? @param {Item} card @param {number} list_id @param {Place} place */
function isThere(card, list_id, { after, before }) {
  if (card.list_id !== list_id) return false;
  // Nothing else is shown in this list (a filter): it stays.
  if (!after && !before) return true;
  if (after === card.id || before === card.id) return true;
  const ids = board.store.children('cards', list_id).peek();
  const at = ids.indexOf(card.id);
  if (after !== undefined) return ids[at - 1] === after;
  return ids[at + 1] === before;
}

/** A provisional key for a thing at a place. @param {string} collection @param {any} parent @param {number} id @param {Place} place */
export function positionAt(collection, parent, id, { after, before }) {
  const ids = board.store
    .children(collection, parent)
    .peek()
    .filter((other) => other !== id);
  let at = ids.length;
  if (after && ids.includes(after)) at = ids.indexOf(after) + 1;
  else if (before && ids.includes(before)) at = ids.indexOf(before);
  const key = (/** @type {number} */ n) => board.store.peek(collection, ids[n])?.position;
  return between(key(at - 1), key(at));
}

/** The neighbours of a thing as it is shown now. @param {string} collection @param {any} parent @param {number} id @returns {Place} */
function placeOf(collection, parent, id) {
  const ids = board.store.children(collection, parent).peek();
  const at = ids.indexOf(id);
  return at < 0 ? {} : { after: ids[at - 1], before: ids[at + 1] };
}

/** @param {string} collection @param {any} parent */
function endOf(collection, parent) {
  const last = board.store.children(collection, parent).peek().at(-1);
  return between(last === undefined ? undefined : board.store.peek(collection, last)?.position);
}

/** @param {number[]} ids */
function sorted(ids) {
  return [...new Set(ids)].sort((a, b) => a - b);
}

export { change, endOf, neighbours };
