/** The fields that a board adds to its cards: made, renamed, put in order, shown on the front, deleted. */
import { html, useState } from '#ui';
import { announce } from '../core/announce.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { board, may } from './context.js';
import { openPopup } from './menu.js';
import { changeField, deleteField, makeField, moveField } from './part-commands.js';

/** @import { Item } from '../core/types.js' */

/** @param {HTMLElement} anchor */
export function manageFields(anchor) {
  openPopup(anchor, t('Fields of this board'), () => html`<${Manager} />`);
}

function Manager() {
  const ids = board.store.children('fields').value;
  const [editing, setEditing] = useState(/** @type {number | 'new' | null} */ (ids.length ? null : 'new'));
  const done = () => setEditing(null);
  return html`<div class="picker fields-manager">
    <ul class="picker__list">
      ${ids.map((id, at) => {
        const field = board.store.item('fields', id).value;
        if (!field) return null;
        if (editing === id) return html`<li key=${id}><${Form} field=${field} close=${done} /></li>`;
        return html`<li key=${id} class="picker__row">
          <span class="fields-manager__one" dir="auto">${field.title}<small>${kinds()[field.kind]}${field.shown ? ` · ${t('on the front')}` : ''}</small></span>
          ${
            may('fields', 'move_field') &&
            html`<button type="button" class="tool" disabled=${at === 0} aria-label=${t('Move {title} up', { title: field.title })} onClick=${() => moved(id, { before: ids[at - 1] }, at)}>${icon('arrow-up')}</button>
              <button type="button" class="tool" disabled=${at === ids.length - 1} aria-label=${t('Move {title} down', { title: field.title })} onClick=${() => moved(id, { after: ids[at + 1] }, at + 2)}>${icon('arrow-down')}</button>`
          }
          ${may('fields', 'change_field') && html`<button type="button" class="tool" aria-label=${t('Edit the field {title}', { title: field.title })} onClick=${() => setEditing(id)}>${icon('pencil')}</button>`}
          ${may('fields', 'delete_field') && html`<button type="button" class="tool" aria-label=${t('Delete the field {title}', { title: field.title })} onClick=${() => deleteField(id)}>${icon('trash-2')}</button>`}
        </li>`;
      })}
    </ul>
    ${
      may('fields', 'make_field') &&
      (editing === 'new'
        ? html`<${Form} close=${done} />`
        : html`<button type="button" class="composer__opener" onClick=${() => setEditing('new')}>${icon('plus')}<span>${t('New field')}</span></button>`)
    }
  </div>`;
}

/** @param {number} id @param {import('./commands.js').Place} place @param {number} at */
function moved(id, place, at) {
  moveField(id, place);
  announce(t('Moved to place {place}.', { place: at }));
}

/** @param {{ field?: Item, close: () => void }} props */
function Form({ field, close }) {
  const [kind, setKind] = useState(field?.kind ?? 'text');
  const [wrong, setWrong] = useState('');
  const save = async (/** @type {any} */ event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const title = String(form.get('title')).trim();
    if (!title) return;
    const lines = String(form.get('options') ?? '')
      .split(/\s*\n\s*/)
      .filter(Boolean);
    const body = {
      title,
      shown: form.has('shown'),
      ...(kind === 'choice' ? { options: options(lines, field?.options ?? []) } : {}),
    };
    try {
      if (field) await changeField(field.id, body);
      else await makeField({ ...body, kind });
      announce(t('Saved.'));
      close();
    } catch (error) {
      const refused = /** @type {any} */ (error);
      setWrong(refused.errors?.[0]?.message || refused.message);
    }
  };
  return html`<form class="form" onSubmit=${save}>
    <label class="field"><span class="field__label">${t('Name of the field')}</span><input class="input" name="title" maxlength="100" required defaultValue=${field?.title ?? ''} dir="auto" autocomplete="off" /></label>
    ${
      !field &&
      html`<label class="field"><span class="field__label">${t('What stands in it')}</span>
        <select class="input" value=${kind} onChange=${(/** @type {any} */ event) => setKind(event.currentTarget.value)}>
          ${Object.entries(kinds()).map(([name, words]) => html`<option key=${name} value=${name}>${words}</option>`)}
        </select>
      </label>`
    }
    ${kind === 'choice' && html`<label class="field"><span class="field__label">${t('Choices, one in each line')}</span><textarea class="input" name="options" rows="4" dir="auto" defaultValue=${(field?.options ?? []).map((/** @type {Item} */ option) => option.title).join('\n')}></textarea></label>`}
    <label class="fields__tick"><input type="checkbox" name="shown" defaultChecked=${field?.shown ?? false} /><span>${t('Show it on the front of the cards')}</span></label>
    ${wrong && html`<p class="field__error" role="alert">${wrong}</p>`}
    <div class="editor__row">
      <button type="submit" class="button button--primary">${field ? t('Save') : t('Add')}</button>
      <button type="button" class="button" onClick=${close}>${t('Cancel')}</button>
    </div>
  </form>`;
}

/** A choice that keeps its name, or else its place, is the same as before. @param {string[]} titles @param {Item[]} had */
function options(titles, had) {
  const free = had.filter(({ title }) => !titles.includes(title));
  return titles.map((title, at) => {
    const same = had.find((option) => option.title === title) ?? (free.includes(had[at]) ? had[at] : undefined);
    return same ? { id: same.id, title, colour: same.colour } : { title };
  });
}

/** @returns {Record<string, string>} */
function kinds() {
  return { text: t('Text'), number: t('Number'), date: t('Date'), tick: t('Tick'), choice: t('Choice') };
}
