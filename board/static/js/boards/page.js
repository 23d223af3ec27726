/** The board page starts here: what the page brought along becomes the store, the line to the server opens, the board is drawn. */
import { effect, html, render } from '#ui';
import { ring, seen } from '../core/bell.js';
import { liveIn } from '../core/dates.js';
import { speak, t } from '../core/i18n.js';
import { Live } from '../core/live.js';
import { Queue } from '../core/queue.js';
import { Store } from '../core/store.js';
import { toast } from '../core/toast.js';
import { beginWithAddress, followBoardAddress } from './address.js';
import { Board } from './board.js';
import { hasDrafts } from './composer.js';
import { board } from './context.js';
import { followAddress, opened, readOpened } from './dialog.js';
import { hasUnsent } from './drafts.js';
import { offerBoard, rememberCard } from './everywhere.js';
import { beginWith } from './mine.js';
import { watchChange } from './slide.js';
import { hasUnsaved } from './texts.js';

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
speak(boot.messages, boot.locale);
liveIn(boot.time_zone);

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
root.replaceChildren();
render(html`<${Board} />`, root);
readOpened();
offerBoard();
effect(() => {
  if (opened.value !== null) rememberCard(opened.value);
});
effect(() => {
  const card = opened.value;
  if (own?.unread.value.size && card !== null) seen(card);
});
addEventListener('visibilitychange', () => opened.peek() !== null && seen(/** @type {number} */ (opened.peek())));

addEventListener('popstate', () => {
  followAddress(false);
  followBoardAddress();
});
addEventListener('online', () => queue.resume());
addEventListener('beforeunload', (event) => {
  if (queue.held.peek() || hasDrafts() || hasUnsent() || hasUnsaved()) event.preventDefault();
});
