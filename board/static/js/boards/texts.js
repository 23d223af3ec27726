/** Title, description and measure of a card, changed where they stand. Two people may write at once: neither text is lost. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { ChangedMeanwhile, TwoTexts } from './conflict.js';
import { board } from './context.js';
import { Editor } from './editor.js';
import { Prose } from './prose.js';
import { conflicts, drafts, dropText, forget, saveText, type, whoChanged } from './saved-texts.js';

/** @import { Item } from '../core/types.js' */
/** @import { Conflict } from './conflict.js' */
/** @import { Draft, Field } from './saved-texts.js' */

/** @param {{ card: Item, edits: boolean }} props */
export function Title({ card, edits }) {
  const key = `${card.id}/title`;
  const [editing, setEditing] = useState(drafts.has(key));
  const conflict = conflicts.value.get(key);
  const edit = () => {
    drafts.set(key, { base: card.title, version: card.version ?? 0, mine: card.title });
    setEditing(true);
  };
  return html`<h2 class=${editing ? 'visually-hidden' : 'sheet__title'} id="sheet-title" tabindex="-1" data-first=${editing ? null : true} dir="auto">
      ${edits && !editing ? html`<button type="button" class="sheet__rename" title=${t('Rename')} onClick=${edit}>${card.title}</button>` : card.title}
    </h2>
    ${edits && editing && html`<${TitleField} id=${card.id} draft=${drafts.get(key)} close=${() => setEditing(false)} />`}
    ${conflict && html`<${Both} conflict=${conflict} card=${card.id} field="title" label=${t('Title')} />`}`;
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
    dropText(`${id}/title`);
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
    onInput=${() => type(`${id}/title`, ref.current.value)}
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
  return html`<${LongText}
    card=${card}
    edits=${edits}
    field="description"
    title=${t('Description')}
    invite=${t('Say what it is about, and how one knows it is finished…')}
    source=${card.description_html}
  />`;
}

/** @param {{ card: Item, edits: boolean }} props */
export function Measure({ card, edits }) {
  if (!edits && !card.measure) return null;
  return html`<${LongText} card=${card} edits=${edits} field="measure" title=${t('How will we know it worked?')} invite=${t('One thing that can be seen or counted')} />`;
}

/** @param {{ card: Item, edits: boolean, field: 'description' | 'measure', title: string, invite: string, source?: string | null }} props */
function LongText({ card, edits, field, title, invite, source }) {
  const ref = useRef(/** @type {any} */ (null));
  const key = `${card.id}/${field}`;
  const [editing, setEditing] = useState(false);
  const conflict = conflicts.value.get(key);
  const text = card[field] ?? '';
  const kept = drafts.get(key);
  const edit = () => {
    if (!drafts.has(key)) drafts.set(key, { base: text, version: card.version ?? 0, mine: text });
    setEditing(true);
  };
  const close = () => {
    setEditing(false);
    requestAnimationFrame(
      () => document.activeElement === document.body && ref.current?.querySelector('.text-edit')?.focus(),
    );
  };
  const head = `${field}-head`;
  return html`<section class="part" ref=${ref} aria-labelledby=${head}>
    <div class="part__head">
      <h3 id=${head}>${title}</h3>
      ${
        edits &&
        !editing &&
        !conflict &&
        (text || kept) &&
        html`<button type="button" class="button button--quiet text-edit" data-edit=${field} aria-label=${t('Edit: {what}', { what: title })} onClick=${edit}>${icon('pencil')}<span>${kept ? t('Go on writing') : t('Edit')}</span></button>`
      }
    </div>
    ${
      conflict
        ? html`<${Both} conflict=${conflict} card=${card.id} field=${field} label=${title} />`
        : editing
          ? html`<${Writing} card=${card} field=${field} head=${head} title=${title} text=${text} close=${close} />`
          : text
            ? html`<${Prose} source=${source} text=${text} />`
            : edits
              ? html`<button type="button" class="invite text-edit" data-edit=${field} onClick=${edit}>${kept ? t('Go on writing') : invite}</button>`
              : html`<p class="part__none">${t('None yet.')}</p>`
    }
    ${!editing && kept && !conflict && html`<p class="part__none" role="status">${t('What you began to write is kept here, not saved.')}</p>`}
  </section>`;
}

/** @param {{ card: Item, field: 'description' | 'measure', head: string, title: string, text: string, close: () => void }} props */
function Writing({ card, field, head, title, text, close }) {
  const key = `${card.id}/${field}`;
  const draft = /** @type {Draft} */ (drafts.get(key));
  const [looking, setLooking] = useState(false);
  useEffect(() => () => tell(false), []);
  const tell = (/** @type {boolean} */ on) =>
    board.live.tell(board.store.room, card.id, on ? (card.thread_id ?? null) : null);
  const leave = () => {
    dropText(key);
    close();
  };
  const save = () => {
    const { base, version, mine } = draft;
    leave();
    if (mine !== base) saveText(card.id, field, mine, base, version);
  };
  const changed = text !== draft.base;
  if (looking) {
    return html`<${TwoTexts}
      conflict=${{ base: draft.base, mine: draft.mine, theirs: text, version: card.version ?? 0, who: whoChanged(key) }}
      label=${title}
      settle=${(/** @type {string | null} */ chosen) => {
        leave();
        if (chosen !== null && chosen !== text) saveText(card.id, field, chosen, text, card.version ?? 0);
      }}
      keep=${(/** @type {string} */ mine) => type(key, mine)}
      back=${() => setLooking(false)}
    />`;
  }
  return html`<${Editor}
    value=${draft.mine}
    label=${title}
    labelledby=${head}
    rows=${field === 'measure' ? 2 : 6}
    input=${(/** @type {string} */ mine) => {
      type(key, mine);
      tell(true);
    }}
    save=${save}
    leave=${() => {
      // Typed text is kept for the next time; only an untouched one is closed for good.
      if (draft.mine === draft.base) dropText(key);
      close();
    }}
    above=${changed && html`<${ChangedMeanwhile} who=${whoChanged(key)} look=${() => setLooking(true)} />`}
    below=${html`<div class="editor__row">
      <button type="submit" class="button button--primary">${t('Save')}</button>
      <button type="button" class="button" onClick=${leave}>${t('Cancel')}</button>
    </div>`}
  />`;
}

/** Both texts; the person decides. @param {{ conflict: Conflict, card: number, field: Field, label: string }} props */
function Both({ conflict, card, field, label }) {
  const key = `${card}/${field}`;
  return html`<${TwoTexts}
    key=${`${key} ${conflict.version}`}
    conflict=${conflict}
    label=${label}
    short=${field === 'title'}
    settle=${(/** @type {string | null} */ chosen) => {
      forget(key);
      const text = field === 'title' ? chosen?.replace(/\s*\n\s*/g, ' ').trim() : chosen;
      if (text !== null && text !== undefined && text !== conflict.theirs && (text || field !== 'title'))
        saveText(card, field, text, conflict.theirs, conflict.version);
      requestAnimationFrame(() =>
        /** @type {HTMLElement | null} */ (
          document.querySelector(field === 'title' ? '.sheet__rename' : `[data-edit=${field}]`)
        )?.focus(),
      );
    }}
  />`;
}
