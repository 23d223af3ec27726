/** A place to write the next card, list or item. What is typed is kept when it is closed, and when its list goes away. */
import { html, useEffect, useLayoutEffect, useRef } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { toast } from '../core/toast.js';

/** What was typed and not sent, by place. @type {Map<string, string>} */
const drafts = new Map();
const MOST_LINES = 100;

/** @param {{ draft: string, open: boolean, setOpen: (open: boolean) => void, opener: string, label: string, submit: string, save: (text: string) => any, many?: boolean, isGone: () => boolean }} props */
export function Composer({ draft, open, setOpen, opener, label, submit, save, many = false, isGone }) {
  const field = useRef(/** @type {any} */ (null));
  const button = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    if (!open) return;
    field.current.value = drafts.get(draft) ?? '';
    field.current.focus();
    field.current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);
  useEffect(() => () => void (isGone() && keep(draft)), [draft]);
  if (!open) {
    return html`<button type="button" class="composer__opener" ref=${button} onClick=${() => setOpen(true)}>${icon('plus')}<span>${opener}</span></button>`;
  }
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  const send = () => {
    const text = field.current.value.trim();
    if (!text) return close();
    const lines = many ? text.split(/\n+/).slice(0, MOST_LINES) : [text.replace(/\s*\n\s*/g, ' ')];
    for (const line of lines) if (line.trim()) save(line.trim());
    drafts.delete(draft);
    field.current.value = '';
    field.current.focus();
    requestAnimationFrame(() => field.current?.scrollIntoView({ block: 'nearest' }));
    return undefined;
  };
  return html`<form
    class="composer"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      send();
    }}
  >
    <textarea
      ref=${field}
      class="composer__text"
      rows="2"
      aria-label=${label}
      placeholder=${label}
      dir="auto"
      onInput=${() => drafts.set(draft, field.current.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          send();
        } else if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          close();
        }
      }}
    ></textarea>
    <div class="composer__row">
      <button type="submit" class="button button--primary">${submit}</button>
      <button type="button" class="tool" aria-label=${t('Close')} onClick=${close}>${icon('x')}</button>
    </div>
  </form>`;
}

/** Is there something typed and not sent? */
export function hasDrafts() {
  return [...drafts.values()].some((text) => text.trim());
}

/** The place has gone (its list was archived by somebody): the text is still in front of the person. @param {string} draft */
function keep(draft) {
  const text = drafts.get(draft)?.trim();
  drafts.delete(draft);
  if (text) toast(t('The place where you were writing has gone. Your text: {text}', { text }), { stay: true });
}
