/** What stands in the board's own fields on a card, and on its front. */
import { html, useEffect, useRef } from '#ui';
import { dayOf, shortDay } from '../core/dates.js';
import { locale, t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { manageFields } from './board-fields.js';
import { board, may } from './context.js';
import { setValue } from './part-commands.js';

/** @import { Item } from '../core/types.js' */

/** The fields of the board, in order. @returns {Item[]} */
export function fieldsOf() {
  return board.store.children('fields').value.flatMap((id) => board.store.item('fields', id).value ?? []);
}

/** @param {{ card: Item, edits: boolean }} props */
export function Fields({ card, edits }) {
  const fields = fieldsOf();
  const values = card.field_values ?? {};
  const shown = edits ? fields : fields.filter(({ id }) => values[id] !== undefined);
  const manages = may('fields', 'make_field');
  if (!shown.length && !(edits && manages)) return null;
  return html`<section class=${`part ${shown.length ? '' : 'part--bare'}`} aria-label=${t('Fields')}>
    ${
      shown.length > 0 &&
      html`<div class="part__head">
        <h3>${t('Fields')}</h3>
        ${edits && manages && html`<button type="button" class="tool" aria-haspopup="dialog" aria-label=${t('Fields of this board')} onClick=${(/** @type {any} */ event) => manageFields(event.currentTarget)}>${icon('settings')}</button>`}
      </div>`
    }
    <div class="fields">
      ${shown.map((field) =>
        edits
          ? html`<${Input} key=${field.id} card=${card.id} field=${field} value=${values[field.id]} />`
          : html`<div key=${field.id} class="fields__one"><span class="field__label" dir="auto">${field.title}</span><span dir="auto">${words(field, values[field.id])}</span></div>`,
      )}
    </div>
    ${
      !shown.length &&
      html`<button type="button" class="composer__opener" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => manageFields(event.currentTarget)}>${icon('list-plus')}<span>${t('Add fields to the cards of this board')}</span></button>`
    }
  </section>`;
}

/** @param {{ card: number, field: Item, value: any }} props */
function Input({ card, field, value }) {
  const label = html`<span class="field__label" dir="auto">${field.title}</span>`;
  if (field.kind === 'tick') {
    return html`<label class="fields__one fields__tick"
      ><input type="checkbox" checked=${Boolean(value)} onChange=${(/** @type {any} */ event) => setValue(card, field.id, event.currentTarget.checked)} />${label}</label
    >`;
  }
  if (field.kind === 'choice') {
    return html`<label class="field fields__one">${label}
      <select class="input" value=${value ?? ''} onChange=${(/** @type {any} */ event) => setValue(card, field.id, event.currentTarget.value ? Number(event.currentTarget.value) : null)}>
        <option value="">${t('none')}</option>
        ${field.options.map((/** @type {Item} */ option) => html`<option key=${option.id} value=${option.id} selected=${option.id === value}>${option.title}</option>`)}
      </select>
    </label>`;
  }
  if (field.kind === 'date') {
    return html`<label class="field fields__one">${label}
      <input class="input" type="date" max="2200-12-31" value=${value ? dayOf(value) : ''} onChange=${(/** @type {any} */ event) => setValue(card, field.id, event.currentTarget.value || null)} />
    </label>`;
  }
  return html`<${Typed} card=${card} field=${field} value=${value} label=${label} />`;
}

/** A text or a number: saved when it is left, and when its card is closed. @param {{ card: number, field: Item, value: any, label: any }} props */
function Typed({ card, field, value, label }) {
  const ref = useRef(/** @type {any} */ (null));
  const typed = useRef(/** @type {string | null} */ (null));
  const number = field.kind === 'number';
  const save = () => {
    const text = typed.current?.trim();
    typed.current = null;
    if (text === undefined || text === String(board.store.peek('cards', card)?.field_values?.[field.id] ?? '')) return;
    const next = text === '' ? null : number ? Number(text) : text;
    if (!Number.isNaN(next)) setValue(card, field.id, next);
  };
  useEffect(() => {
    // What others write shows at once, unless this person is writing here.
    if (ref.current !== document.activeElement) ref.current.value = value ?? '';
  }, [value]);
  useEffect(() => save, []);
  return html`<label class="field fields__one">${label}
    <input
      ref=${ref}
      class="input"
      type=${number ? 'number' : 'text'}
      step=${number ? 'any' : null}
      inputmode=${number ? 'decimal' : null}
      maxlength=${number ? null : 2000}
      dir="auto"
      autocomplete="off"
      onInput=${() => {
        // A number that is none yet reads as empty: it must not empty the field.
        typed.current = ref.current.validity.badInput ? null : ref.current.value;
      }}
      onBlur=${save}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && !event.isComposing && save()}
    />
  </label>`;
}

/** On the front of a card: that it waits, and the fields that are shown there. @param {{ card: Item }} props */
export function Marks({ card }) {
  const values = card.field_values ?? {};
  const shown = card.field_values ? fieldsOf().filter(({ id, shown }) => shown && values[id] !== undefined) : [];
  return html`${card.blocked_count > 0 && !card.done && html`<${Waiting} count=${card.blocked_count} />`}${shown.map(
    (field) =>
      html`<span key=${field.id} class=${`chip chip--field ${tint(field, values[field.id])}`} dir="auto"><span class="visually-hidden">${field.title}: </span>${field.kind === 'tick' ? html`${icon('check')}${field.title}` : words(field, values[field.id])}</span>`,
  )}`;
}

/** Is there something of it? @param {Item} card */
export function hasMarks(card) {
  return (card.blocked_count > 0 && !card.done) || Boolean(card.field_values);
}

/** @param {{ count: number }} props */
function Waiting({ count }) {
  const why = count === 1 ? t('Waiting for another card') : t('Waiting for {count} other cards', { count });
  return html`<span class="chip chip--waiting" title=${why}>${icon('hourglass')}<span aria-hidden="true">${t('waiting')}</span><span class="visually-hidden">${why}</span></span>`;
}

/** @param {Item} field @param {any} value */
function words(field, value) {
  if (field.kind === 'choice') return option(field, value)?.title ?? '';
  if (field.kind === 'tick') return t('yes');
  if (field.kind === 'number') return new Intl.NumberFormat(locale()).format(value);
  return field.kind === 'date' ? shortDay(value) : value;
}

/** @param {Item} field @param {any} value */
function tint(field, value) {
  const colour = field.kind === 'choice' && option(field, value)?.colour;
  return colour ? `tint-${colour}` : '';
}

/** @param {Item} field @param {any} value @returns {Item | undefined} */
function option(field, value) {
  return field.options.find((/** @type {Item} */ one) => one.id === value);
}
