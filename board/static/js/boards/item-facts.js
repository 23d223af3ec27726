/** Who does an item, by when, and the card that was made of it. */
import { html } from '#ui';
import { dayOf, timeOf, whenOf } from '../core/dates.js';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Avatar } from './avatar.js';
import { board, cardAddress, may } from './context.js';
import { Due } from './due.js';
import { openMenu, openPopup } from './menu.js';
import { openCard } from './open-card.js';
import { changeItem, makeCardOfItem } from './part-commands.js';
import { move, stepOf } from './part-order.js';
import { PeoplePicker } from './people-picker.js';

/** @import { Item } from '../core/types.js' */

/** @param {{ item: Item, edits: boolean }} props */
export function ItemFacts({ item, edits }) {
  const changes = edits && may('cards', 'change_item');
  const became = item.became_id && board.store.item('cards', item.became_id).value;
  if (!item.owner_id && !item.due && !item.became_id) return null;
  return html`<span class="item__facts">
    ${
      item.became_id &&
      html`<a
        class="chip item__card"
        href=${cardAddress(item.became_id)}
        title=${became ? became.title : null}
        onClick=${(/** @type {MouseEvent} */ event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
          event.preventDefault();
          openCard(item.became_id);
        }}
        >${icon('square-kanban')}<span>${became ? t('Card #{number}', { number: became.number }) : t('Card')}</span></a
      >`
    }
    ${
      item.due &&
      fact(
        changes,
        t('Due date of {title}', { title: item.title }),
        () => html`<${DueForm} id=${item.id} />`,
        html`<${Due} due=${item.due} done=${item.done} />`,
      )
    }
    ${
      item.owner_id &&
      fact(
        changes,
        t('Who does {title}', { title: item.title }),
        () => html`<${Person} id=${item.id} />`,
        html`<${Avatar} id=${item.owner_id} />`,
      )
    }
  </span>`;
}

/** @param {boolean} changes @param {string} label @param {() => any} form @param {any} shown */
function fact(changes, label, form, shown) {
  if (!changes) return shown;
  return html`<button type="button" class="item__fact" aria-haspopup="dialog" onClick=${(/** @type {any} */ event) => openPopup(event.currentTarget, label, form)}>${shown}<span class="visually-hidden">, ${t('change')}</span></button>`;
}

/** @param {HTMLElement} anchor @param {number} id @param {{ rename: () => void, remove: () => void }} acts */
export function itemMenu(anchor, id, { rename, remove }) {
  const item = board.store.peek('items', id);
  if (!item) return;
  const [up, down] = [stepOf('items', id, -1), stepOf('items', id, 1)];
  const lists = board.store.children('checklists', board.store.peek('checklists', item.checklist_id)?.card_id).peek();
  const others = lists.filter((list) => list !== item.checklist_id && list > 0);
  const popup = (/** @type {string} */ title, /** @type {() => any} */ form) => () =>
    requestAnimationFrame(() => openPopup(anchor, title, form));
  const became = item.became_id && board.store.peek('cards', item.became_id);
  openMenu(anchor, t('More for {title}', { title: item.title }), [
    { label: t('Rename'), icon: 'pencil', act: rename },
    {
      label: t('Who does it…'),
      icon: 'user',
      act: popup(t('Who does {title}', { title: item.title }), () => html`<${Person} id=${id} />`),
    },
    {
      label: t('Due date…'),
      icon: 'calendar',
      act: popup(t('Due date of {title}', { title: item.title }), () => html`<${DueForm} id=${id} />`),
    },
    ...(may('cards', 'make_card_of_item') && !became
      ? [{ label: t('Make a card of it'), icon: 'square-kanban', act: () => makeCardOfItem(id) }]
      : []),
    ...(up ? [{ label: t('Move up'), icon: 'arrow-up', act: up }] : []),
    ...(down ? [{ label: t('Move down'), icon: 'arrow-down', act: down }] : []),
    ...others.map((list) => ({
      label: t('Move to “{list}”', { list: board.store.peek('checklists', list)?.title ?? '' }),
      icon: 'arrow-right',
      act: () => move('items', id, list, board.store.children('items', list).peek().length),
    })),
    ...(may('cards', 'delete_item') ? [{ label: t('Delete'), icon: 'trash-2', danger: true, act: remove }] : []),
  ]);
}

/** @param {{ id: number }} props */
function Person({ id }) {
  const owner = board.store.item('items', id).value?.owner_id;
  return html`<${PeoplePicker}
    state=${(/** @type {number} */ member) => owner === member}
    choose=${(/** @type {number} */ member, /** @type {boolean} */ on) => changeItem(id, { owner_id: on ? null : member })}
  />`;
}

/** @param {{ id: number }} props */
function DueForm({ id }) {
  const due = board.store.item('items', id).value?.due ?? '';
  const [day, time] = due ? [dayOf(due), timeOf(due)] : ['', ''];
  const save = (/** @type {string} */ nextDay, /** @type {string} */ nextTime) => {
    const when = whenOf(nextDay, nextTime);
    if (when !== (due || null)) changeItem(id, { due: when });
  };
  return html`<div class="when">
    <input class="input" type="date" autofocus aria-label=${t('Day')} value=${day} max="2200-12-31" onChange=${(/** @type {any} */ event) => save(event.currentTarget.value, time)} />
    ${day && html`<input class="input" type="time" aria-label=${t('Time')} value=${time} onChange=${(/** @type {any} */ event) => save(day, event.currentTarget.value)} />`}
    ${day && html`<button type="button" class="tool" aria-label=${t('Remove the date')} onClick=${() => save('', '')}>${icon('x')}</button>`}
  </div>`;
}
