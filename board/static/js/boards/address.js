/** The address of a board says how it is shown, so that who follows it sees the same. Where it says nothing, it is shown as she left it. */
import { batch, effect } from '#ui';
import { board } from './context.js';
import { filter } from './filter.js';
import { fromAddress, fromKept, intoAddress, NAMES } from './filter-terms.js';
import { VIEWS, view, viewFromAddress, viewIntoAddress } from './view.js';

const SAYS = [...NAMES, 'view', 'sort', 'group', 'month'];

/** @param {{ filter?: any, view?: string } | undefined} kept */
export function beginWithAddress(kept) {
  const params = new URLSearchParams(location.search);
  batch(() => {
    viewFromAddress(params);
    if (onBoard() && SAYS.some((name) => params.has(name))) filter.value = fromAddress(params);
    else {
      filter.value = fromKept(kept?.filter);
      view.value = VIEWS.find((name) => name === kept?.view) ?? 'board';
    }
  });
  effect(() => {
    const address = boardAddress();
    if (onBoard() && address !== location.pathname + location.search) history.replaceState(history.state, '', address);
  });
}

/** After going back or forth. */
export function followBoardAddress() {
  if (!onBoard()) return;
  const params = new URLSearchParams(location.search);
  batch(() => {
    viewFromAddress(params);
    filter.value = fromAddress(params);
  });
}

/** The address of this board as it is shown. */
export function boardAddress() {
  const query = viewIntoAddress(intoAddress(filter.value, new URLSearchParams()))
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':');
  return `/boards/${board.id}${query ? `?${query}` : ''}`;
}

/** The change that follows gets a step of its own in the history. */
export function stepInHistory() {
  if (onBoard()) history.pushState({}, '', location.pathname + location.search);
}

/** An open card has the address. */
function onBoard() {
  return location.pathname === `/boards/${board.id}`;
}
