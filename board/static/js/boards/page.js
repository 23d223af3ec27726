/** The board page starts here: what the page brought along becomes the store, the line to the server opens, the board is drawn. */
import { effect, html, render } from '#ui';
import { ring, seen } from '../core/bell.js';
import { liveIn } from '../core/dates.js';
import { speak, t } from '../core/i18n.js';
import { Live } from '../core/live.js';
import { Queue } from '../core/queue.js';
import { Store } from '../core/store.js';
import { toast } from '../core/toast.js';
import { isKept, isLeaving } from '../core/unsent.js';
import { beginWithAddress, followBoardAddress } from './address.js';
import { Board } from './board.js';
import { hasDrafts } from './composer.js';
import { board } from './context.js';
import { hasUnsent } from './drafts.js';
import { offerBoard, rememberCard } from './everywhere.js';
import { growAll } from './growth.js';
import './dialog-keys.js';
import { beginWith } from './mine.js';
import { fetchDialog, followAddress, opened } from './open-card.js';
import { followPresenting } from './presenting.js';
import { hasUnsaved, rememberWriters } from './saved-texts.js';
import { watchChange } from './slide.js';
import { restoreUnsent } from './unsent-here.js';

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
speak(boot.messages, boot.locale);
liveIn(boot.time_zone, boot.late_to);

const store = new Store(boot.snapshot);
const queue = new Queue(store);
const live = new Live(boot.build);
Object.assign(board, {
  id: Number(store.room.split(':')[1]),
  me: boot.me,
  shared: Boolean(boot.shared),
  within: boot.within,
  store,
  queue,
  live,
});

beginWith(boot.mine);
beginWithAddress(boot.mine);
store.before = watchChange;
queue.catchUp = () => live.catchUp();
queue.onRefused = ({ message }) => toast(t('Not done: {why}', { why: message }), { kind: 'problem' });
queue.onSignedOut = () => live.signedOut();
live.onCaughtUp = () => queue.resume();
live.join(store);
const own = ring(boot, live);

const root = /** @type {HTMLElement} */ (document.getElementById('board'));
followAddress(true);
if (boot.drafts) await restoreUnsent();
root.replaceChildren();
render(html`<${Board} />`, root);
rememberWriters();
followPresenting();
offerBoard();
effect(() => {
  if (opened.value === null) return;
  fetchDialog();
  rememberCard(opened.value);
});
for (const near of ['pointerover', 'focusin', 'touchstart'])
  root.addEventListener(
    near,
    ({ target }) => target instanceof Element && target.closest('a[href*="/cards/"]') && fetchDialog(),
    { passive: true },
  );
effect(() => {
  const card = opened.value;
  if (own?.unread.value.size && card !== null) seen(card);
});
addEventListener('visibilitychange', () => opened.peek() !== null && seen(/** @type {number} */ (opened.peek())));

addEventListener('popstate', () => {
  followAddress(false);
  followBoardAddress();
});
// Paper does not scroll: all cards have to be there.
addEventListener('beforeprint', growAll);
addEventListener('online', () => queue.resume());
addEventListener('beforeunload', (event) => {
  const unsent = !isKept() && (hasDrafts() || hasUnsent() || hasUnsaved());
  if (!isLeaving() && (queue.held.peek() || unsent)) event.preventDefault();
});
