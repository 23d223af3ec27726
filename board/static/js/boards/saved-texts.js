/** Texts of cards on their way to the server, and what is only here yet: two people may write at once, and neither text is lost. */
import { signal } from '#ui';
import { Refused } from '../core/http.js';
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';
import { keepUnsent } from '../core/unsent.js';
import { changeCard } from './commands.js';
import { board } from './context.js';
import { openCard, opened } from './open-card.js';

/** @import { Conflict } from './conflict.js' */
/** @typedef {'title' | 'description' | 'measure'} Field */
/** @typedef {{ base: string, version: number, mine: string }} Draft what is being written, and what it was made from */

/** By "card/field". @type {Map<string, Draft>} */
export const drafts = new Map();
/** @type {import('#ui').Signal<Map<string, Conflict>>} */
export const conflicts = signal(new Map());
/** Who changed a text last, as far as this page heard of it, by "card/field". @type {Map<string, number>} */
const writers = new Map();

/** Something was typed into it. @param {string} key @param {string} mine */
export function type(key, mine) {
  const draft = drafts.get(key);
  if (!draft) return;
  draft.mine = mine;
  keepUnsent('text', key, mine === draft.base ? null : { text: mine, base: draft.base, version: draft.version });
}

/** It is sent, or given up. @param {string} key */
export function dropText(key) {
  drafts.delete(key);
  keepUnsent('text', key, null);
}

/** It comes back from the server. @param {string} key @param {Draft} draft */
export function restoreText(key, draft) {
  drafts.set(key, draft);
}

/** Is there a text that was typed and is nowhere but here? */
export function hasUnsaved() {
  return conflicts.peek().size > 0 || [...drafts.values()].some(({ base, mine }) => base !== mine);
}

/** Remembers whose change it was, so that it can be said. */
export function rememberWriters() {
  return board.store.listen((event) => {
    if (event.type !== 'card.changed' || !event.by) return;
    for (const row of event.put.cards ?? []) {
      for (const field of ['title', 'description', 'measure'])
        if (field in row) writers.set(`${row.id}/${field}`, event.by);
    }
  });
}

/** @param {string} key */
export function whoChanged(key) {
  const by = writers.get(key);
  return by && by !== board.me.id ? board.store.peek('members', by)?.name : undefined;
}

/** Save a text that was made from `base`. When it is refused as stale though this text is unchanged, only another one was. @param {number} id @param {Field} field @param {string} mine @param {string} base @param {number} version */
export async function saveText(id, field, mine, base, version) {
  const key = `${id}/${field}`;
  try {
    const html = field === 'description' ? { description_html: null } : {};
    await changeCard(id, { [field]: mine }, version, html);
  } catch (error) {
    if (error instanceof Refused && error.status === 412 && error.data) {
      const theirs = error.data[field] ?? '';
      if (theirs === base) return saveText(id, field, mine, base, error.data.version ?? 0);
      if (theirs === mine) return undefined;
      keep(key, { base, mine, theirs, version: error.data.version ?? 0, who: whoChanged(key) });
      if (opened.peek() !== id) sayUnsaved(id, error.data.title ?? '');
      return undefined;
    }
    // Whatever else went wrong, the text is still there: back into the editor, by way of the same window.
    const now = board.store.peek('cards', id);
    keep(key, { base, mine, theirs: now?.[field] ?? base, version: now?.version ?? version });
    toast(t('Not saved: {why}', { why: /** @type {Error} */ (error).message }), { kind: 'problem' });
  }
  return undefined;
}

/** @param {string} key @param {Conflict} conflict */
function keep(key, conflict) {
  conflicts.value = new Map(conflicts.peek()).set(key, conflict);
  const { mine, base, version } = conflict;
  keepUnsent('text', key, { text: mine, base, version });
}

/** @param {string} key */
export function forget(key) {
  const next = new Map(conflicts.peek());
  next.delete(key);
  conflicts.value = next;
  keepUnsent('text', key, null);
}

/** A text could not be saved and its card is closed: say so, with the way back to it. @param {number} id @param {string} title */
function sayUnsaved(id, title) {
  toast(t('Somebody changed “{title}” at the same time. Both texts are kept.', { title }), {
    action: t('Open'),
    act: () => openCard(id),
    kind: 'problem',
    stay: true,
  });
}
