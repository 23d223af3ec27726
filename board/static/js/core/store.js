/**
 * One room as the browser knows it: what the server said (applied strictly by seq) and, on top, what this person has asked for and not yet
 * seen confirmed. Each record shown and each list of children is a signal of its own, so a change draws one card and not the board.
 */
import { batch, signal } from '#ui';

/** @import { Signal } from '#ui' */
/** @import { Drop, Guess, Item, JournalEvent, Put, Snapshot } from './types.js' */

/** Which field of a record names its parent; '' puts all of a collection under one. */
const PARENT = {
  board: '',
  lists: '',
  labels: '',
  fields: '',
  members: '',
  cards: 'list_id',
  checklists: 'card_id',
  attachments: 'card_id',
  links: '',
  items: 'checklist_id',
  comments: 'thread_id',
  threads: '',
};
/** How many applied events are kept for a detail that was read before them and arrives after them. */
const REMEMBERED = 1000;

export class Store {
  /** @type {Map<string, Map<number, Item>>} */
  #base = new Map();
  /** @type {Map<string, Map<number, Item>>} */
  #shown = new Map();
  /** @type {Map<string, Signal<any>>} */
  #signals = new Map();
  /** @type {Map<string, number[]>} */
  #children = new Map();
  /** @type {Map<string, Guess>} */
  #pending = new Map();
  /** @type {Map<string, number>} */
  #answered = new Map();
  /** @type {Map<number, JournalEvent>} */
  #held = new Map();
  /** @type {JournalEvent[]} */
  #recent = [];
  /** @type {Set<string>} */
  #open = new Set();
  /** @type {Array<(event: JournalEvent) => void>} */
  #listeners = [];

  room = '';
  seq = 0;
  epoch = '';
  /** Made-up ids and the ids they turned out to be. @type {Map<number, number>} */
  aliases = new Map();
  /** What this person may do here, by kind. @type {Signal<Record<string, any>>} */
  can = signal({});
  /** Counts how often the whole room was read again: what was read of it apart must be, too. */
  resets = signal(0);
  /** Called with each event just before it is applied. @type {(event: JournalEvent) => void} */
  before = () => {};

  /** @param {Snapshot} snapshot */
  constructor(snapshot) {
    this.reset(snapshot);
  }

  /** Is an event missing before the ones that wait? */
  get hole() {
    return this.#held.size > 0;
  }

  /** How many commands are shown and not yet confirmed. */
  get unconfirmed() {
    return this.#pending.size;
  }

  /** @param {(event: JournalEvent) => void} listener called after each applied event */
  listen(listener) {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** Take the room as it is. What was asked for and is not yet confirmed stays on top. @param {Snapshot} snapshot */
  reset(snapshot) {
    this.room = snapshot.room;
    this.seq = snapshot.seq;
    this.epoch = snapshot.epoch;
    if (snapshot.can) this.can.value = snapshot.can;
    this.#base = new Map([...this.#base].filter(([collection]) => isDetail(collection)));
    for (const [name, value] of Object.entries(snapshot)) {
      if (!(name in PARENT)) continue;
      const rows = Array.isArray(value) ? value : [value];
      this.#base.set(name, new Map(rows.map((row) => [row.id, row])));
    }
    this.#recent = [];
    for (const [op, seq] of this.#answered) if (seq <= this.seq) this.#forget(op);
    for (const seq of this.#held.keys()) if (seq <= this.seq) this.#held.delete(seq);
    batch(() => {
      this.#rebuild();
      this.#drain();
      this.resets.value += 1;
    });
  }

  /** One event of this room, from the socket, from catching up or from an answer; in any order, any number of times. @param {JournalEvent} event */
  apply(event) {
    if (event.room !== this.room || event.seq <= this.seq) return;
    this.#held.set(event.seq, event);
    batch(() => this.#drain());
  }

  /** Show what a command will do. @param {string} op @param {Guess} guess */
  predict(op, guess) {
    this.#pending.set(op, guess);
    batch(() => this.#deriveAll(touched(guess)));
  }

  /** The command was done; its events may have been here already, or come later. @param {string} op @param {JournalEvent[]} events */
  confirm(op, events) {
    const ours = events.filter(({ room }) => room === this.room);
    const last = Math.max(0, ...ours.map(({ seq }) => seq));
    this.#answered.set(op, last);
    batch(() => {
      for (const event of ours) this.apply(event);
      if (last <= this.seq) this.refuse(op);
    });
  }

  /** The command was not done (or is confirmed): what it promised is taken away again. @param {string} op */
  refuse(op) {
    const guess = this.#pending.get(op);
    this.#forget(op);
    if (guess) batch(() => this.#deriveAll(touched(guess)));
  }

  /** A record that was shown under a made-up id has got its own: what else waits for it means that one. @param {number} made @param {number} id */
  rename(made, id) {
    if (this.aliases.has(made)) return;
    this.aliases.set(made, id);
    batch(() => {
      for (const guess of this.#pending.values()) {
        const keys = [...touched(guess)];
        for (const rows of Object.values(guess.put ?? {})) {
          for (const row of rows) {
            for (const [field, value] of Object.entries(row)) if (value === made) row[field] = id;
          }
        }
        for (const [collection, ids] of Object.entries(guess.drop ?? {})) {
          if (guess.drop) guess.drop[collection] = ids.map((other) => (other === made ? id : other));
        }
        this.#deriveAll([...keys, ...touched(guess)]);
      }
    });
  }

  /**
   * Add what belongs to one open thing (a card's checklists, a page of a thread's comments), as it was at `seq`. Of a card it is the whole:
   * what was known of it before and is not in it has gone unheard, while the room was read anew. Events that were applied here in the
   * meantime are applied to it too; when they are no longer known, false: read it again.
   * @param {string} scope such as `card:7` or `thread:9`
   * @param {number} seq
   * @param {Put} rows
   */
  open(scope, seq, rows) {
    if (seq < this.seq && (this.#recent[0]?.seq ?? Infinity) > seq + 1) return false;
    this.#open.add(scope);
    batch(() => {
      if (scope.startsWith('card:')) this.#dropOthers(scope, rows);
      this.#merge(rows, {});
      for (const event of this.#recent) {
        if (event.seq > seq) this.#merge(event.put, event.drop);
      }
    });
    return true;
  }

  /** @param {string} scope */
  close(scope) {
    this.#open.delete(scope);
    batch(() => this.#dropOthers(scope, {}));
  }

  /** The signal of one record as it should be shown; undefined when there is none. @param {string} collection @param {number} id @returns {Signal<Item | undefined>} */
  item(collection, id) {
    return this.#signal(`${collection}:${id}`, () => this.#shown.get(collection)?.get(id));
  }

  /** One record as shown, without watching it. @param {string} collection @param {number} id */
  peek(collection, id) {
    return this.#shown.get(collection)?.get(id);
  }

  /** The signal of the ids under a parent, in order. @param {string} collection @param {number | ''} [parent] @returns {Signal<number[]>} */
  children(collection, parent = '') {
    const key = `${collection}/${parent}`;
    return this.#signal(key, () => this.#children.get(key) ?? []);
  }

  /** All records of a collection as shown, unordered and unwatched. @param {string} collection */
  all(collection) {
    return [...(this.#shown.get(collection)?.values() ?? [])];
  }

  #drain() {
    for (let event = this.#held.get(this.seq + 1); event; event = this.#held.get(this.seq + 1)) {
      this.#held.delete(event.seq);
      this.before(event);
      this.seq = event.seq;
      this.#recent.push(event);
      if (this.#recent.length > REMEMBERED) this.#recent.splice(0, REMEMBERED / 2);
      const guess = event.op ? this.#pending.get(event.op) : undefined;
      if (event.op) this.#forget(event.op);
      if (guess?.made) this.#recognise(guess.made, guess, event);
      this.#merge(event.put, event.drop);
      if (guess) this.#deriveAll(touched(guess));
      for (const listener of this.#listeners) listener(event);
    }
  }

  /** Forget what belongs to an open thing, but for these. @param {string} scope @param {Put} kept */
  #dropOthers(scope, kept) {
    const [kind, text] = scope.split(':');
    const gone = [...this.#base].flatMap(([collection, rows]) => {
      if (!isDetail(collection)) return [];
      const stay = new Set(kept[collection]?.map(({ id }) => id));
      return [...rows.values()]
        .filter((row) => !stay.has(row.id) && this.#hangsOn(collection, row, kind, Number(text)))
        .map(({ id }) => /** @type {[string, number]} */ ([collection, id]));
    });
    for (const [collection, id] of gone) {
      this.#base.get(collection)?.delete(id);
      this.#derive(`${collection}:${id}`);
    }
  }

  /** @param {Put} put @param {Drop} drop */
  #merge(put, drop) {
    for (const [collection, rows] of Object.entries(put)) {
      for (const row of rows) {
        const id = collection === 'board' ? (row.id ?? this.all('board')[0]?.id) : row.id;
        const had = this.#base.get(collection)?.get(id);
        if (!had && !this.#wants(collection, row)) continue;
        entry(this.#base, collection, () => new Map()).set(id, { ...had, ...row });
        this.#derive(`${collection}:${id}`);
      }
    }
    for (const [collection, ids] of Object.entries(drop)) {
      for (const id of ids) {
        if (this.#base.get(collection)?.delete(id)) this.#derive(`${collection}:${id}`);
      }
    }
  }

  /** @param {string} collection @param {Item} row */
  #wants(collection, row) {
    if (!isDetail(collection)) return collection in PARENT;
    if (collection === 'threads') return this.#open.has(`thread:${row.id}`);
    if (collection === 'comments') return this.#open.has(`thread:${row.thread_id}`);
    if (collection === 'links' && this.#open.has(`card:${row.other_id}`)) return true;
    return this.#open.has(`card:${this.#cardOf(collection, row)}`);
  }

  /** @param {string} collection @param {Item} row @param {string} kind @param {number} id */
  #hangsOn(collection, row, kind, id) {
    if (kind === 'thread') return (collection === 'threads' ? row.id : row.thread_id) === id;
    // A link hangs on the cards at both of its ends, of which only one is open.
    return this.#cardOf(collection, row) === id || (collection === 'links' && row.other_id === id);
  }

  /** @param {string} collection @param {Item} row */
  #cardOf(collection, row) {
    return collection === 'items' ? this.#base.get('checklists')?.get(row.checklist_id)?.card_id : row.card_id;
  }

  /** The record in this event that was shown under a made-up id until now. @param {number} made @param {Guess} guess @param {JournalEvent} event */
  #recognise(made, guess, event) {
    const collection = Object.keys(guess.put ?? {}).find((name) => guess.put?.[name].some(({ id }) => id === made));
    const row = event.put[collection ?? '']?.find(({ id }) => !this.#base.get(collection ?? '')?.has(id));
    if (row) this.rename(made, row.id);
  }

  /** Everything anew, each list sorted once. */
  #rebuild() {
    const before = this.#shown;
    this.#shown = new Map([...this.#base].map(([collection, rows]) => [collection, new Map(rows)]));
    /** @type {Map<string, Item[]>} */
    const families = new Map();
    for (const [collection, rows] of this.#shown) {
      for (const row of rows.values()) {
        const key = `${collection}/${parentOf(collection, row)}`;
        const family = families.get(key);
        if (family) family.push(row);
        else families.set(key, [row]);
      }
    }
    const parents = new Set([...this.#children.keys(), ...families.keys()]);
    this.#children = new Map([...families].map(([key, rows]) => [key, rows.sort(compare).map(({ id }) => id)]));
    for (const key of parents) {
      const known = this.#signals.get(key);
      if (known) known.value = this.#children.get(key) ?? [];
    }
    for (const [collection, rows] of [...before, ...this.#shown]) {
      for (const id of rows.keys()) {
        const known = this.#signals.get(`${collection}:${id}`);
        if (known) known.value = this.#shown.get(collection)?.get(id);
      }
    }
    for (const guess of this.#pending.values()) this.#deriveAll(touched(guess));
  }

  /** @param {Iterable<string>} keys */
  #deriveAll(keys) {
    for (const key of keys) this.#derive(key);
  }

  /** Work out one record from base and pending, and put it in its place. @param {string} key */
  #derive(key) {
    const [collection, text] = key.split(':');
    const id = Number(text);
    let record = this.#base.get(collection)?.get(id);
    for (const { put, drop, made } of this.#pending.values()) {
      for (const row of put?.[collection] ?? []) {
        // A change to a record that has meanwhile gone must not bring half of it back.
        if (row.id === id && (record || made === id)) record = { ...record, ...row };
      }
      if (drop?.[collection]?.includes(id)) record = undefined;
    }
    const was = this.#shown.get(collection)?.get(id);
    if (was === record) return;
    const records = entry(this.#shown, collection, () => new Map());
    if (record) records.set(id, record);
    else records.delete(id);
    this.#place(collection, was, record);
    const known = this.#signals.get(key);
    if (known) known.value = record;
  }

  /** @param {string} collection @param {Item | undefined} was @param {Item | undefined} record */
  #place(collection, was, record) {
    const from = was && parentOf(collection, was);
    const to = record && parentOf(collection, record);
    if (was && record && from === to && (was.position ?? '') === (record.position ?? '')) return;
    if (was) this.#setChildren(collection, from, (ids) => ids.filter((id) => id !== was.id));
    if (record) {
      const records = /** @type {Map<number, Item>} */ (this.#shown.get(collection));
      this.#setChildren(collection, to, (ids) => insert(ids, record, (id) => /** @type {Item} */ (records.get(id))));
    }
  }

  /** @param {string} collection @param {any} parent @param {(ids: number[]) => number[]} change */
  #setChildren(collection, parent, change) {
    const key = `${collection}/${parent}`;
    const ids = change(this.#children.get(key) ?? []);
    this.#children.set(key, ids);
    const known = this.#signals.get(key);
    if (known) known.value = ids;
  }

  /** @param {string} op */
  #forget(op) {
    this.#pending.delete(op);
    this.#answered.delete(op);
  }

  /** @param {string} key @param {() => any} value */
  #signal(key, value) {
    return entry(this.#signals, key, () => signal(value()));
  }
}

/** @param {Guess} guess */
function* touched({ put, drop }) {
  for (const [collection, rows] of Object.entries(put ?? {})) for (const { id } of rows) yield `${collection}:${id}`;
  for (const [collection, ids] of Object.entries(drop ?? {})) for (const id of ids) yield `${collection}:${id}`;
}

/** @param {string} collection @param {Item} record */
function parentOf(collection, record) {
  const field = PARENT[/** @type {keyof typeof PARENT} */ (collection)];
  return field ? record[field] : '';
}

/** Into a sorted list of ids, by (position, id). @param {number[]} ids @param {Item} record @param {(id: number) => Item} get */
function insert(ids, record, get) {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(get(ids[middle]), record) < 0) low = middle + 1;
    else high = middle;
  }
  return [...ids.slice(0, low), record.id, ...ids.slice(low)];
}

/** @param {Item} a @param {Item} b */
function compare(a, b) {
  const [x, y] = [a.position ?? '', b.position ?? ''];
  if (x !== y) return x < y ? -1 : 1;
  return order(a.id) - order(b.id);
}

/** Made-up ids are negative and newer than any other: they stand last. @param {number} id */
function order(id) {
  return id < 0 ? Number.MAX_SAFE_INTEGER / 2 - id : id;
}

/** @template K, V @param {Map<K, V>} map @param {K} key @param {() => V} make */
function entry(map, key, make) {
  const had = map.get(key);
  if (had !== undefined) return had;
  const made = make();
  map.set(key, made);
  return made;
}

/** @param {string} collection */
function isDetail(collection) {
  return ['comments', 'threads', 'checklists', 'attachments', 'items', 'links'].includes(collection);
}
