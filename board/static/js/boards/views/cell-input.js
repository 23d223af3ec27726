/** A text or a number of the board's own fields, typed where it stands in the table. Enter and leaving it save, Escape takes it back. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { locale, t } from '../../core/i18n.js';
import { toast } from '../../core/toast.js';
import { words } from '../card-marks.js';
import { board } from '../context.js';
import { setValue } from '../part-commands.js';
import { editable, valueMeant } from './cell-values.js';
import { cellBeside } from './grid-keys.js';

/** @import { Item } from '../../core/types.js' */

const LONGEST = 2000;
/** A row that others move takes the focus with it for a moment: only a real leave saves. */
const SETTLED = 50;

/** @param {{ id: number, field: Item, typed: string | null, close: () => void }} props `typed`: the key that opened it, in place of what stood there */
export function CellInput({ id, field, typed, close }) {
  const ref = useRef(/** @type {any} */ (null));
  const over = useRef(false);
  const value = board.store.item('cards', id).value?.field_values?.[field.id];
  const stood = useRef(value);
  const began = useRef(editable(field, value, locale()));
  const [wrong, setWrong] = useState('');
  useLayoutEffect(() => {
    ref.current.value = typed ?? began.current;
    ref.current.focus();
    if (typed === null) ref.current.select();
  }, []);
  /** Whether it may be left: what means nothing stays, to be put right. */
  const keep = () => {
    if (over.current) return true;
    const meant = valueMeant(field, ref.current.value, locale());
    if ('wrong' in meant) {
      setWrong(whyWrong(meant.wrong));
      return false;
    }
    over.current = true;
    if (ref.current.value !== began.current) save(id, field, meant.value);
    close();
    return true;
  };
  const leave = useRef(keep);
  leave.current = keep;
  useEffect(
    () => () => {
      // The row has gone from under it.
      const text = ref.current?.value ?? '';
      if (over.current || text === began.current || leave.current()) return;
      sayUnsaved(id, field, text, t('Nothing was changed.'));
    },
    [],
  );
  const note =
    wrong || (value !== stood.current && t('Somebody changed this meanwhile: {value}', { value: said(field, value) }));
  return html`<span class="cell-input">
    <input
      ref=${ref}
      class="in-place"
      size="4"
      aria-label=${field.title}
      aria-invalid=${wrong ? true : null}
      aria-describedby=${note ? 'cell-note' : null}
      inputmode=${field.kind === 'number' ? 'decimal' : null}
      maxlength=${field.kind === 'number' ? 40 : LONGEST}
      dir="auto"
      autocomplete="off"
      onInput=${() => wrong && setWrong('')}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter') {
          event.preventDefault();
          keep();
        } else if (event.key === 'Escape') {
          event.stopPropagation();
          event.preventDefault();
          over.current = true;
          close();
        } else if (event.key === 'Tab') {
          event.stopPropagation();
          // Before the field is drawn away.
          const next = cellBeside(ref.current, event.shiftKey);
          if (!keep()) event.preventDefault();
          else if (next) {
            event.preventDefault();
            next.focus();
          }
        }
      }}
      onBlur=${(/** @type {FocusEvent} */ event) => {
        const input = event.currentTarget;
        setTimeout(() => ref.current && document.activeElement !== input && document.hasFocus() && keep(), SETTLED);
      }}
    />
    ${note && html`<span class=${`cell-note ${wrong ? 'cell-note--wrong' : ''}`} id="cell-note" role=${wrong ? 'alert' : 'status'}>${note}</span>`}
  </span>`;
}

/** Refused, it stands there as before, and what was typed is not lost. @param {number} id @param {Item} field @param {string | number | null} value */
function save(id, field, value) {
  const asked = setValue(id, field.id, value, true);
  asked.catch((error) => sayUnsaved(id, field, String(value ?? ''), error.message));
}

/** @param {number} id @param {Item} field @param {string} text @param {string} why */
function sayUnsaved(id, field, text, why) {
  const title = board.store.peek('cards', id)?.title ?? '';
  const values = { title, field: field.title, text, why };
  toast(
    text
      ? t('{title}, {field}: “{text}” was not saved. {why}', values)
      : t('{title}, {field}: it was not emptied. {why}', values),
    { kind: 'problem', stay: true },
  );
}

/** @param {'number' | 'large'} wrong */
function whyWrong(wrong) {
  const number = new Intl.NumberFormat(locale()).format(12.5);
  return wrong === 'large'
    ? t('That number is too large. Nothing was changed.')
    : t('That is no number, such as {number}. Nothing was changed.', { number });
}

/** @param {Item} field @param {any} value */
function said(field, value) {
  return value === undefined || value === null ? t('none') : words(field, value);
}
