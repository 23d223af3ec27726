/** What can be done with the board itself, from its head: keep it at hand, its ground, put it away. */
import { html } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { archiveBoard, changeBoard, restoreBoard, undoable } from './commands.js';
import { board, may } from './context.js';
import { closeMenu, openMenu, openPopup } from './menu.js';
import { starred, toggleStar } from './mine.js';
import { togglePresenting } from './presenting.js';

const GROUNDS = ['', 'sand', 'sage', 'sky', 'lilac', 'rose', 'slate'];

export function Star() {
  return html`<button type="button" class="tool star" aria-pressed=${starred.value} aria-label=${t('Keep this board at hand')} title=${t('Keep at hand')} onClick=${toggleStar}>${icon('star')}</button>`;
}

/** @param {{ rename: () => void }} props */
export function BoardMore({ rename }) {
  return html`<button
    type="button"
    class="tool board-head__more"
    aria-haspopup="menu"
    aria-label=${t('More for this board')}
    onClick=${(/** @type {any} */ event) => boardMenu(event.currentTarget, rename)}
  >
    ${icon('ellipsis')}
  </button>`;
}

/** Above a board that is put away. */
export function ArchivedStrip() {
  const archived = board.store.item('board', board.id).value?.archived;
  if (!archived && board.within?.archived)
    return html`<div class="strip strip--note" role="status">
      ${icon('archive')}<span>${t('{title} is archived, and this board with it. It can be read, and nothing on it changed.', { title: board.within.title })}</span>
      <a class="button" href=${board.within.href}>${t('Open {title}', { title: board.within.title })}</a>
    </div>`;
  if (!archived) return null;
  return html`<div class="strip strip--note" role="status">
    ${icon('archive')}<span>${t('This board is archived. It can be read, and nothing on it changed.')}</span>
    ${may('board', 'restore_board') && html`<button type="button" class="button" onClick=${restoreBoard}>${t('Restore the board')}</button>`}
  </div>`;
}

/** @param {HTMLElement} anchor @param {() => void} rename */
function boardMenu(anchor, rename) {
  /** @type {import('./menu.js').Choice[]} */
  const choices = [];
  if (may('board', 'change_board')) {
    choices.push({ label: t('Rename'), icon: 'pencil', act: rename });
    choices.push({
      label: t('Background…'),
      icon: 'palette',
      act: () => openPopup(anchor, t('Background'), () => html`<${Grounds} />`),
    });
  }
  if (may('fields', 'make_field'))
    choices.push({ label: t('Fields of the cards…'), icon: 'list-plus', act: () => fields(anchor) });
  choices.push({
    label: t('Copy this board…'),
    icon: 'copy',
    act: () => import('./copies.js').then((found) => found.offerBoardCopy(anchor)),
  });
  if (may('board', 'change_board')) {
    const template = Boolean(board.store.peek('board', board.id)?.template);
    choices.push({
      label: template ? t('No longer a template') : t('Use as a template'),
      icon: 'layers',
      act: () => offerAsTemplate(!template),
    });
  }
  choices.push(
    { label: t('Export for a spreadsheet'), icon: 'download', act: () => exportAs('csv') },
    { label: t('Export everything (JSON)'), icon: 'download', act: () => exportAs('json') },
  );
  if (may('board', 'archive_board'))
    choices.push({ label: t('Archive this board'), icon: 'archive', act: archiveBoard });
  choices.push({ label: t('Present'), icon: 'monitor', act: togglePresenting, hint: 'p' });
  choices.push({
    label: t('Print…'),
    icon: 'printer',
    act: () => import('./views/print.js').then((found) => found.offerPrint(anchor)),
  });
  choices.push({
    label: t('Who can see this'),
    icon: 'eye',
    act: () => location.assign(`/boards/${board.id}/sharing`),
  });
  openMenu(anchor, t('Board'), choices);
}

/** @param {boolean} template */
function offerAsTemplate(template) {
  undoable(
    template ? t('New boards can start like this one.') : t('It is no template any more.'),
    changeBoard({ template }),
  );
}

/** @param {string} format */
function exportAs(format) {
  location.assign(`/api/v1/boards/${board.id}/export?format=${format}`);
}

/** Seldom needed: read when it is. @param {HTMLElement} anchor */
async function fields(anchor) {
  const { manageFields } = await import('./board-fields.js');
  manageFields(anchor);
}

function Grounds() {
  const now = board.store.item('board', board.id).value?.background ?? '';
  return html`<div class="grounds" role="radiogroup" aria-label=${t('Background')}>
    ${GROUNDS.map(
      (name) => html`<label key=${name} class="ground" data-ground=${name}>
        <input
          type="radio"
          name="ground"
          value=${name}
          checked=${now === name}
          autofocus=${now === name}
          onChange=${() => changeBoard({ background: name || null })}
          onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && closeMenu()}
        /><span>${groundName(name)}</span>
      </label>`,
    )}
  </div>`;
}

/** @param {string} name */
function groundName(name) {
  const names = {
    sand: t('Sand'),
    sage: t('Sage'),
    sky: t('Sky'),
    lilac: t('Lilac'),
    rose: t('Rose'),
    slate: t('Slate'),
  };
  return names[/** @type {keyof typeof names} */ (name)] ?? t('Plain');
}
