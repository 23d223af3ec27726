/** Where a comment is written: with mentions, a preview, and what was typed kept until it is sent. Ctrl+Enter sends. */
import { html, signal, useLayoutEffect, useRef, useState } from '#ui';
import { request } from '../core/http.js';
import { t } from '../core/i18n.js';
import { Prose } from './comment-prose.js';
import { draftOf, dropDraft, keepDraft } from './drafts.js';
import { toField, toStored, useMentions } from './mentions.js';

/** A draft that came into an open field from elsewhere. @type {import('#ui').Signal<{ draft: string } | null>} */
const brought = signal(null);
let fields = 0;

/** Puts text into a field, whether it is open or will be. @param {string} draft @param {string} stored */
export function bring(draft, stored) {
  keepDraft(draft, toField(stored));
  brought.value = { draft };
}

/** @param {{ draft: string, thread: number, start?: string, label: string, submit: string, send: (text: string) => any, close?: () => void, typing?: (on: boolean) => void }} props */
export function Field({ draft, thread, start = '', label, submit, send, close, typing }) {
  const ref = useRef(/** @type {any} */ (null));
  const id = useRef(`mentions-${++fields}`);
  const [preview, setPreview] = useState(/** @type {string | null} */ (null));
  const typed = () => {
    keepDraft(draft, ref.current.value);
    typing?.(ref.current.value.trim() !== '');
  };
  const mentions = useMentions({ field: ref, thread, id: id.current, typed });
  const back = brought.value;
  useLayoutEffect(() => {
    ref.current.value = draftOf(draft) ?? toField(start);
    if (close) toEnd(ref.current);
    return () => typing?.(false);
  }, []);
  useLayoutEffect(() => {
    if (back?.draft !== draft) return;
    ref.current.value = draftOf(draft) ?? '';
    toEnd(ref.current);
    brought.value = null;
  }, [back]);
  const go = () => {
    const text = ref.current.value.trim();
    if (!text) return ref.current.focus();
    dropDraft(draft);
    mentions.close();
    setPreview(null);
    if (!start) ref.current.value = '';
    typing?.(false);
    return send(toStored(text));
  };
  const show = async () => {
    if (preview !== null) return setPreview(null);
    try {
      const { data } = await request('POST', '/previews', { body: { text: toStored(ref.current.value) } });
      setPreview(data.html);
    } catch {
      setPreview('');
    }
    return undefined;
  };
  return html`<form
    class="editor editor--comment"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      go();
    }}
  >
    <div class="editor__mentions">
      <textarea
        ref=${ref}
        class="editor__text"
        rows="2"
        maxlength="65536"
        dir="auto"
        aria-label=${label}
        placeholder=${t('{label}. @ mentions somebody.', { label })}
        ...${mentions.attributes}
        onInput=${() => {
          typed();
          mentions.look();
        }}
        onClick=${mentions.look}
        onBlur=${() => {
          typing?.(false);
          mentions.close();
        }}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
          if (mentions.onKey(event)) return;
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go();
          else if (event.key === 'Escape' && close) {
            event.preventDefault();
            event.stopPropagation();
            close();
          }
        }}
      ></textarea>
      ${mentions.list}
    </div>
    ${preview !== null && html`<div class="editor__preview" role="region" aria-label=${t('Preview')}>${preview ? html`<${Prose} source=${preview} text="" />` : html`<p class="part__none">${t('Nothing to show yet.')}</p>`}</div>`}
    <div class="editor__row">
      <button type="submit" class="button button--primary">${submit}</button>
      ${
        close &&
        html`<button
          type="button"
          class="button"
          onClick=${() => {
            dropDraft(draft);
            close();
          }}
        >
          ${t('Cancel')}
        </button>`
      }
      <button type="button" class="word editor__see" aria-pressed=${preview !== null} onClick=${show}>${t('Preview')}</button>
    </div>
  </form>`;
}

/** @param {HTMLTextAreaElement} field */
function toEnd(field) {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
