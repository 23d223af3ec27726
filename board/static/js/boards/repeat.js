/** A card that comes again on school days: said in words beside the card, and set in a small form. */
import { html, useState } from '#ui';
import { longDay } from '../core/dates.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { undoable } from './commands.js';
import { board } from './context.js';
import { closeMenu, openPopup } from './menu.js';
import { rhythm, weekday, words } from './rhythm-words.js';

/** @import { Item } from '../core/types.js' */
/** @import { Recurrence } from './rhythm-words.js' */

/** @param {{ card: Item, edits: boolean }} props */
export function Repeat({ card, edits }) {
  const found = /** @type {Recurrence | null | undefined} */ (card.recurrence);
  if (!found && !edits) return null;
  return html`<section class="fact">
    <h3>${t('Comes again')}</h3>
    ${found && html`<p>${words(found)}</p><p class="hint">${found.next_day ? t('Next: {day}', { day: longDay(found.next_day) }) : t('It has ended.')}</p>`}
    ${
      edits &&
      html`<button type="button" class="button fact__button" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => openPopup(event.currentTarget, t('Comes again'), () => html`<${Form} id=${card.id} found=${found} />`)}>
        ${icon('refresh-cw')}<span>${found ? t('Change the rhythm') : t('Repeat…')}</span>
      </button>`
    }
  </section>`;
}

/** @param {{ id: number, found?: Recurrence | null }} props */
function Form({ id, found }) {
  const [every, setEvery] = useState(found?.every ?? 'week');
  const [wrong, setWrong] = useState('');
  const card = board.store.peek('cards', id);
  const lists = board.store.children('lists').peek();
  const save = async (/** @type {any} */ event) => {
    event.preventDefault();
    const { elements } = event.currentTarget;
    const value = (/** @type {string} */ name) => elements.namedItem(name)?.value ?? '';
    const on =
      every === 'week'
        ? [1, 2, 3, 4, 5, 6, 7].filter((n) => elements.namedItem(`day-${n}`)?.checked)
        : every === 'month'
          ? [Number(value('day'))]
          : [];
    if (every === 'week' && !on.length) return setWrong(t('Choose at least one day.'));
    const body = {
      every,
      on,
      interval: Number(value('interval')) || 1,
      until: value('until') || null,
      list_id: Number(value('list')),
    };
    try {
      const asked = board.queue.do({ method: 'PUT', path: `/cards/${id}/recurrence`, body, quiet: true });
      await asked;
      closeMenu();
      undoable(t('The card comes again. {rhythm}', { rhythm: rhythm(every, on, body.interval) }), asked);
    } catch (error) {
      setWrong(/** @type {Error} */ (error).message);
    }
  };
  const end = () => {
    closeMenu();
    const asked = board.queue.do({
      method: 'DELETE',
      path: `/cards/${id}/recurrence`,
      guess: { put: { cards: [{ id, recurrence: null }] } },
    });
    undoable(t('The card comes no more.'), asked);
  };
  const units = { week: t('weeks'), month: t('months'), school_days: t('school days') };
  return html`<form class="form repeat" onSubmit=${save}>
    <label class="field"><span class="field__label">${t('How often')}</span>
      <select class="input" autofocus value=${every} onChange=${(/** @type {any} */ event) => setEvery(event.currentTarget.value)}>
        <option value="week">${t('On days of the week')}</option>
        <option value="month">${t('On a day of the month')}</option>
        <option value="school_days">${t('On school days')}</option>
      </select>
    </label>
    ${
      every === 'week' &&
      html`<fieldset class="repeat__days"><legend class="field__label">${t('On')}</legend>
        ${[1, 2, 3, 4, 5, 6, 7].map((n) => html`<label key=${n} class="repeat__day"><input type="checkbox" name=${`day-${n}`} defaultChecked=${found?.every === 'week' ? found.on.includes(n) : n === 1} /><span>${weekday(n)}</span></label>`)}
      </fieldset>`
    }
    ${every === 'month' && html`<label class="field"><span class="field__label">${t('Day of the month')}</span><input class="input" type="number" name="day" min="1" max="31" required defaultValue=${found?.every === 'month' ? found.on[0] : 1} /></label>`}
    <label class="field"><span class="field__label">${t('Every so many {units}', { units: units[/** @type {keyof typeof units} */ (every)] })}</span>
      <input class="input" type="number" name="interval" min="1" max="60" required defaultValue=${found?.interval ?? 1} />
    </label>
    <label class="field"><span class="field__label">${t('Into the list')}</span>
      <select class="input" name="list" defaultValue=${String(found && lists.includes(found.list_id) ? found.list_id : card?.list_id)}>
        ${lists.map((list) => html`<option key=${list} value=${String(list)} selected=${list === (found && lists.includes(found.list_id) ? found.list_id : card?.list_id)}>${board.store.peek('lists', list)?.title}</option>`)}
      </select>
    </label>
    <label class="field"><span class="field__label">${t('Last day, if it ends')}</span><input class="input" type="date" name="until" defaultValue=${found?.until ?? ''} /></label>
    <p class="hint">${t('On a closed day it comes on the next school day. Owners who said yes keep it; the date moves along in school days.')}</p>
    ${wrong && html`<p class="field__error" role="alert">${wrong}</p>`}
    <div class="editor__row">
      <button class="button button--primary" type="submit">${t('Save')}</button>
      ${found && html`<button class="button" type="button" onClick=${end}>${t('Comes no more')}</button>`}
    </div>
  </form>`;
}
