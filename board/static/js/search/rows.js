/** The rows of the palette: commands and ways of this page, and what the server found, in groups. */
import { t } from '../core/i18n.js';
import { kept, registered, visits } from '../core/palette.js';

/** @import { Found, Hit, Piece } from './finding.js' */
/** @typedef {{ key: string, icon: string, title: Piece[], where?: string, snippet?: Piece[], keys?: string[], href?: string, act?: () => void, text?: string, hit?: Hit }} Row */
/** @typedef {{ title: string, rows: Row[] }} Section */

export const SEARCHES = 'staffroom-searches';
const MOST = 5;
/** @type {Record<string, string>} */
const ICONS = {
  card: 'sticky-note',
  comment: 'message-square',
  board: 'square-kanban',
  list: 'list',
  group: 'users',
  initiative: 'target',
  person: 'user',
};

/** @param {string} typed @param {string} kind only of this kind @param {Found} found @returns {Section[]} */
export function sections(typed, kind, found) {
  const text = typed.trim();
  const all = text ? [...onThisPage(text, kind), ...fromServer(found, kind), ...everything(text, kind)] : atFirst(kind);
  return all.filter(({ rows }) => rows.length);
}

/** Nothing typed yet. @param {string} kind @returns {Section[]} */
function atFirst(kind) {
  if (kind === 'board') return [{ title: t('Boards'), rows: ways().boards }];
  return [
    {
      title: t('Looked for lately'),
      rows: kept(SEARCHES).map((text) => ({ key: `search ${text}`, icon: 'history', title: plain(text), text })),
    },
    {
      title: t('Opened lately'),
      rows: visits()
        .slice(0, MOST)
        .map(({ href, title, where, icon }) => ({ key: href, icon, title: plain(title), where, href })),
    },
    { title: t('Boards'), rows: ways().boards },
    { title: t('Commands'), rows: commands() },
    { title: t('Pages'), rows: ways().pages },
  ];
}

/** What needs no server, so that it stands there at once and does not move any more. @param {string} text @param {string} kind @returns {Section[]} */
function onThisPage(text, kind) {
  const fitting = (/** @type {Row[]} */ rows) => rows.map((row) => fit(row, text)).filter((row) => row !== null);
  const { boards, pages } = ways();
  if (kind === 'board') return [{ title: t('Boards'), rows: fitting(boards).slice(0, MOST) }];
  return [{ title: t('Commands and pages'), rows: [...fitting(commands()), ...fitting(pages)].slice(0, MOST) }];
}

/** @param {Found} found @param {string} kind @returns {Section[]} */
function fromServer(found, kind) {
  const known = new Set(kind === 'board' ? ways().boards.map(({ href }) => href) : []);
  /** @type {Array<[string, string[]]>} */
  const groups = [
    [t('Boards and lists'), ['board', 'list']],
    [t('Groups and initiatives'), ['group', 'initiative']],
    [t('People'), ['person']],
    [t('Cards'), ['card']],
    [t('Comments'), ['comment']],
  ];
  return groups.map(([title, kinds]) => ({
    title,
    rows: found.data
      .filter((hit) => kinds.includes(hit.kind) && !known.has(hit.href))
      .slice(0, kind ? 20 : MOST)
      .map(ofHit),
  }));
}

/** @param {Hit} hit @returns {Row} */
function ofHit(hit) {
  return {
    key: hit.href,
    icon: hit.done && hit.kind === 'card' ? 'circle-check' : ICONS[hit.kind],
    title: hit.title,
    where: whereIs(hit),
    snippet: hit.snippet.some(({ hit: found }) => found) ? hit.snippet : undefined,
    href: hit.href,
    hit,
  };
}

/** @param {Hit} hit */
function whereIs(hit) {
  const parts = [hit.by && t('{name} wrote', hit.by), hit.board?.title ?? hit.within, hit.list];
  if (hit.archived) parts.push(t('archived'));
  return parts.filter(Boolean).join(' · ');
}

/** @param {string} text @param {string} kind @returns {Section[]} */
function everything(text, kind) {
  const href = `/search?${new URLSearchParams({ q: text, ...(kind && { kind }) })}`;
  const title = t('All results for “{text}”', { text });
  return [{ title: t('More'), rows: [{ key: 'everything', icon: 'search', title: plain(title), href, text }] }];
}

/** @returns {Row[]} */
function commands() {
  return registered().map(({ id, title, icon, keys, act }) => ({
    key: `command ${id}`,
    icon: icon ?? 'zap',
    title: plain(title),
    keys,
    act,
  }));
}

/** The ways that the page itself shows at its side. */
function ways() {
  const read = (/** @type {string} */ where, /** @type {string} */ icon) =>
    [...document.querySelectorAll(where)].map((way) => ({
      key: way.getAttribute('href') ?? '',
      icon: way.querySelector('use')?.getAttribute('href')?.split('#')[1] ?? icon,
      title: plain(way.querySelector('.nav__text')?.textContent ?? ''),
      href: way.getAttribute('href') ?? '',
    }));
  const boards = read('.nav a[href^="/boards/"], .nav a[href^="/groups/"]', 'square-kanban').filter(({ href }) =>
    href.startsWith('/boards/'),
  );
  const me = { key: '/me', icon: 'settings', title: plain(t('My settings')), href: '/me' };
  return {
    boards,
    pages: [...read('.nav__places > .nav__list a', 'file-text').filter(({ href }) => href !== '/search'), me],
  };
}

/** The row with what was typed marked, where each word of it begins a word of the title. @param {Row} row @param {string} text @returns {Row | null} */
function fit(row, text) {
  const title = row.title.map((piece) => piece.text).join('');
  /** @type {Array<[number, number]>} */
  const hits = [];
  for (const wanted of fold(text).split(/\s+/).filter(Boolean)) {
    const folded = fold(title);
    const at = folded.length === title.length ? wordAt(folded, wanted) : -1;
    if (at < 0) return null;
    hits.push([at, at + wanted.length]);
  }
  return { ...row, title: mark(title, hits) };
}

/** @param {string} text @param {string} wanted */
function wordAt(text, wanted) {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) return at;
  }
  return -1;
}

/** Without accents and capitals, letter for letter. @param {string} text */
function fold(text) {
  return [...text].map((sign) => sign.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()).join('');
}

/** @param {string} text @param {Array<[number, number]>} hits @returns {Piece[]} */
function mark(text, hits) {
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  for (const [start, end] of hits.sort((a, b) => a[0] - b[0])) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
    pieces.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** @param {string} text @returns {Piece[]} */
function plain(text) {
  return [{ text, hit: false }];
}
