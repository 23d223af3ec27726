/** On top of a card: who is asked answers here, and who may change the card sees the other dates that were proposed. */
import { html, useEffect, useState } from '#ui';
import { dayOf, longDay } from '../core/dates.js';
import { read } from '../core/http.js';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Avatar } from './avatar.js';
import { acceptDate, changeCard, dropDate, proposeDate, removeOwner, setOwner, undoable } from './commands.js';
import { board, may, memberName } from './context.js';
import { DateField } from './date-field.js';

/** @import { Item } from '../core/types.js' */
/** @typedef {{ member_id: number, due: string, note: string }} Proposal */

/** @param {{ card: Item }} props */
export function Asked({ card }) {
  const me = board.me.id;
  const asked = card.asked_ids ?? [];
  /** @type {Proposal[]} */
  const proposals = (card.proposals ?? []).filter((/** @type {Proposal} */ { member_id }) => asked.includes(member_id));
  const mine = proposals.find(({ member_id }) => member_id === me);
  const others = proposals.filter(({ member_id }) => member_id !== me);
  const owners = card.owner_ids ?? [];
  const wanted = card.help_minutes && !card.done;
  const helps = wanted && !owners.includes(me) && may('cards', 'add_comment');
  // One yes may be too few, and who asked knows: so the mark goes when she says so, or who helps does.
  const enough = wanted && owners.length > 0 && may('cards', 'change_card');
  return html`
    ${asked.includes(me) && html`<${Question} card=${card} mine=${mine} />`}
    ${others.map((proposal) => html`<${Other} key=${proposal.member_id} card=${card} proposal=${proposal} />`)}
    ${
      (helps || enough) &&
      html`<div class="ask ask--help">
        <p>${icon('hand-helping')}<span>${tn(card.help_minutes, 'Help is wanted here: about {count} minute.', 'Help is wanted here: about {count} minutes.')}</span></p>
        <div class="editor__row">
          ${helps && html`<button type="button" class="button button--primary" onClick=${() => setOwner(card.id, me)}>${t('I can help')}</button>`}
          ${enough && html`<button type="button" class="button" onClick=${() => undoable(t('No more help is wanted here.'), changeCard(card.id, { help_minutes: null }))}>${t('That is enough help')}</button>`}
        </div>
      </div>`
    }
  `;
}

/** @param {{ card: Item, mine?: Proposal }} props */
function Question({ card, mine }) {
  const [other, setOther] = useState(false);
  const [due, setDue] = useState(/** @type {string | null} */ (mine?.due ?? null));
  const [note, setNote] = useState(mine?.note ?? '');
  const me = board.me.id;
  const [by, setBy] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    whoAsked(card.id).then(setBy, () => {});
  }, [card.id]);
  const name = by && by !== me ? memberName(by) : '';
  return html`<section class="ask" aria-label=${t('You are asked')}>
    <p><strong>${name ? t('{name} asks you to take this on.', { name }) : t('You are asked to take this on.')}</strong>
      ${card.due && html`<span>${t('Due {day}', { day: longDay(card.due) })}</span>`}</p>
    ${
      mine && !other
        ? html`<p class="ask__said" role="status">${icon('calendar-days')}<span>${t('You proposed {day}.', { day: longDay(mine.due) })} ${mine.note}</span></p>`
        : null
    }
    ${
      other
        ? html`<form
            class="ask__other"
            onSubmit=${(/** @type {Event} */ event) => {
              event.preventDefault();
              if (!due) return;
              proposeDate(card.id, due, note.trim());
              setOther(false);
            }}
          >
            <${DateField} id="another-date" value=${due} label=${t('Another date')} save=${setDue} bare=${true} />
            <input class="input" maxlength="512" aria-label=${t('A word on it')} placeholder=${t('A word on it, if you like')} value=${note} dir="auto" onInput=${(/** @type {any} */ event) => setNote(event.currentTarget.value)} />
            <div class="editor__row">
              <button type="submit" class="button button--primary" disabled=${!due}>${t('Propose')}</button>
              <button type="button" class="button" onClick=${() => setOther(false)}>${t('Cancel')}</button>
            </div>
          </form>`
        : html`<div class="editor__row">
            <button type="button" class="button button--primary" onClick=${() => setOwner(card.id, me)}>${t('Yes, I will')}</button>
            <button type="button" class="button" onClick=${() => removeOwner(card.id, me)}>${t('Not me')}</button>
            <button type="button" class="button" onClick=${() => setOther(true)}>${mine ? t('Yet another date') : t('Another date')}</button>
            ${mine && html`<button type="button" class="button button--quiet" onClick=${() => dropDate(card.id, me)}>${t('Take it back')}</button>`}
          </div>`
    }
  </section>`;
}

/** The history knows. @param {number} id */
async function whoAsked(id) {
  const { data } = await read(`/cards/${id}/activity?limit=50`);
  const past = data.find(
    (/** @type {any} */ { put, by }) => by !== board.me.id && put.cards?.[0]?.asked_ids?.includes(board.me.id),
  );
  return past?.by ?? null;
}

/** @param {{ card: Item, proposal: Proposal }} props */
function Other({ card, proposal }) {
  const name = memberName(proposal.member_id) || t('Somebody');
  return html`<section class="ask ask--date" aria-label=${t('Another date is proposed')}>
    <p>
      <${Avatar} id=${proposal.member_id} />
      <span>${t('{name} would take it until {day}.', { name, day: longDay(proposal.due) })}
        ${card.due && dayOf(card.due) !== dayOf(proposal.due) ? html` <span class="ask__now">${t('Now: {day}', { day: longDay(card.due) })}</span>` : null}
        ${proposal.note && html`<q class="ask__note" dir="auto">${proposal.note}</q>`}</span>
    </p>
    ${
      may('cards', 'accept_date') &&
      html`<div class="editor__row">
        <button type="button" class="button button--primary" onClick=${() => acceptDate(card.id, proposal)}>${t('Take this date')}</button>
        <button type="button" class="button" onClick=${() => dropDate(card.id, proposal.member_id)}>${t('Leave it as it is')}</button>
      </div>`
    }
  </section>`;
}
