/** One dialog to find, to go, and to do: a field, and what fits beneath it. */
import { computed, html, signal, useEffect, useRef } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { mount, useModal } from '../core/modal.js';
import { go, keep, kept, remember } from '../core/palette.js';
import { Finding } from './finding.js';
import { SEARCHES, sections } from './rows.js';

/** @import { Piece } from './finding.js' */
/** @import { Row } from './rows.js' */

const RECENT = 5;
const shown = signal(false);
const text = signal('');
const kind = signal('');
/** The row that Enter takes, by its key: rows that come later do not shift it. */
const chosen = signal('');
const finding = new Finding();
/** Drawn anew with each opening: commands of the page may be others by now. */
const openings = signal(0);

const found = computed(() => {
  openings.value;
  return sections(text.value, kind.value, finding.found.value);
});
const rows = computed(() => found.value.flatMap((section) => section.rows));
const active = computed(() =>
  Math.max(
    0,
    rows.value.findIndex((row) => row.key === chosen.value),
  ),
);

/** @param {{ text?: string, kind?: string }} [options] */
export function open(options = {}) {
  if (shown.peek()) return close();
  mount('palette', Host);
  kind.value = options.kind ?? '';
  text.value = options.text ?? '';
  chosen.value = '';
  openings.value++;
  shown.value = true;
}

export function close() {
  finding.forget();
  shown.value = false;
}

function Host() {
  return shown.value ? html`<${Palette} />` : null;
}

function Palette() {
  const dialog = useRef(/** @type {any} */ (null));
  useModal(dialog);
  useEffect(() => finding.ask(text.value, kind.value), [text.value, kind.value]);
  const at = active.value;
  useEffect(() => document.getElementById(`palette-${at}`)?.scrollIntoView({ block: 'nearest' }), [at, rows.value]);
  const label = kind.value === 'board' ? t('Go to a board') : t('Search, go anywhere, do anything');
  return html`<dialog
    ref=${dialog}
    class="palette"
    closedby="any"
    aria-label=${t('Search')}
    onClose=${close}
    onClick=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && dialog.current.close()}
  >
    <div class="palette__head">
      ${icon('search')}
      <input
        class="palette__field"
        data-first
        type="text"
        role="combobox"
        aria-label=${label}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant=${rows.value.length ? `palette-${at}` : undefined}
        placeholder=${label}
        maxlength="500"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="go"
        dir="auto"
        value=${text.value}
        onInput=${(/** @type {any} */ event) => {
          chosen.value = '';
          text.value = event.currentTarget.value;
        }}
        onKeyDown=${onKey}
      />
      <button type="button" class="tool" aria-label=${t('Close')} onClick=${() => dialog.current.close()}>${icon('x')}</button>
    </div>
    <${List} />
    <p class="palette__foot" aria-hidden="true">
      <span><kbd>↑</kbd><kbd>↓</kbd> ${t('choose')}</span><span><kbd>Enter</kbd> ${t('open')}</span><span><kbd>Ctrl</kbd><kbd>Enter</kbd> ${t('in a new tab')}</span><span><kbd>Esc</kbd> ${t('close')}</span>
    </p>
    <div class="announcer visually-hidden" role="status"></div>
  </dialog>`;
}

function List() {
  const { state, notes, data } = finding.found.value;
  const typed = text.value.trim();
  let number = 0;
  return html`<div class="palette__body">
    <div id="palette-list" class="palette__list" role="listbox" aria-label=${t('Results')} aria-busy=${state === 'loading'}>
      ${found.value.map(
        (section) => html`<div key=${section.title} class="palette__group" role="group" aria-label=${section.title}>
          <p class="palette__title" aria-hidden="true">${section.title}</p>
          ${section.rows.map((row) => html`<${Option} key=${row.key} row=${row} number=${number++} />`)}
        </div>`,
      )}
    </div>
    ${notes.map(({ message }) => html`<p key=${message} class="palette__note" dir="auto">${icon('info')}<span>${message}</span></p>`)}
    <p class="palette__state" role="status">${typed ? said(state, data.length) : ''}</p>
  </div>`;
}

/** @param {string} state @param {number} many */
function said(state, many) {
  if (state === 'loading') return t('Searching…');
  if (state === 'offline') return t('No connection: what this page knows can still be opened.');
  if (state === 'busy') return t('That was quick. Wait a moment, then type on.');
  if (state === 'failed') return t('The search did not work. Type on to try again.');
  if (state !== 'ready') return '';
  if (!many) return t('Nothing that you may see says this.');
  return tn(many, '{count} result', '{count} results');
}

/** @param {{ row: Row, number: number }} props */
function Option({ row, number }) {
  const isActive = active.value === number;
  return html`<div
    class="palette__row"
    id=${`palette-${number}`}
    role="option"
    aria-selected=${isActive}
    onPointerMove=${() => {
      if (chosen.peek() !== row.key) chosen.value = row.key;
    }}
    onClick=${(/** @type {MouseEvent} */ event) => take(row, event.ctrlKey || event.metaKey)}
    onAuxClick=${(/** @type {MouseEvent} */ event) => event.button === 1 && take(row, true)}
  >
    <span class="palette__icon">${icon(row.icon)}</span>
    <span class="palette__what" dir="auto"><${Pieces} of=${row.title} /></span>
    ${row.snippet && html`<span class="palette__snippet" dir="auto"><${Pieces} of=${row.snippet} /></span>`}
    ${row.where && html`<span class="palette__where" dir="auto">${row.where}</span>`}
    ${row.keys && html`<span class="palette__keys">${row.keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}</span>`}
  </div>`;
}

/** @param {{ of: Piece[] }} props */
function Pieces({ of }) {
  return html`${of.map((piece, at) => (piece.hit ? html`<mark key=${at}>${piece.text}</mark>` : html`<span key=${at}>${piece.text}</span>`))}`;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.isComposing) return;
  const all = rows.peek();
  const at = active.peek();
  /** @type {Record<string, number>} */
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 };
  if (event.key in to && all.length) {
    event.preventDefault();
    const wanted = to[event.key];
    const edge = event.key.startsWith('Page') ? Math.min(Math.max(wanted, 0), all.length - 1) : wanted;
    chosen.value = all[(edge + all.length) % all.length].key;
  } else if (event.key === 'Enter') {
    event.preventDefault();
    const typed = text.peek().trim();
    // Quicker than the answer: the page of results takes over.
    if (all[at]) take(all[at], event.ctrlKey || event.metaKey);
    else if (typed) go(`/search?${new URLSearchParams({ q: typed })}`);
  }
}

/** @param {Row} row @param {boolean} apart in a new tab */
function take(row, apart) {
  const typed = text.peek().trim();
  if (row.href && typed) keep(SEARCHES, [typed, ...kept(SEARCHES).filter((other) => other !== typed)].slice(0, RECENT));
  if (row.hit) {
    const title = row.title.map((piece) => piece.text).join('');
    remember({ href: row.href ?? '', title, where: row.where ?? '', icon: row.icon });
  }
  if (row.text && !row.href) {
    text.value = row.text;
    return;
  }
  if (row.href && apart) {
    window.open(row.href, '_blank', 'noopener');
    return;
  }
  close();
  // After the dialog has given the focus back: what comes now may want it.
  requestAnimationFrame(() => (row.href ? go(row.href) : row.act?.()));
}
