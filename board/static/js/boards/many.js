/** One thing done to many cards, as one change with one way back. */
import { t, tn } from '../core/i18n.js';
import { several } from '../core/position.js';
import { toast } from '../core/toast.js';
import { doneByMoving, undoable, undoOf } from './commands.js';
import { board } from './context.js';

/** @import { Put, Drop } from '../core/types.js' */
/** @import { Place } from './commands.js' */

/** As many as the server makes at once. */
export const MOST_LINES = 500;

/** @param {number[]} ids @param {number} list @param {Place} place */
export function moveMany(ids, list, place) {
  const title = board.store.peek('lists', list)?.title ?? '';
  const moved = new Set(ids);
  const others = board.store
    .children('cards', list)
    .peek()
    .filter((id) => !moved.has(id));
  let at = others.length;
  if (place.after && others.includes(place.after)) at = others.indexOf(place.after) + 1;
  else if (place.before && others.includes(place.before)) at = others.indexOf(place.before);
  const key = (/** @type {number} */ n) => board.store.peek('cards', others[n])?.position;
  const positions = several(key(at - 1), key(at), ids.length);
  const cards = ids.map((id, n) => ({ id, list_id: list, position: positions[n], ...doneByMoving(id, list) }));
  const position = {
    list_id: list,
    ...(others[at] ? { before_id: others[at] } : {}),
    ...(others[at - 1] ? { after_id: others[at - 1] } : {}),
  };
  const text = tn(ids.length, '{count} card moved to “{list}”.', '{count} cards moved to “{list}”.', { list: title });
  return change(ids, { position }, text, { put: { cards } });
}

/** @param {number[]} ids @param {number} label @param {boolean} on */
export function labelMany(ids, label, on) {
  const title = board.store.peek('labels', label)?.title || t('Label');
  const words = { title };
  return change(
    ids,
    { label_ids: on ? { add: [label] } : { remove: [label] } },
    on
      ? tn(ids.length, '“{title}” is on {count} card.', '“{title}” is on {count} cards.', words)
      : tn(ids.length, '“{title}” is off {count} card.', '“{title}” is off {count} cards.', words),
    { put: { cards: ids.map((id) => ({ id, label_ids: withOr(id, 'label_ids', label, on) })) } },
  );
}

/** All but oneself are asked. @param {number[]} ids @param {number} member @param {boolean} on */
export function handOut(ids, member, on) {
  const name = board.store.peek('members', member)?.name ?? '';
  const mine = member === board.me.id;
  const cards = ids.map((id) => {
    const had = board.store.peek('cards', id)?.owner_ids?.includes(member);
    const fields = { id, owner_ids: withOr(id, 'owner_ids', member, on) };
    return had && on && !mine ? fields : { ...fields, asked_ids: withOr(id, 'asked_ids', member, on && !mine) };
  });
  const words = { name };
  let text = tn(ids.length, '{name} is off {count} card.', '{name} is off {count} cards.', words);
  if (on && mine) text = tn(ids.length, 'You take {count} card.', 'You take {count} cards.');
  else if (on) text = tn(ids.length, '{name} is asked for {count} card.', '{name} is asked for {count} cards.', words);
  return change(ids, { owner_ids: on ? { add: [member] } : { remove: [member] } }, text, { put: { cards } });
}

/** @param {number[]} ids @param {string | null} due */
export function dateMany(ids, due) {
  const text = due
    ? tn(ids.length, '{count} card has the date.', '{count} cards have the date.')
    : tn(ids.length, 'The date is off {count} card.', 'The date is off {count} cards.');
  return change(ids, { due }, text, { put: { cards: ids.map((id) => ({ id, due })) } });
}

/** @param {number[]} ids @param {boolean} done */
export function finishMany(ids, done) {
  const at = done ? new Date().toISOString() : null;
  const text = done
    ? tn(ids.length, '{count} card is done.', '{count} cards are done.')
    : tn(ids.length, '{count} card is open again.', '{count} cards are open again.');
  return change(ids, { done }, text, { put: { cards: ids.map((id) => ({ id, done: at })) } });
}

/** @param {number[]} ids */
export function archiveMany(ids) {
  const text = tn(ids.length, '{count} card is in the archive.', '{count} cards are in the archive.');
  return change(ids, { archive: true }, text, { drop: { cards: [...ids] } });
}

/** A card for each line, at the end of a list. @param {number} list @param {string[]} titles */
export function makeCards(list, titles) {
  const asked = board.queue.do({ method: 'POST', path: `/lists/${list}/batch`, body: { titles }, quiet: true });
  asked.then(
    () => undoable(tn(titles.length, '{count} card made.', '{count} cards made.'), asked),
    () => {},
  );
  return asked;
}

/** @param {number[]} ids @param {Record<string, any>} what @param {string} text @param {{ put?: Put, drop?: Drop }} guess */
function change(ids, what, text, guess) {
  const asked = board.queue.do({
    method: 'POST',
    path: `/boards/${board.id}/batch`,
    body: { card_ids: ids, ...what },
    guess,
  });
  undoable(text, asked);
  asked.then(
    ({ data }) => {
      if (data.skipped.length) toast(leftOut(data), undoOf(asked.op));
    },
    () => {},
  );
  return asked;
}

/** @param {{ card_ids: number[], skipped: Array<{ id: number, why: string }> }} data */
function leftOut({ card_ids, skipped }) {
  const counts = (/** @type {string} */ why) => skipped.filter((one) => one.why === why).length;
  const whys = [
    counts('gone') &&
      tn(counts('gone'), '{count} is not on this board any more', '{count} are not on this board any more'),
    counts('archived') && tn(counts('archived'), '{count} is archived', '{count} are archived'),
    counts('full') &&
      tn(counts('full'), '{count} has as many owners as it may have', '{count} have as many owners as they may have'),
    counts('start') &&
      tn(counts('start'), '{count} would start after it is due', '{count} would start after they are due'),
  ].filter(Boolean);
  return tn(card_ids.length, '{count} card changed. Left out: {why}.', '{count} cards changed. Left out: {why}.', {
    why: whys.join(', '),
  });
}

/** @param {number} id @param {string} field @param {number} one @param {boolean} on */
function withOr(id, field, one, on) {
  const others = (board.store.peek('cards', id)?.[field] ?? []).filter((/** @type {number} */ other) => other !== one);
  return on ? [...others, one].sort((a, b) => a - b) : others;
}
