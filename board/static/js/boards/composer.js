/** A place to write the next card, list or item. What is typed is kept when it is closed, and when its list goes away. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { toast } from '../core/toast.js';
import { keepUnsent } from '../core/unsent.js';

/** What was typed and not sent, by place. @type {Map<string, string>} */
const drafts = new Map();
const MOST_LINES = 200;
const LONGEST_TITLE = 512;

/** A text of many lines may become many cards, or one. @typedef {{ most: number, one: (title: string, rest: string) => any, many: (titles: string[]) => Promise<any> }} Lines */

/** @param {{ draft: string, open: boolean, setOpen: (open: boolean) => void, opener: string, label: string, submit: string, save: (text: string) => any, saveAll?: (lines: string[]) => Promise<any>, many?: boolean, lines?: Lines, isGone: () => boolean }} props */
export function Composer({
  draft,
  open,
  setOpen,
  opener,
  label,
  submit,
  save,
  saveAll,
  many = false,
  lines: offer,
  isGone,
}) {
  const [written, setWritten] = useState(/** @type {string[]} */ ([]));
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef(/** @type {any} */ (null));
  const button = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    if (!open) return;
    field.current.value = drafts.get(draft) ?? '';
    look();
    field.current.focus();
    field.current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);
  useEffect(() => () => void (isGone() && keep(draft)), [draft]);
  /** Only what has more than one line needs a second look. */
  const look = () => {
    const now = offer ? linesOf(field.current.value) : [];
    setWritten((had) => (now.length < 2 && had.length < 2 ? had : now));
  };
  if (!open) {
    return html`<button type="button" class="composer__opener" ref=${button} onClick=${() => setOpen(true)}>${icon('plus')}<span>${opener}</span>${drafts.get(draft)?.trim() && html`<span class="composer__begun">${t('begun')}</span>`}</button>`;
  }
  const close = () => {
    setProblem('');
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  const put = (/** @type {string} */ text) => {
    field.current.value = text;
    remember(draft, text);
    look();
    field.current.focus();
  };
  /** As many as are taken at once; the rest stays in the field, and all of it until they are made. */
  const sendMany = async () => {
    if (busy || !offer) return;
    const all = linesOf(field.current.value);
    const now = all.slice(0, offer.most);
    const long = now.find((line) => line.length > LONGEST_TITLE);
    if (long) return setProblem(t('One line is longer than a title may be: {line}…', { line: long.slice(0, 40) }));
    setBusy(true);
    setProblem('');
    try {
      await offer.many(now);
      put(all.slice(offer.most).join('\n'));
    } catch (error) {
      setProblem(/** @type {Error} */ (error).message);
    } finally {
      setBusy(false);
    }
  };
  const sendOne = () => {
    const [title, ...rest] = linesOf(field.current.value);
    if (title.length > LONGEST_TITLE) return setProblem(t('The first line is longer than a title may be.'));
    offer?.one(title, rest.join('\n'));
    return put('');
  };
  const send = () => {
    const text = field.current.value.trim();
    if (!text) return close();
    if (offer && linesOf(text).length > 1) return void sendMany();
    const lines = many ? text.split(/\s*\n\s*/) : [text.replace(/\s*\n\s*/g, ' ')];
    const now = lines.slice(0, MOST_LINES);
    if (saveAll && now.length > 1) saveAll(now).catch(() => remember(draft, text));
    else for (const line of now) save(line);
    // What is too much at once stays, to be sent next.
    put(lines.slice(MOST_LINES).join('\n'));
    requestAnimationFrame(() => field.current?.scrollIntoView({ block: 'nearest' }));
    return undefined;
  };
  const isText = Boolean(offer) && written.length > 1;
  const tooMany = isText && offer ? written.length - offer.most : 0;
  return html`<form
    class="composer"
    aria-busy=${busy}
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
      aria-describedby=${problem ? 'composer-problem' : null}
      onInput=${() => {
        remember(draft, field.current.value);
        look();
      }}
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
    ${problem && html`<p class="field__error" id="composer-problem" role="alert">${problem}</p>`}
    ${tooMany > 0 && html`<p class="composer__note" role="status">${t('These are {count} lines; {most} cards are made at once. The rest stays here.', { count: count(written.length), most: count(offer?.most ?? 0) })}</p>`}
    <div class="composer__row">
      ${
        isText
          ? html`<button type="submit" class="button button--primary" disabled=${busy}>${tooMany > 0 ? t('Make the first {count}', { count: count(offer?.most ?? 0) }) : tn(written.length, 'Make {count} card', 'Make {count} cards')}</button>
              <button type="button" class="button" disabled=${busy} onClick=${sendOne}>${t('One card')}</button>`
          : html`<button type="submit" class="button button--primary">${submit}</button>`
      }
      <button type="button" class="tool" aria-label=${t('Close')} onClick=${close}>${icon('x')}</button>
    </div>
  </form>`;
}

/** @param {string} draft @param {string} text */
function remember(draft, text) {
  if (text) drafts.set(draft, text);
  else drafts.delete(draft);
  keepUnsent('line', draft, text.trim() ? { text } : null);
}

/** It comes back from the server. @param {string} draft @param {string} text */
export function restoreLine(draft, text) {
  drafts.set(draft, text);
}

/** @param {string} text */
function linesOf(text) {
  return text
    .split(/\r?\n|\r/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString(document.documentElement.lang || undefined);
}

/** Is there something typed and not sent? */
export function hasDrafts() {
  return [...drafts.values()].some((text) => text.trim());
}

/** The place has gone (its list was archived by somebody): the text is still in front of the person. @param {string} draft */
function keep(draft) {
  const text = drafts.get(draft)?.trim();
  remember(draft, '');
  if (text) toast(t('The place where you were writing has gone. Your text: {text}', { text }), { stay: true });
}
