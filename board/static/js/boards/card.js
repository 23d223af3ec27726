/** The face of a card in its list. */
import { html, useEffect, useRef } from '#ui';
import { focusCard } from '../core/focus.js';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Avatar } from './avatar.js';
import { hasMarks, Marks } from './card-marks.js';
import { cardMenu, renaming } from './card-menu.js';
import { setDone } from './commands.js';
import { board, cardAddress, may } from './context.js';
import { dragCard } from './drag.js';
import { Due } from './due.js';
import { HelpChip } from './help-wanted.js';
import { InPlace } from './in-place.js';
import { lifted } from './keyboard.js';
import { openCard } from './open-card.js';
import { words } from './rhythm-words.js';
import { saveText } from './saved-texts.js';
import { extendTo, isSelected, maySelect, picking, toggle } from './selection.js';

/** @import { Item } from '../core/types.js' */

const MOST_OWNERS = 3;

/** @param {{ id: number }} props */
export function Card({ id }) {
  const ref = useRef(/** @type {any} */ (null));
  const card = board.store.item('cards', id).value;
  const movable = may('cards', 'move_card') && id > 0;
  useEffect(() => (movable ? dragCard(ref.current, id) : undefined), [id, movable]);
  if (!card) return null;
  const owners = card.owner_ids ?? [];
  const mine = owners.includes(board.me.id);
  const saving = id < 0;
  const help = card.help_minutes && !card.done;
  const marks = (card.label_ids?.length ?? 0) > 0 || card.due || help || hasMarks(card);
  return html`<li
    class="card"
    ref=${ref}
    data-card=${id}
    data-mine=${mine || null}
    data-done=${card.done ? true : null}
    data-saving=${saving || null}
    data-lifted=${lifted.value?.id === id || null}
    data-selected=${isSelected(id).value || null}
  >
    ${marks && html`<div class="card__marks"><${Labels} ids=${card.label_ids ?? []} /><${Due} due=${card.due} done=${card.done} />${help && html`<${HelpChip} minutes=${card.help_minutes} />`}<${Marks} card=${card} /></div>`}
    ${renaming.value === id ? html`<${Rename} card=${card} />` : html`<${Face} card=${card} movable=${movable} />`}
    <${Foot} card=${card} owners=${owners} />
    ${!saving && html`<${Tools} id=${id} done=${Boolean(card.done)} title=${card.title} />`}
  </li>`;
}

/** @param {{ card: Item, movable: boolean }} props */
function Face({ card, movable }) {
  return html`<a
      class="card__open"
      href=${card.id < 0 ? null : cardAddress(card.id)}
      tabindex="0"
      draggable=${false}
      dir="auto"
      aria-describedby=${movable ? 'how-to-move' : null}
      onClick=${(/** @type {MouseEvent} */ event) => {
        if (event.button) return;
        const selects = maySelect() && card.id > 0;
        if (!selects && (event.metaKey || event.ctrlKey || event.shiftKey)) return;
        event.preventDefault();
        if (event.shiftKey) extendTo(card.id);
        else if (event.metaKey || event.ctrlKey || picking.peek()) toggle(card.id);
        else openCard(card.id);
      }}
      >${isSelected(card.id).value && html`<span class="card__chosen">${icon('check')}<span class="visually-hidden">${t('Selected:')} </span></span>`}${card.done && !card.due && html`<span class="card__done">${icon('check')}<span class="visually-hidden">${t('Done:')} </span></span>`}${card.title}</a
    >`;
}

/** @param {{ card: Item }} props */
function Rename({ card }) {
  return html`<${InPlace}
    value=${card.title}
    label=${t('Title of the card')}
    save=${(/** @type {string} */ title) => saveText(card.id, 'title', title, card.title, card.version ?? 0)}
    close=${() => {
      renaming.value = null;
      // Who left it for another place stays there.
      requestAnimationFrame(
        () => document.activeElement === document.body && focusCard(card.id, { preventScroll: true }),
      );
    }}
  />`;
}

/** @param {{ ids: number[] }} props */
export function Labels({ ids }) {
  return ids.map((id) => {
    const label = board.store.item('labels', id).value;
    return (
      label &&
      html`<span key=${id} class=${`label tint-${label.colour}`} dir="auto">${label.title || t('Label')}</span>`
    );
  });
}

/** @param {{ card: Item, owners: number[] }} props */
function Foot({ card, owners }) {
  const here = [...board.live.here.value.values()].filter(
    ({ card: open, member }) => open === card.id && member !== board.me.id,
  );
  const {
    comment_count: comments = 0,
    attachment_count: links = 0,
    item_count: items = 0,
    item_done: ticked = 0,
  } = card;
  const again = card.recurrence?.next_day ? words(card.recurrence) : '';
  if (!comments && !links && !items && !owners.length && !here.length && !again) return null;
  return html`<div class="card__foot">
    ${again && html`<span class="count" title=${t('Comes again: {rhythm}', { rhythm: again })}>${icon('refresh-cw')}<span class="visually-hidden">${t('Comes again: {rhythm}', { rhythm: again })}</span></span>`}
    ${comments > 0 && count('message-square', comments, tn(comments, '{count} comment', '{count} comments'))}
    ${links > 0 && count('paperclip', links, tn(links, '{count} link', '{count} links'))}
    ${
      items > 0 &&
      html`<span class=${`count ${ticked === items ? 'count--full' : ''}`} title=${t('{ticked} of {items} ticked', { ticked, items })}
        >${icon('square-check')}<span aria-hidden="true">${ticked}/${items}</span
        ><span class="visually-hidden">${t('{ticked} of {items} ticked', { ticked, items })}</span></span
      >`
    }
    ${here.length > 0 && html`<span class="card__here">${icon('eye')}${here.map(({ member }) => html`<${Avatar} key=${member} id=${member} here=${true} />`)}</span>`}
    ${
      owners.length > 0 &&
      html`<span class="card__owners">
        ${owners.slice(0, MOST_OWNERS).map((id) => html`<${Avatar} key=${id} id=${id} asked=${card.asked_ids?.includes(id)} />`)}
        ${
          owners.length > MOST_OWNERS &&
          html`<span class="avatar avatar--more" title=${owners
            .slice(MOST_OWNERS)
            .map((id) => board.store.peek('members', id)?.name)
            .join(', ')}
            >+${owners.length - MOST_OWNERS}</span
          >`
        }
      </span>`
    }
  </div>`;
}

/** @param {string} name @param {number} number @param {string} words */
function count(name, number, words) {
  return html`<span class="count" title=${words}>${icon(name)}<span aria-hidden="true">${number}</span><span class="visually-hidden">${words}</span></span>`;
}

/** @param {{ id: number, done: boolean, title: string }} props */
function Tools({ id, done, title }) {
  const tick = may('cards', done ? 'reopen_card' : 'finish_card');
  return html`<div class="card__tools">
    ${
      tick &&
      html`<button type="button" class="tool" aria-pressed=${done} aria-label=${t('Done: {title}', { title })} onClick=${() => setDone(id, !done)}>
        ${icon(done ? 'circle-check' : 'circle')}
      </button>`
    }
    <button
      type="button"
      class="tool"
      aria-haspopup="menu"
      aria-label=${t('More for {title}', { title })}
      onClick=${(/** @type {MouseEvent} */ event) => cardMenu(id, /** @type {HTMLElement} */ (event.currentTarget))}
    >
      ${icon('ellipsis')}
    </button>
  </div>`;
}
