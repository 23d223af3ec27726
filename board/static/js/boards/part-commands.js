/** What is done to the parts of a card beyond making and naming them: their order, who does an item and by when, links, and the board's own fields. */
import { t } from '../core/i18n.js';
import { change, endOf, neighbours, positionAt, undoable } from './commands.js';
import { board } from './context.js';

/** @import { Place } from './commands.js' */

/** @param {number} id @param {number} checklist_id @param {Place} place */
export function moveItem(id, checklist_id, place) {
  const asked = board.queue.do({
    method: 'PUT',
    path: `/items/${id}/position`,
    body: { checklist_id, ...neighbours(place) },
    guess: { put: { items: [{ id, checklist_id, position: positionAt('items', checklist_id, id, place) }] } },
  });
  undoable(t('Moved.'), asked);
  return asked;
}

/** @param {number} id @param {number} card_id @param {Place} place */
export function moveChecklist(id, card_id, place) {
  const asked = board.queue.do({
    method: 'PUT',
    path: `/checklists/${id}/position`,
    body: neighbours(place),
    guess: { put: { checklists: [{ id, card_id, position: positionAt('checklists', card_id, id, place) }] } },
  });
  undoable(t('Moved.'), asked);
  return asked;
}

/** @param {number} id @param {{ owner_id?: number | null, due?: string | null }} fields */
export function changeItem(id, fields) {
  return change('PATCH', `/items/${id}`, 'items', { id, ...fields }, fields);
}

/** Many lines at once are one command: all of them, or none. @param {number} checklist_id @param {string[]} titles */
export function makeItems(checklist_id, titles) {
  const asked = board.queue.do({ method: 'POST', path: `/checklists/${checklist_id}/lines`, body: { titles } });
  undoable(t('{count} items added.', { count: titles.length }), asked);
  return asked;
}

/** @param {number} id */
export function makeCardOfItem(id) {
  const asked = board.queue.do({ method: 'POST', path: `/items/${id}/card`, body: {} });
  undoable(t('The item is a card now, right after this one.'), asked);
  return asked;
}

/** @param {number} card_id @param {number} other_id @param {string} kind */
export function addLink(card_id, other_id, kind) {
  return board.queue.do({ method: 'POST', path: `/cards/${card_id}/links`, body: { other_id, kind }, quiet: true });
}

/** @param {number} id */
export function removeLink(id) {
  const asked = board.queue.do({ method: 'DELETE', path: `/links/${id}`, guess: { drop: { links: [id] } } });
  undoable(t('The cards are no longer linked.'), asked);
  return asked;
}

/** @param {Record<string, any>} body */
export function makeField(body) {
  return board.queue.do({ method: 'POST', path: `/boards/${board.id}/fields`, body, quiet: true });
}

/** @param {number} id @param {Record<string, any>} body */
export function changeField(id, body) {
  return board.queue.do({ method: 'PATCH', path: `/fields/${id}`, body, quiet: true });
}

/** @param {number} id @param {Place} place */
export function moveField(id, place) {
  const position = place.after || place.before ? positionAt('fields', '', id, place) : endOf('fields', '');
  return change('PUT', `/fields/${id}/position`, 'fields', { id, position }, neighbours(place));
}

/** @param {number} id */
export function deleteField(id) {
  const asked = board.queue.do({ method: 'DELETE', path: `/fields/${id}`, guess: { drop: { fields: [id] } } });
  undoable(t('Field deleted, from all cards.'), asked);
  return asked;
}

/** @param {number} card @param {number} field @param {string | number | boolean | null} value @param {boolean} [quiet] the caller shows a refusal */
export function setValue(card, field, value, quiet = false) {
  const { [field]: _, ...others } = board.store.peek('cards', card)?.field_values ?? {};
  const empty = value === null || value === '' || value === false;
  const field_values = empty ? others : { ...others, [field]: value };
  return board.queue.do({
    method: empty ? 'DELETE' : 'PUT',
    path: `/cards/${card}/fields/${field}`,
    body: empty ? undefined : { value },
    guess: { put: { cards: [{ id: card, field_values }] } },
    quiet,
  });
}
