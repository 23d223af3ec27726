/** The tabs that lead to the views of a board. What draws a view is fetched when it is looked at for the first time. */
import { html, useEffect, useState } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { boardAddress, stepInHistory } from './address.js';
import { showView, VIEW_ICONS, VIEWS, view, viewName } from './view.js';

/** @import { View } from './view.js' */

const FETCH = {
  table: () => import('./views/table.js').then(({ TableView }) => TableView),
  calendar: () => import('./views/calendar.js').then(({ CalendarView }) => CalendarView),
};
/** @type {Partial<Record<View, any>>} */
const fetched = {};

export function Views() {
  return html`<nav class="views" aria-label=${t('How to show it')}>
    ${VIEWS.map(
      (name) => html`<a
        key=${name}
        class="views__tab"
        href=${hrefOf(name)}
        aria-current=${view.value === name ? 'true' : null}
        onClick=${(/** @type {MouseEvent} */ event) => {
          if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          if (view.peek() === name) return;
          stepInHistory();
          showView(name);
        }}
        >${icon(VIEW_ICONS[name])}<span>${viewName(name)}</span></a
      >`,
    )}
  </nav>`;
}

/** Table or calendar, as soon as it is here. */
export function Elsewise() {
  const wanted = /** @type {'table' | 'calendar'} */ (view.value);
  const [state, setState] = useState(fetched[wanted] ? 'ready' : 'loading');
  const load = () => {
    setState('loading');
    FETCH[wanted]().then(
      (found) => {
        fetched[wanted] = found;
        setState('ready');
      },
      () => setState('failed'),
    );
  };
  useEffect(() => {
    if (fetched[wanted]) setState('ready');
    else load();
  }, [wanted]);
  const Found = fetched[wanted];
  if (Found) return html`<${Found} />`;
  return html`<div class="board-view board-view--wait" role="status">
    ${
      state === 'failed'
        ? html`<p>${t('This view could not be fetched.')} <button type="button" class="word" onClick=${load}>${t('Try again')}</button></p>`
        : html`<p>${t('Reading…')}</p>`
    }
  </div>`;
}

/** @param {View} name */
function hrefOf(name) {
  const [path, query] = boardAddress().split('?');
  const params = new URLSearchParams(query);
  for (const other of ['sort', 'group', 'month']) params.delete(other);
  params.set('view', name);
  return `${path}?${params}`;
}
