/** Title, description and measure of a card. Two people may write at once: neither text is lost. */
import { html, signal, useLayoutEffect, useRef, useState } from '#ui';
import { Refused } from '../core/http.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { toast } from '../core/toast.js';
import { changeCard } from './commands.js';
import { board } from './context.js';
import { opened, sayUnsaved } from './dialog.js';

/** @import { Item } from '../core/types.js' */
/** @typedef {{ base: string, version: number, mine: string }} Draft what is being written, and what it was made from */
/** @typedef {{ mine: string, theirs: string, version: number }} Conflict */

/** By "card/field". @type {Map<string, Draft>} */
const drafts = new Map();
/** @type {import('#ui').Signal<Map<string, Conflict>>} */
const conflicts = signal(new Map());

/** Is there a text that was typed and is nowhere but here? */
export function hasUnsaved() {
  return conflicts.peek().size > 0 || [...drafts.values()].some(({ base, mine }) => base !== mine);
}

/** @param {{ card: Item, edits: boolean }} props */
export function Title({ card, edits }) {
  const key = `${card.id}/title`;
  const [editing, setEditing] = useState(drafts.has(key));
  const conflict = conflicts.value.get(key);
  const edit = () => {
    drafts.set(key, { base: card.title, version: card.version ?? 0, mine: card.title });
    setEditing(true);
  };
  return html`<h2 class=${editing ? 'visually-hidden' : 'sheet__title'} id="sheet-title" tabindex=${edits ? null : -1} data-first=${edits ? null : true} dir="auto">
      ${edits && !editing ? html`<button type="button" class="sheet__rename" title=${t('Rename')} data-first onClick=${edit}>${card.title}</button>` : card.title}
    </h2>
    ${edits && editing && html`<${TitleField} id=${card.id} draft=${drafts.get(key)} close=${() => setEditing(false)} />`}
    ${conflict && html`<${Both} conflict=${conflict} card=${card.id} field="title" />`}`;
}

/** @param {{ id: number, draft: Draft, close: () => void }} props */
function TitleField({ id, draft, close }) {
  const ref = useRef(/** @type {any} */ (null));
  const over = useRef(false);
  useLayoutEffect(() => {
    ref.current.value = draft.mine;
    ref.current.select();
  }, []);
  const finish = (/** @type {boolean} */ save, refocus = true) => {
    if (over.current) return;
    over.current = true;
    const { base, version } = draft;
    const text = ref.current.value.replace(/\s*\n\s*/g, ' ').trim();
    drafts.delete(`${id}/title`);
    if (save && text && text !== base) saveText(id, 'title', text, base, version);
    close();
    if (refocus)
      requestAnimationFrame(() =>
        /** @type {HTMLElement | null} */ (document.querySelector('.sheet__rename'))?.focus(),
      );
  };
  return html`<textarea
    ref=${ref}
    class="sheet__title sheet__title--field"
    aria-label=${t('Title')}
    rows="1"
    maxlength="512"
    dir="auto"
    onInput=${() => (draft.mine = ref.current.value)}
    onBlur=${() => finish(true, false)}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing) return;
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      finish(event.key === 'Enter');
    }}
  ></textarea>`;
}

/** @param {{ card: Item, edits: boolean }} props */
export function Description({ card, edits }) {
  const key = `${card.id}/description`;
  const [editing, setEditing] = useState(drafts.has(key));
  const conflict = conflicts.value.get(key);
  const text = card.description ?? '';
  const edit = () => {
    if (!drafts.has(key)) drafts.set(key, { base: text, version: card.version ?? 0, mine: text });
    setEditing(true);
  };
  return html`<section class="part" aria-labelledby="description-head">
    <div class="part__head">
      <h3 id="description-head">${t('Description')}</h3>
      ${edits && !editing && !conflict && text && html`<button type="button" class="button button--quiet" onClick=${edit}>${icon('pencil')}<span>${t('Edit')}</span></button>`}
    </div>
    ${
      conflict
        ? html`<${Both} conflict=${conflict} card=${card.id} field="description" />`
        : editing
          ? html`<${Editor} card=${card} id=${key} text=${text} close=${() => setEditing(false)} />`
          : text
            ? html`<div class="prose prose--plain" dir="auto">${text}</div>`
            : edits
              ? html`<button type="button" class="invite" onClick=${edit}>${t('Say what it is about, and how one knows it is finished…')}</button>`
              : html`<p class="part__none">${t('None yet.')}</p>`
    }
  </section>`;
}

/** @param {{ card: Item, id: string, text: string, close: () => void }} props */
function Editor({ card, id, text, close }) {
  const ref = useRef(/** @type {any} */ (null));
  const draft = /** @type {Draft} */ (drafts.get(id));
  useLayoutEffect(() => {
    ref.current.value = draft.mine;
    ref.current.focus();
  }, []);
  const changed = text !== draft.base;
  const leave = () => {
    drafts.delete(id);
    close();
  };
  const save = () => {
    const { base, version } = draft;
    const mine = ref.current.value;
    leave();
    if (mine !== base) saveText(card.id, 'description', mine, base, version);
  };
  return html`<form
    class="editor"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      save();
    }}
  >
    <textarea
      ref=${ref}
      class="editor__text"
      rows="6"
      maxlength="65536"
      dir="auto"
      aria-labelledby="description-head"
      onInput=${() => {
        draft.mine = ref.current.value;
        board.live.tell(board.store.room, card.id, card.thread_id ?? null);
      }}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        else if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          // Typed text is kept for the next time; only an untouched one is closed for good.
          if (draft.mine === draft.base) drafts.delete(id);
          close();
        }
      }}
    ></textarea>
    ${
      changed &&
      html`<div class="notice" role="status">
        ${icon('users')}<div><strong>${t('Somebody has changed this text meanwhile:')}</strong><div class="prose prose--plain" dir="auto">${text || t('(empty)')}</div></div>
      </div>`
    }
    <div class="editor__row">
      <button type="submit" class="button button--primary">${t('Save')}</button>
      <button type="button" class="button" onClick=${leave}>${t('Cancel')}</button>
    </div>
  </form>`;
}

/** Both texts, one above the other; the person decides. @param {{ conflict: Conflict, card: number, field: 'title' | 'description' }} props */
function Both({ conflict, card, field }) {
  const ref = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    ref.current.value = conflict.mine;
  }, [conflict]);
  const settle = (/** @type {string | null} */ text) => {
    forget(`${card}/${field}`);
    if (text !== null && text !== conflict.theirs) saveText(card, field, text, conflict.theirs, conflict.version);
  };
  return html`<div class="both" role="group" aria-label=${t('Two texts')}>
    <p class="both__why" role="status">${icon('users')}<span>${t('Somebody changed this at the same time. Nothing is lost: here are both.')}</span></p>
    <div class="both__side">
      <h4>${t('Theirs, saved')}</h4>
      <div class="prose prose--plain" dir="auto">${conflict.theirs || t('(empty)')}</div>
    </div>
    <label class="both__side"
      ><span class="both__label">${t('Yours, not saved yet')}</span>
      <textarea ref=${ref} class="editor__text" rows=${field === 'title' ? 1 : 5} dir="auto" onInput=${() => (conflict.mine = ref.current.value)}></textarea>
    </label>
    <div class="editor__row">
      <button type="button" class="button button--primary" onClick=${() => settle(ref.current.value)}>${t('Save mine')}</button>
      ${field === 'description' && html`<button type="button" class="button" onClick=${() => settle(`${conflict.theirs}\n\n${ref.current.value}`)}>${t('Keep both, one after the other')}</button>`}
      <button type="button" class="button" onClick=${() => settle(null)}>${t('Keep theirs')}</button>
    </div>
  </div>`;
}

/** @param {{ card: Item, edits: boolean }} props */
export function Measure({ card, edits }) {
  const ref = useRef(/** @type {any} */ (null));
  const text = card.measure ?? '';
  useLayoutEffect(() => {
    if (ref.current && document.activeElement !== ref.current) ref.current.value = text;
  }, [text]);
  if (!edits && !text) return null;
  return html`<section class="part" aria-labelledby="measure-head">
    <div class="part__head"><h3 id="measure-head">${t('How will we know it worked?')}</h3></div>
    ${
      edits
        ? html`<textarea
            ref=${ref}
            class="editor__text editor__text--small"
            rows="1"
            dir="auto"
            maxlength="65536"
            aria-labelledby="measure-head"
            placeholder=${t('One thing that can be seen or counted')}
            onBlur=${() => ref.current.value !== text && changeCard(card.id, { measure: ref.current.value })}
          ></textarea>`
        : html`<div class="prose prose--plain" dir="auto">${text}</div>`
    }
  </section>`;
}

/** Save a text that was made from `base`. When it is refused as stale though this text is unchanged, only the other one was. @param {number} id @param {'title' | 'description'} field @param {string} mine @param {string} base @param {number} version */
export async function saveText(id, field, mine, base, version) {
  try {
    await changeCard(id, { [field]: mine }, version);
  } catch (error) {
    if (error instanceof Refused && error.status === 412 && error.data) {
      const theirs = error.data[field] ?? '';
      if (theirs === base) return saveText(id, field, mine, base, error.data.version ?? 0);
      if (theirs === mine) return undefined;
      keep(`${id}/${field}`, { mine, theirs, version: error.data.version ?? 0 });
      if (opened.peek() !== id) sayUnsaved(id, error.data.title ?? '');
      return undefined;
    }
    // Whatever else went wrong, the text is still there: back into the editor, by way of the same window.
    const now = board.store.peek('cards', id);
    keep(`${id}/${field}`, { mine, theirs: now?.[field] ?? base, version: now?.version ?? version });
    toast(t('Not saved: {why}', { why: /** @type {Error} */ (error).message }), { kind: 'problem' });
  }
  return undefined;
}

/** @param {string} key @param {Conflict} conflict */
function keep(key, conflict) {
  conflicts.value = new Map(conflicts.peek()).set(key, conflict);
}

/** @param {string} key */
function forget(key) {
  const next = new Map(conflicts.peek());
  next.delete(key);
  conflicts.value = next;
}
