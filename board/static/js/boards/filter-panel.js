/** The window in which one says what to look for, and the line that says what is shown. */
import { html } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { Avatar } from './avatar.js';
import { board } from './context.js';
import { allCount, clearFilter, filter, filtering, setFilter, shownCards, toggled } from './filter.js';
import { terms } from './filter-terms.js';
import { openPopup } from './menu.js';

/** @import { Filter, Whose, When } from './filter-terms.js' */

export function FilterButton() {
  const count = terms({ ...filter.value, text: '' });
  return html`<button
    type="button"
    class="button board-head__filter"
    aria-haspopup="dialog"
    data-on=${count > 0 || null}
    onClick=${(/** @type {any} */ event) => openFilter(event.currentTarget)}
  >
    ${icon('funnel')}<span>${t('Filter')}</span>${count > 0 && html`<span class="board-head__count">${count}<span class="visually-hidden"> ${tn(count, 'is set', 'are set')}</span></span>`}
  </button>`;
}

/** @param {HTMLElement} anchor */
function openFilter(anchor) {
  openPopup(anchor, t('Show only'), () => html`<${Panel} />`);
}

function Panel() {
  const now = filter.value;
  const members = sortedMembers();
  const labels = board.store.children('labels').value;
  const owners = /** @type {[Whose, string][]} */ ([
    ['me', t('Mine')],
    ['nobody', t('Nobody’s')],
    ['others', t('Others’')],
  ]);
  const due = /** @type {[When, string][]} */ ([
    ['late', t('Late')],
    ['today', t('Today')],
    ['week', t('This week')],
    ['none', t('No date')],
  ]);
  return html`<div class="filter-panel">
    <fieldset class="filter-panel__part">
      <legend>${t('Owner')}</legend>
      <div class="filter-panel__row">
        ${owners.map(([whose, words]) => html`<${Choice} key=${whose} on=${now.owners.includes(whose)} first=${whose === 'me'} act=${() => setFilter({ owners: toggled(now.owners, whose) })}>${words}<//>`)}
      </div>
      <div class="filter-panel__row filter-panel__row--many">
        ${members.map(
          ({ id, name }) =>
            html`<${Choice} key=${id} on=${now.owner_ids.includes(id)} act=${() => setFilter({ owner_ids: toggled(now.owner_ids, id) })}><${Avatar} id=${id} silent=${true} /><span dir="auto">${name}</span><//>`,
        )}
      </div>
    </fieldset>
    ${
      labels.length > 0 &&
      html`<fieldset class="filter-panel__part">
        <legend>${t('Labels')}</legend>
        <div class="filter-panel__row filter-panel__row--many">
          ${labels.map((id) => {
            const label = board.store.item('labels', id).value;
            return html`<${Choice} key=${id} on=${now.label_ids.includes(id)} act=${() => setFilter({ label_ids: toggled(now.label_ids, id) })}><span class=${`label tint-${label?.colour}`} dir="auto">${label?.title || t('Label')}</span><//>`;
          })}
        </div>
      </fieldset>`
    }
    <fieldset class="filter-panel__part">
      <legend>${t('Due')}</legend>
      <div class="filter-panel__row">
        ${due.map(([when, words]) => html`<${Choice} key=${when} on=${now.due === when} act=${() => setFilter({ due: now.due === when ? null : when })}>${words}<//>`)}
      </div>
    </fieldset>
    <fieldset class="filter-panel__part">
      <legend>${t('State')}</legend>
      <div class="filter-panel__row">
        <${Choice} on=${now.done === false} act=${() => setFilter({ done: now.done === false ? null : false })}>${t('Open')}<//>
        <${Choice} on=${now.done === true} act=${() => setFilter({ done: now.done === true ? null : true })}>${t('Done')}<//>
        <${Choice} on=${now.help} act=${() => setFilter({ help: !now.help })}>${icon('hand-helping')}${t('Help wanted')}<//>
        <${Choice} on=${now.waiting} act=${() => setFilter({ waiting: !now.waiting })}>${icon('hourglass')}${t('Waiting')}<//>
      </div>
    </fieldset>
    <div class="filter-panel__foot">
      <span role="status">${t('{shown} of {all} cards', { shown: shownCards.value.length, all: allCount.value })}</span>
      <button type="button" class="button" disabled=${!filtering.value} onClick=${clearFilter}>${t('Clear')}</button>
    </div>
  </div>`;
}

/** @param {{ on: boolean, act: () => void, first?: boolean, children?: any }} props */
function Choice({ on, act, first, children }) {
  return html`<button type="button" class="filter-choice" aria-pressed=${on} autofocus=${first || null} onClick=${act}>${on && icon('check')}${children}</button>`;
}

/** "12 of 87 cards", what they are, and the way back to all. */
export function Filtered() {
  if (!filtering.value) return null;
  const now = filter.value;
  return html`<div class="board-head__filtered">
    <span>${t('{shown} of {all} cards', { shown: shownCards.value.length, all: allCount.value })}</span>
    <ul class="terms" aria-label=${t('What is looked for')}>
      ${chips(now).map(
        ([words, without]) => html`<li key=${words}>
          <button type="button" class="term" aria-label=${t('Do not look for: {what}', { what: words })} onClick=${() => leave(without)}><span dir="auto">${words}</span>${icon('x')}</button>
        </li>`,
      )}
    </ul>
    <button type="button" class="word" onClick=${() => leave(null)}>${t('Clear')}</button>
  </div>`;
}

/** The button that was pressed may be gone: the focus stays near it. @param {Partial<Filter> | null} fields */
function leave(fields) {
  if (fields) setFilter(fields);
  else clearFilter();
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const next = document.querySelector('.term, .board-head__filter');
    if (next instanceof HTMLElement) next.focus();
  });
}

/** @param {Filter} now @returns {[string, Partial<Filter>][]} */
function chips(now) {
  const whose = { me: t('Mine'), nobody: t('Nobody’s'), others: t('Others’') };
  const when = { late: t('Late'), today: t('Due today'), week: t('Due this week'), none: t('No date') };
  /** @type {[string, Partial<Filter>][]} */
  const found = [];
  if (now.text.trim()) found.push([t('“{text}”', { text: now.text.trim() }), { text: '' }]);
  for (const name of now.owners) found.push([whose[name], { owners: toggled(now.owners, name) }]);
  for (const id of now.owner_ids)
    found.push([
      board.store.item('members', id).value?.name ?? t('Somebody'),
      { owner_ids: toggled(now.owner_ids, id) },
    ]);
  for (const id of now.label_ids)
    found.push([board.store.item('labels', id).value?.title || t('Label'), { label_ids: toggled(now.label_ids, id) }]);
  if (now.due) found.push([when[now.due], { due: null }]);
  if (now.done !== null) found.push([now.done ? t('Done') : t('Open'), { done: null }]);
  if (now.help) found.push([t('Help wanted'), { help: false }]);
  if (now.waiting) found.push([t('Waiting'), { waiting: false }]);
  return found;
}

/** @returns {{ id: number, name: string }[]} */
function sortedMembers() {
  return board.store
    .children('members')
    .value.filter((id) => id !== board.me.id)
    .map((id) => /** @type {any} */ (board.store.item('members', id).value))
    .filter((member) => member && member.active !== false)
    .sort((a, b) => a.name.localeCompare(b.name));
}
