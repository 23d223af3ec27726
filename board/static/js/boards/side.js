/** Beside a card: owners, dates, labels. */
import { html, useState } from '#ui';
import { longDay } from '../core/dates.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Avatar } from './avatar.js';
import { openMove } from './card-menu.js';
import { changeCard, changeLabel, deleteLabel, makeLabel, removeOwner, setLabel, setOwner } from './commands.js';
import { board, may } from './context.js';
import { DateField } from './date-field.js';
import { Due } from './due.js';
import { HelpWanted } from './help-wanted.js';
import { openPopup } from './menu.js';
import { PeoplePicker } from './people-picker.js';
import { Repeat } from './repeat.js';

/** @import { Item } from '../core/types.js' */

const COLOURS = ['blue', 'green', 'amber', 'red', 'violet', 'grey'];

/** @param {{ card: Item, here: boolean }} props */
export function Side({ card, here }) {
  const list = board.store.item('lists', card.list_id).value;
  return html`<aside class="sheet__side" aria-label=${t('About this card')}>
    <${Owners} card=${card} here=${here} />
    <${Dates} card=${card} edits=${here && may('cards', 'change_card')} />
    <${LabelsPart} card=${card} here=${here} />
    <${HelpWanted} card=${card} edits=${here && may('cards', 'change_card')} />
    <${Repeat} card=${card} edits=${here && may('cards', 'set_recurrence')} />
    <section class="fact">
      <h3>${t('List')}</h3>
      ${
        here && may('cards', 'move_card')
          ? html`<button type="button" class="button fact__button fact__list" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => openMove(card.id, event.currentTarget)}>
              ${icon('arrow-right')}<span dir="auto">${list?.title ?? t('none')}</span>
            </button>`
          : html`<p dir="auto">${list?.title ?? t('none')}</p>`
      }
    </section>
  </aside>`;
}

/** @param {{ card: Item, here: boolean }} props */
function Owners({ card, here }) {
  /** @type {number[]} */
  const owners = card.owner_ids ?? [];
  /** @type {number[]} */
  const asked = card.asked_ids ?? [];
  const me = board.me.id;
  return html`<section class="fact">
    <h3>${t('Owners')}</h3>
    <ul class="owners">
      ${owners.map(
        (id) => html`<li key=${id} class="owner">
          <${Avatar} id=${id} large=${true} asked=${asked.includes(id)} />
          <span class="owner__name" dir="auto" aria-hidden="true">${board.store.item('members', id).value?.name}${asked.includes(id) ? html` <span class="owner__asked">${t('asked')}</span>` : null}</span>
          ${
            here &&
            may('cards', 'remove_owner') &&
            html`<button type="button" class="tool" aria-label=${t('Take {name} off', { name: board.store.peek('members', id)?.name ?? '' })} onClick=${() => removeOwner(card.id, id)}>${icon('x')}</button>`
          }
        </li>`,
      )}
    </ul>
    ${!owners.length && html`<p class="part__none">${t('Nobody yet.')}</p>`}
    ${
      here &&
      may('cards', 'set_owner') &&
      html`<div class="fact__row">
        ${!owners.includes(me) && html`<button type="button" class="button" onClick=${() => setOwner(card.id, me)}>${icon('hand')}<span>${t('Take it')}</span></button>`}
        <button type="button" class="button" data-key="m" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => openPopup(event.currentTarget, t('Ask somebody'), () => html`<${OwnerPicker} id=${card.id} />`)}>
          ${icon('user-plus')}<span>${t('Ask somebody')}</span>
        </button>
      </div>`
    }
  </section>`;
}

/** @param {{ id: number }} props */
export function OwnerPicker({ id }) {
  const owners = board.store.item('cards', id).value?.owner_ids ?? [];
  return html`<${PeoplePicker}
    state=${(/** @type {number} */ member) => owners.includes(member)}
    choose=${(/** @type {number} */ member, /** @type {boolean} */ on) => (on ? removeOwner(id, member) : setOwner(id, member))}
    hint=${t('They are asked, and say yes or no.')}
  />`;
}

/** @param {{ card: Item, edits: boolean }} props */
function Dates({ card, edits }) {
  return html`<section class="fact">
    <h3>${t('Due')}</h3>
    ${card.due ? html`<${Due} due=${card.due} done=${card.done} long=${true} />` : !edits && html`<p class="part__none">${t('No date.')}</p>`}
    ${edits && html`<${DateField} id="card-due" value=${card.due ?? null} label=${t('Due')} save=${(/** @type {string | null} */ due) => changeCard(card.id, { due })} />`}
    ${(edits || card.start) && html`<h3 class="fact__second">${t('Start')}</h3>`}
    ${edits ? html`<${DateField} id="card-start" value=${card.start ?? null} label=${t('Start')} say=${false} save=${(/** @type {string | null} */ start) => changeCard(card.id, { start })} />${card.start && html`<p class="on-paper">${longDay(card.start)}</p>`}` : card.start && html`<p>${longDay(card.start)}</p>`}
  </section>`;
}

/** @param {{ card: Item, here: boolean }} props */
function LabelsPart({ card, here }) {
  const ids = card.label_ids ?? [];
  const edits = here && may('cards', 'set_label');
  if (!edits && !ids.length) return null;
  return html`<section class="fact">
    <h3>${t('Labels')}</h3>
    <div class="fact__row">
      ${ids.map((/** @type {number} */ id) => {
        const label = board.store.item('labels', id).value;
        return (
          label &&
          html`<span key=${id} class=${`label tint-${label.colour}`} dir="auto">${label.title || t('Label')}</span>`
        );
      })}
      ${
        edits &&
        html`<button type="button" class="button" data-key="l" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => openPopup(event.currentTarget, t('Labels'), () => html`<${LabelPicker} id=${card.id} />`)}>
          ${icon('tag')}<span>${ids.length ? t('Change') : t('Add a label')}</span>
        </button>`
      }
    </div>
  </section>`;
}

/** @param {{ id: number }} props */
export function LabelPicker({ id }) {
  const [editing, setEditing] = useState(/** @type {number | null} */ (null));
  const on = board.store.item('cards', id).value?.label_ids ?? [];
  const labels = board.store.children('labels').value;
  return html`<div class="picker">
    <ul class="picker__list">
      ${labels.map((label) => {
        const { title, colour } = /** @type {Item} */ (board.store.item('labels', label).value ?? { id: label });
        if (editing === label)
          return html`<li key=${label}><${LabelForm} title=${title} colour=${colour} submit=${t('Save')} save=${(
            /** @type {any} */ fields,
          ) => {
            changeLabel(label, fields);
            setEditing(null);
          }} remove=${may('labels', 'delete_label') ? () => deleteLabel(label) : null} /></li>`;
        return html`<li key=${label} class="picker__row">
          <button type="button" class="pick-row" aria-pressed=${on.includes(label)} onClick=${() => setLabel(id, label, !on.includes(label))}>
            <span class=${`label tint-${colour}`} dir="auto">${title || t('Label')}</span>${on.includes(label) && icon('check', 'pick__on')}
          </button>
          ${may('labels', 'change_label') && html`<button type="button" class="tool" aria-label=${t('Edit the label {title}', { title: title ?? '' })} onClick=${() => setEditing(label)}>${icon('pencil')}</button>`}
        </li>`;
      })}
    </ul>
    ${
      may('board', 'make_label') &&
      html`<details class="picker__new" open=${!labels.length}>
        <summary>${t('New label')}</summary>
        <${LabelForm}
          title=""
          colour="blue"
          submit=${t('Add')}
          save=${async (/** @type {{ title: string, colour: string }} */ { title, colour }) => {
            const { data } = await makeLabel(title, colour);
            setLabel(id, data.id, true);
          }}
        />
      </details>`
    }
  </div>`;
}

/** @param {{ title: string, colour: string, submit: string, save: (fields: { title: string, colour: string }) => any, remove?: (() => void) | null }} props */
function LabelForm({ title, colour, submit, save, remove }) {
  const [chosen, setChosen] = useState(colour);
  return html`<form
    class="form"
    onSubmit=${(/** @type {any} */ event) => {
      event.preventDefault();
      const field = event.currentTarget.elements.namedItem('title');
      save({ title: field.value.trim(), colour: chosen });
      field.value = '';
    }}
  >
    <input class="input" name="title" maxlength="100" defaultValue=${title} aria-label=${t('Name of the label')} placeholder=${t('Name of the label')} dir="auto" autocomplete="off" />
    <div class="swatches" role="radiogroup" aria-label=${t('Colour')}>
      ${COLOURS.map((name) => html`<label key=${name} class=${`swatch tint-${name}`}><input type="radio" name="colour" value=${name} checked=${chosen === name} onChange=${() => setChosen(name)} /><span>${colourName(name)}</span></label>`)}
    </div>
    <div class="editor__row">
      <button type="submit" class="button button--primary">${submit}</button>
      ${remove && html`<button type="button" class="button" onClick=${remove}>${t('Delete')}</button>`}
    </div>
  </form>`;
}

/** @param {string} colour */
function colourName(colour) {
  return (
    { blue: t('Blue'), green: t('Green'), amber: t('Amber'), red: t('Red'), violet: t('Violet'), grey: t('Grey') }[
      colour
    ] ?? colour
  );
}
