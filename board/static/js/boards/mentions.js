/**
 * Mentions: in the field one reads and writes "@Maya Rahman"; what is sent is `@[Maya Rahman](member:3)`, so that it is clear who is meant.
 * Choosing from the list is by keys or pointer; a whole name that was typed by hand counts, too.
 */
import { html, useRef, useState } from '#ui';
import { announce } from '../core/announce.js';
import { read } from '../core/http.js';
import { t, tn } from '../core/i18n.js';
import { Avatar } from './avatar.js';
import { board } from './context.js';

/** @typedef {{ id: number, name: string, job_title?: string | null, sees: boolean }} Person */

const MOST_SHOWN = 8;
const MOST_PAGES = 10;
const STORED = /@\[([^[\]\n]{1,200})\]\(member:([1-9]\d{0,15})\)/g;
const BEGUN = /(^|[\s(])@([^\s@][^@\n]{0,40}|)$/u;
/** Who sees a thread, once it was asked. @type {Map<number, Promise<Person[]>>} */
const audiences = new Map();
/** Names that were chosen or read, and whom they mean. @type {Map<string, number>} */
const meant = new Map();

/** As it is written in the field. @param {string} stored */
export function toField(stored) {
  return stored.replace(STORED, (_, name, id) => {
    meant.set(name, Number(id));
    return `@${name}`;
  });
}

/** As it is sent. @param {string} text */
export function toStored(text) {
  const people = new Map(meant);
  for (const { id, name, active } of board.store.all('members'))
    if (active !== false && !people.has(name)) people.set(name, id);
  const names = [...people.keys()].filter((name) => text.includes(`@${name}`)).sort((a, b) => b.length - a.length);
  if (!names.length) return text;
  const any = new RegExp(`(^|[^\\p{L}\\p{N}])@(${names.map(literal).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(any, (_, before, name) => `${before}@[${plain(name)}](member:${people.get(name)})`);
}

/**
 * The list beside a text field.
 * @param {{ field: { current: any }, thread: number, id: string, typed: () => void }} props
 */
export function useMentions({ field, thread, id, typed }) {
  const [found, setFound] = useState(/** @type {Person[]} */ ([]));
  const [at, setAt] = useState(0);
  const asked = useRef(0);
  const close = () => {
    asked.current += 1;
    setFound([]);
  };
  const look = async () => {
    const { value, selectionStart } = field.current;
    const match = BEGUN.exec(value.slice(0, selectionStart));
    const turn = ++asked.current;
    if (!match) return setFound([]);
    const people = matching(await audience(thread), match[2]);
    if (turn !== asked.current) return undefined;
    setFound(people);
    setAt(0);
    if (people.length)
      announce(
        tn(people.length, '{count} person: {names}', '{count} people: {names}', {
          names: people.map(({ name }) => name).join(', '),
        }),
      );
    return undefined;
  };
  const choose = (/** @type {Person} */ person) => {
    if (!person.sees) return announce(t('{name} cannot see this.', { name: person.name }));
    const { value, selectionStart } = field.current;
    const match = BEGUN.exec(value.slice(0, selectionStart));
    if (!match) return close();
    const name = plain(person.name);
    meant.set(name, person.id);
    const start = selectionStart - match[2].length - 1;
    field.current.setRangeText(`@${name} `, start, selectionStart, 'end');
    close();
    typed();
    field.current.focus();
    return undefined;
  };
  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the list */
  const onKey = (event) => {
    if (!found.length || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + found.length) % found.length);
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') choose(found[at]);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const list = found.length
    ? html`<ul class="mentions" id=${id} role="listbox" aria-label=${t('People')}>
        ${found.map(
          (person, n) => html`<li
            key=${person.id}
            id=${`${id}-${person.id}`}
            role="option"
            class="mentions__one"
            aria-selected=${n === at}
            aria-disabled=${person.sees ? null : true}
            onPointerDown=${(/** @type {Event} */ event) => {
              event.preventDefault();
              choose(person);
            }}
          >
            ${board.store.peek('members', person.id) ? html`<${Avatar} id=${person.id} />` : html`<span class="avatar" aria-hidden="true">@</span>`}
            <span class="mentions__name" dir="auto">${person.name}</span>
            <span class="mentions__what">${person.sees ? person.job_title : t('cannot see this')}</span>
          </li>`,
        )}
      </ul>`
    : null;
  return {
    list,
    look,
    close,
    onKey,
    attributes: {
      'aria-autocomplete': 'list',
      'aria-controls': found.length ? id : null,
      'aria-activedescendant': found.length ? `${id}-${found[at].id}` : null,
    },
  };
}

/** Everybody on the board, and who else sees the thread. @param {number} thread @returns {Promise<Person[]>} */
function audience(thread) {
  const known = audiences.get(thread);
  if (known) return known;
  const asked = readAll(thread).then(
    (people) => merged(people),
    () => {
      audiences.delete(thread);
      return merged(null);
    },
  );
  audiences.set(thread, asked);
  return asked;
}

/** @param {number} thread */
async function readAll(thread) {
  /** @type {any[]} */
  const people = [];
  let after = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const { data, next } = await read(`/threads/${thread}/people?limit=200${after}`);
    people.push(...data);
    if (!next) break;
    after = `&after=${encodeURIComponent(next)}`;
  }
  return people;
}

/** @param {any[] | null} people @returns {Person[]} */
function merged(people) {
  const seeing = new Set(people?.map(({ id }) => id));
  // A guest is told of nobody beside his board: there the board's own list must do.
  const unsure = !people || board.me.role === 'guest';
  const here = board.store
    .all('members')
    .filter(({ active }) => active !== false)
    .map(({ id, name }) => ({ id, name, sees: unsure || seeing.has(id) }));
  const there = (people ?? []).map((person) => ({ ...person, sees: true }));
  return [
    ...new Map(
      [...there, ...here].map((person) => [person.id, { ...there.find(({ id }) => id === person.id), ...person }]),
    ).values(),
  ];
}

/** @param {Person[]} people @param {string} wanted */
function matching(people, wanted) {
  const words = fold(wanted);
  return people
    .filter(({ id }) => id !== board.me.id)
    .map((person) => ({ person, rank: rank(fold(person.name), words) }))
    .filter(({ rank: how }) => how < 3)
    .sort(
      (a, b) =>
        Number(b.person.sees) - Number(a.person.sees) || a.rank - b.rank || a.person.name.localeCompare(b.person.name),
    )
    .slice(0, MOST_SHOWN)
    .map(({ person }) => person);
}

/** @param {string} name @param {string} wanted */
function rank(name, wanted) {
  if (!wanted || name.startsWith(wanted)) return 0;
  return name.split(/\s+/).some((part) => part.startsWith(wanted)) ? 1 : 3;
}

/** @param {string} text */
function fold(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trimStart();
}

/** Brackets would end the name. @param {string} name */
function plain(name) {
  return name.replace(/[[\]\n]/g, ' ').trim();
}

/** @param {string} text */
function literal(text) {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
