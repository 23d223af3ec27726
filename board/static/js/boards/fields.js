/** What stands in the board's own fields on an open card. */
import { html, useEffect, useRef } from '#ui';
import { dayOf } from '../core/dates.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { manageFields } from './board-fields.js';
import { exact, fieldsOf, words } from './card-marks.js';
import { board, may } from './context.js';
import { setValue } from './part-commands.js';

/** @import { Item } from '../core/types.js' */

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
    if (ref.current !== document.activeElement)
      ref.current.value = number && typeof value === 'number' ? exact(value) : (value ?? '');
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
