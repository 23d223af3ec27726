/** A field for a longer text in Markdown: buttons and keys for what is used most, and a look at how it will be. */
import { html, useLayoutEffect, useRef, useState } from '#ui';
import { request } from '../core/http.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Prose } from './prose.js';

const ADDRESS = /^https?:\/\/\S+$/i;
/** @typedef {(text: string, from: number, to: number) => { text: string, from: number, to: number }} Change */

/** @param {{ value: string, label: string, labelledby?: string, rows?: number, input: (text: string) => void, save: () => void, leave: () => void, above?: any, below?: any }} props */
export function Editor({ value, label, labelledby, rows = 6, input, save, leave, above, below }) {
  const ref = useRef(/** @type {any} */ (null));
  const [shown, setShown] = useState(/** @type {string | null} */ (null));
  const [failed, setFailed] = useState(false);
  useLayoutEffect(() => {
    ref.current.value = value;
    ref.current.focus();
    ref.current.setSelectionRange(value.length, value.length);
  }, []);
  const apply = (/** @type {Change} */ change) => {
    const field = ref.current;
    const next = change(field.value, field.selectionStart, field.selectionEnd);
    replace(field, next.text);
    field.focus();
    field.setSelectionRange(next.from, next.to);
    input(field.value);
  };
  const preview = async () => {
    if (shown !== null) {
      setShown(null);
      requestAnimationFrame(() => ref.current?.focus());
      return;
    }
    setFailed(false);
    try {
      const { data } = await request('POST', '/previews', { body: { text: ref.current.value } });
      setShown(data.html);
    } catch {
      setFailed(true);
    }
  };
  const keys = { b: bold, i: italic, k: link };
  return html`<form
    class="editor"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      save();
    }}
  >
    ${above}
    <div class="editor__box">
      <div class="editor__tools" role="toolbar" aria-label=${t('Writing')} onKeyDown=${alongTools}>
        ${tool('bold', 'B', t('Bold'), 'Ctrl+B', bold)} ${tool('italic', 'I', t('Italic'), 'Ctrl+I', italic)}
        ${tool('list', icon('list'), t('List'), '', list)} ${tool('tasks', icon('list-todo'), t('Tasks'), '', tasks)}
        ${tool('link', icon('link'), t('Link'), 'Ctrl+K', link)}
        <button type="button" class="editor__look" tabindex="-1" aria-pressed=${shown !== null} onClick=${preview}>${icon('eye')}<span>${t('Preview')}</span></button>
      </div>
      <textarea
        ref=${ref}
        class="editor__text"
        hidden=${shown !== null}
        rows=${rows}
        maxlength="65536"
        dir="auto"
        aria-label=${labelledby ? null : label}
        aria-labelledby=${labelledby}
        onInput=${() => input(ref.current.value)}
        onPaste=${(/** @type {ClipboardEvent} */ event) => {
          const { selectionStart: from, selectionEnd: to } = ref.current;
          const pasted = event.clipboardData?.getData('text/plain').trim() ?? '';
          if (from === to || !ADDRESS.test(pasted) || ADDRESS.test(ref.current.value.slice(from, to).trim())) return;
          event.preventDefault();
          apply((text) => around(text, from, to, '[', `](${pasted})`));
        }}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.isComposing) return;
          const command = event.ctrlKey || event.metaKey;
          const change =
            command && !event.shiftKey && !event.altKey
              ? keys[/** @type {keyof typeof keys} */ (event.key.toLowerCase())]
              : null;
          if (event.key === 'Enter' && command) save();
          else if (change) apply(change);
          else if (event.key === 'Escape') leave();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      ></textarea>
      ${
        shown !== null &&
        html`<div class="editor__shown" tabindex="0" role="region" aria-label=${t('Preview')}>
          ${shown ? html`<${Prose} source=${shown} />` : html`<p class="part__none">${t('Nothing yet.')}</p>`}
        </div>`
      }
    </div>
    ${failed && html`<p class="part__none" role="status">${t('The preview cannot be read now. What you wrote is still here.')}</p>`}
    ${below}
  </form>`;

  /** @param {string} key @param {any} face @param {string} name @param {string} shortcut @param {Change} change */
  function tool(key, face, name, shortcut, change) {
    return html`<button
      key=${key}
      type="button"
      class=${`editor__tool editor__tool--${key}`}
      tabindex=${key === 'bold' ? 0 : -1}
      disabled=${shown !== null}
      aria-label=${name}
      aria-keyshortcuts=${shortcut ? shortcut.replace('Ctrl', 'Control') : null}
      title=${shortcut ? `${name} (${shortcut})` : name}
      onClick=${() => apply(change)}
    >
      ${face}
    </button>`;
  }
}

/** So that the browser's own undo takes it back too. @param {any} field @param {string} text */
function replace(field, text) {
  field.focus();
  field.select();
  if (!document.execCommand?.('insertText', false, text)) field.value = text;
}

/** Left and right walk along the buttons; Tab leaves them. @param {KeyboardEvent} event */
function alongTools(event) {
  const [next, before] = document.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  const step = event.key === next ? 1 : event.key === before ? -1 : 0;
  if (!step) return;
  const tools = /** @type {HTMLElement[]} */ ([
    .../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('button:not(:disabled)'),
  ]);
  const at = tools.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  event.preventDefault();
  tools[(at + step + tools.length) % tools.length]?.focus();
}

/** Marks around what is chosen; taken away where they stand already. @param {string} text @param {number} from @param {number} to @param {string} before @param {string} after */
export function around(text, from, to, before, after) {
  const inside = text.slice(from, to);
  if (text.slice(from - before.length, from) === before && text.slice(to, to + after.length) === after) {
    const start = from - before.length;
    return {
      text: text.slice(0, start) + inside + text.slice(to + after.length),
      from: start,
      to: start + inside.length,
    };
  }
  const start = from + before.length;
  return {
    text: text.slice(0, from) + before + inside + after + text.slice(to),
    from: start,
    to: start + inside.length,
  };
}

/** @type {Change} */
const bold = (text, from, to) => around(text, from, to, '**', '**');
/** @type {Change} */
const italic = (text, from, to) => around(text, from, to, '*', '*');

/** The address is chosen then, for writing over it. @type {Change} */
function link(text, from, to) {
  const chosen = text.slice(from, to);
  const name = ADDRESS.test(chosen) ? '' : chosen;
  const address = name === chosen ? 'https://' : chosen;
  const made = `[${name}](${address})`;
  const start = name ? from + name.length + 3 : from + 1;
  return { text: text.slice(0, from) + made + text.slice(to), from: start, to: name ? start + address.length : start };
}

/** @type {Change} */
const list = (text, from, to) => lines(text, from, to, '- ');
/** @type {Change} */
const tasks = (text, from, to) => lines(text, from, to, '- [ ] ');

/** @param {string} text @param {number} from @param {number} to @param {string} mark */
function lines(text, from, to, mark) {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const found = text.indexOf('\n', to);
  const end = found < 0 ? text.length : found;
  const rows = text.slice(start, end).split('\n');
  const has = rows.every((row) => row.startsWith(mark));
  const made = rows.map((row) => (has ? row.slice(mark.length) : row.startsWith(mark) ? row : mark + row)).join('\n');
  return {
    text: text.slice(0, start) + made + text.slice(end),
    from: rows.length > 1 ? start : start + made.length,
    to: start + made.length,
  };
}
