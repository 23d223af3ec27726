/** What a filter of a board means, as text in an address and for one card. Pure: who looks, which day it is and what things are called is handed in. */

/** @import { Item } from '../core/types.js' */
/** @typedef {'me' | 'nobody' | 'others'} Whose */
/** @typedef {'late' | 'today' | 'week' | 'none'} When */
/** What is named in one kind is "or", the kinds are "and". @typedef {{ text: string, owners: Whose[], owner_ids: number[], label_ids: number[], due: When | null, done: boolean | null, help: boolean, waiting: boolean }} Filter */
/** @typedef {{ me: number, today: string, week: [string, string], dayOf: (when: string) => string, isLate: (card: Item) => boolean, labels: Map<number, string>, members: Map<number, string> }} Around */

const WHOSE = /** @type {Whose[]} */ (['me', 'nobody', 'others']);
const WHEN = /** @type {When[]} */ (['late', 'today', 'week', 'none']);
const LONGEST = 100;
const MOST = 50;
/** Names in an address that are a filter's. */
export const NAMES = ['owner', 'label', 'due', 'state', 'help', 'waiting', 'q'];

/** @type {Readonly<Filter>} */
export const NONE = Object.freeze({
  text: '',
  owners: [],
  owner_ids: [],
  label_ids: [],
  due: null,
  done: null,
  help: false,
  waiting: false,
});

/** How many things are asked for; 0: everything is shown. @param {Filter} filter */
export function terms(filter) {
  const { owners, owner_ids, label_ids } = filter;
  const single = [filter.text.trim() !== '', filter.due !== null, filter.done !== null, filter.help, filter.waiting];
  return owners.length + owner_ids.length + label_ids.length + single.filter(Boolean).length;
}

/** What means nothing is left out. @param {URLSearchParams} params @returns {Filter} */
export function fromAddress(params) {
  const owner = listed(params, 'owner');
  const due = params.get('due');
  const state = params.get('state');
  return {
    text: (params.get('q') ?? '').slice(0, LONGEST),
    owners: WHOSE.filter((whose) => owner.includes(whose)),
    owner_ids: numbers(owner),
    label_ids: numbers(listed(params, 'label')),
    due: WHEN.find((when) => when === due) ?? null,
    done: state === 'done' ? true : state === 'open' ? false : null,
    help: params.get('help') === '1',
    waiting: params.get('waiting') === '1',
  };
}

/** Writes a filter into an address and leaves the rest of it alone. @param {Filter} filter @param {URLSearchParams} params */
export function intoAddress(filter, params) {
  for (const name of NAMES) params.delete(name);
  const put = (/** @type {string} */ name, /** @type {string} */ value) => value && params.set(name, value);
  put('owner', [...filter.owners, ...filter.owner_ids].join(','));
  put('label', filter.label_ids.join(','));
  put('due', filter.due ?? '');
  put('state', filter.done === null ? '' : filter.done ? 'done' : 'open');
  put('help', filter.help ? '1' : '');
  put('waiting', filter.waiting ? '1' : '');
  put('q', filter.text.trim());
  return params;
}

/** A kept filter, whatever was kept. @param {any} kept @returns {Filter} */
export function fromKept(kept) {
  if (!kept || typeof kept !== 'object') return { ...NONE };
  const { owners, owner_ids, label_ids, due, done, help, waiting, text } = { ...NONE, ...kept };
  return { owners, owner_ids, label_ids, due, done, help, waiting, text };
}

/** The test that a card has to pass; what is the same for all cards is worked out once. @param {Filter} filter @param {Around} around @returns {(card: Item) => boolean} */
export function matcher(filter, around) {
  const tests = [
    byText(filter.text, around),
    byOwner(filter, around),
    byLabel(filter.label_ids),
    byDue(filter.due, around),
    filter.done === null ? null : (/** @type {Item} */ card) => Boolean(card.done) === filter.done,
    filter.help ? (/** @type {Item} */ card) => Boolean(card.help_minutes) && !card.done : null,
    filter.waiting ? (/** @type {Item} */ card) => card.blocked_count > 0 && !card.done : null,
  ].filter((test) => test !== null);
  return (card) => tests.every((test) => test(card));
}

/** Lower case is made once for each card as it stands. @type {WeakMap<Item, string>} */
const lowered = new WeakMap();

/** @param {string} text @param {Around} around */
function byText(text, { labels, members }) {
  const wanted = text.trim().toLocaleLowerCase();
  if (!wanted) return null;
  const named = (/** @type {Map<number, string>} */ names) =>
    new Set([...names].filter(([, name]) => name.toLocaleLowerCase().includes(wanted)).map(([id]) => id));
  const [byLabel, byMember] = [named(labels), named(members)];
  const has = (/** @type {number[] | undefined} */ ids, /** @type {Set<number>} */ found) =>
    found.size > 0 && Boolean(ids?.some((id) => found.has(id)));
  return (/** @type {Item} */ card) => {
    let words = lowered.get(card);
    if (words === undefined) {
      words = `${card.title} #${card.number ?? ''}`.toLocaleLowerCase();
      lowered.set(card, words);
    }
    return words.includes(wanted) || has(card.label_ids, byLabel) || has(card.owner_ids, byMember);
  };
}

/** @param {Filter} filter @param {Around} around */
function byOwner({ owners, owner_ids }, { me }) {
  if (!owners.length && !owner_ids.length) return null;
  const [mine, nobody, others] = WHOSE.map((whose) => owners.includes(whose));
  const named = new Set(owner_ids);
  return (/** @type {Item} */ card) => {
    const ids = /** @type {number[]} */ (card.owner_ids ?? []);
    if (!ids.length) return nobody;
    return ids.some((id) => named.has(id) || (id === me ? mine : others));
  };
}

/** @param {number[]} ids */
function byLabel(ids) {
  if (!ids.length) return null;
  const wanted = new Set(ids);
  return (/** @type {Item} */ card) => Boolean(card.label_ids?.some((/** @type {number} */ id) => wanted.has(id)));
}

/** @param {When | null} due @param {Around} around */
function byDue(due, { today, week, dayOf, isLate }) {
  if (!due) return null;
  return (/** @type {Item} */ card) => {
    if (!card.due) return due === 'none';
    if (due === 'late') return isLate(card);
    const day = dayOf(card.due);
    return due === 'today' ? day === today : due === 'week' && week[0] <= day && day <= week[1];
  };
}

/** @param {URLSearchParams} params @param {string} name */
function listed(params, name) {
  return params
    .getAll(name)
    .flatMap((value) => value.split(','))
    .slice(0, MOST);
}

/** @param {string[]} texts */
function numbers(texts) {
  return [...new Set(texts.filter((text) => /^[1-9]\d{0,15}$/.test(text)).map(Number))];
}
