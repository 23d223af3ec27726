/** The page of notices: by day, the newest first, what is unread stands out; live, and undone with one click. */
import { html, render, signal } from '#ui';
import { markRead } from '../core/bell.js';
import { dayOf, fromNow, liveIn, moment, weekDay } from '../core/dates.js';
import { newOp, read, request } from '../core/http.js';
import { speak, t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { openLine } from '../core/line.js';
import { address, because, sentence } from '../core/notice-words.js';
import { say } from './say.js';

/** @import { Item, JournalEvent } from '../core/types.js' */

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
speak(boot.messages, boot.locale);
liveIn(boot.time_zone);

/** Newest first. @type {import('#ui').Signal<Item[]>} */
const notices = signal(boot.told.data);
/** @type {import('#ui').Signal<string | null>} */
const next = signal(boot.told.next);
const reading = signal(false);
const ICONS = {
  asked: 'hand-helping',
  named: 'list-checks',
  answered: 'user-check',
  mentioned: 'at-sign',
  replied: 'reply',
  commented: 'message-square',
  reacted: 'smile',
  due: 'clock',
  moved: 'arrow-right',
  joined: 'user-plus',
};

const own = openLine(boot).then((room) => {
  room?.listen(take);
  let first = true;
  room?.resets.subscribe(() => {
    if (!first) again();
    first = false;
  });
  return room;
});
const all = /** @type {HTMLElement} */ (document.getElementById('read-all'));
all.addEventListener('click', readAll);
notices.subscribe((rows) => {
  all.hidden = !rows.some(({ read_at }) => !read_at);
});
const place = /** @type {HTMLElement} */ (document.getElementById('notices'));
place.replaceChildren();
render(html`<${Notices} />`, place);

function Notices() {
  if (!notices.value.length)
    return html`<div class="empty">
      <span class="empty__mark">${icon('bell')}</span>
      <p class="empty__title">${t('Nothing yet')}</p>
      <p>${t('When somebody asks you, mentions you or answers you, or an action of yours is due, it stands here.')}</p>
    </div>`;
  return html`<div class="told">
    ${byDay(notices.value).map(
      ([day, rows]) => html`<section key=${day} class="told__day" aria-labelledby=${`day-${day}`}>
        <h2 id=${`day-${day}`}>${dayName(day)}</h2>
        <ul class="told__list">${rows.map((notice) => html`<${Line} key=${notice.id} notice=${notice} />`)}</ul>
      </section>`,
    )}
    ${next.value && html`<button type="button" class="button" disabled=${reading.value} onClick=${older}>${t('Show older ones')}</button>`}
  </div>`;
}

/** @param {{ notice: Item }} props */
function Line({ notice }) {
  const { id, read_at, at, reason } = notice;
  const label = read_at ? t('Mark as unread') : t('Mark as read');
  return html`<li class="told__line" data-notice=${id} data-unread=${read_at ? null : ''}>
    <span class=${`told__icon told__icon--${reason}`}>${icon(ICONS[/** @type {keyof typeof ICONS} */ (reason)] ?? 'bell')}</span>
    <a class="told__words" href=${address(notice)} onClick=${() => mark(notice, true)}>
      ${!read_at && html`<span class="visually-hidden">${t('Unread:')} </span>`}
      <bdi class="told__what">${sentence(notice)}</bdi>
      <span class="told__why"><time datetime=${at}>${moment(at)}</time> · ${because(notice)}</span>
    </a>
    <button type="button" class="tool told__mark" aria-label=${t('{what}: {notice}', { what: label, notice: sentence(notice) })} title=${label} onClick=${() => mark(notice, !read_at)}>
      ${icon(read_at ? 'circle' : 'circle-dot')}
    </button>
  </li>`;
}

/** @param {Item[]} rows @returns {Array<[string, Item[]]>} */
function byDay(rows) {
  /** @type {Map<string, Item[]>} */
  const days = new Map();
  for (const row of [...rows].sort((a, b) => (a.at === b.at ? b.id - a.id : a.at < b.at ? 1 : -1)))
    days.set(dayOf(row.at), [...(days.get(dayOf(row.at)) ?? []), row]);
  return [...days];
}

/** @param {string} day */
function dayName(day) {
  const ago = Math.round((Date.parse(dayOf(new Date().toISOString())) - Date.parse(day)) / 86_400_000);
  const words = weekDay(day);
  return ago < 2 ? `${capital(fromNow(day))} · ${words}` : words;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** @param {JournalEvent} event */
function take({ put, drop }) {
  if (!put.notices && !drop.notices) return;
  const known = new Map(notices.peek().map((row) => [row.id, row]));
  const oldest = Math.min(...known.keys());
  for (const row of /** @type {Item[]} */ (put.notices ?? [])) {
    const had = known.get(row.id);
    // Of what was not read yet only whole ones are taken: a part of one says nothing.
    if (had || (row.reason && (row.id > oldest || !next.peek()))) known.set(row.id, { ...had, ...row });
  }
  for (const id of drop.notices ?? []) known.delete(id);
  notices.value = [...known.values()].sort((a, b) => b.id - a.id);
}

/** @param {Item} notice @param {boolean} read */
async function mark(notice, read) {
  if (Boolean(notice.read_at) === read) return;
  try {
    const { events } = await request(read ? 'PUT' : 'DELETE', `/notices/${notice.id}/read`);
    const room = await own;
    for (const event of events) room?.apply(event);
  } catch (error) {
    say(t('Not done: {why}', { why: /** @type {Error} */ (error).message }), { kind: 'problem' });
  }
}

async function readAll() {
  const op = newOp();
  const newest = Math.max(...notices.peek().map(({ id }) => id));
  if (!(await markRead({ up_to: newest }, op))) return;
  document.querySelector('main')?.focus();
  say(t('All are read.'), {
    action: t('Undo'),
    act: async () => {
      const { events } = await request('PUT', `/ops/${op}/undone`);
      const room = await own;
      for (const event of events) room?.apply(event);
    },
  });
}

async function older() {
  reading.value = true;
  try {
    const { data, next: following } = await read(`/notices?after=${encodeURIComponent(next.peek() ?? '')}`);
    const known = new Set(notices.peek().map(({ id }) => id));
    notices.value = [...notices.peek(), ...data.filter((/** @type {Item} */ row) => !known.has(row.id))];
    next.value = following;
  } catch (error) {
    say(t('Not done: {why}', { why: /** @type {Error} */ (error).message }), { kind: 'problem' });
  } finally {
    reading.value = false;
  }
}

async function again() {
  const { data, next: following } = await read('/notices');
  notices.value = data;
  next.value = following;
}
