/** A small server and an unkind network, for playing rooms in memory: every choice comes from one seed. */
import { between } from '../../board/static/js/core/position.js';

export function dice(seed) {
  let state = seed * 2654435761 + 1;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    chance: (p) => next() < p,
    pick: (list) => list[Math.floor(next() * list.length)],
    below: (n) => Math.floor(next() * n),
  };
}

/** Rules of the room `board:1`: create, move, edit, archive and restore cards, archive a list; what is impossible is refused. */
export class Server {
  lists = new Map();
  cards = new Map();
  journal = [];
  answers = new Map();
  epoch = 'e1';
  lastId = 100;

  constructor() {
    for (const id of [1, 2, 3]) this.lists.set(id, { id, title: `List ${id}`, position: `V${id}` });
    for (let id = 1; id <= 12; id++) {
      this.cards.set(id, {
        id,
        title: `Card ${id}`,
        list_id: 1 + (id % 3),
        position: `a${String.fromCharCode(65 + id)}`,
      });
    }
  }

  snapshot() {
    const shown = (rows) => [...rows.values()].filter((row) => !row.archived).map((row) => ({ ...row }));
    return {
      room: 'board:1',
      seq: this.journal.length,
      epoch: this.epoch,
      lists: shown(this.lists),
      cards: shown(this.cards),
    };
  }

  since(seq) {
    return this.journal.length - seq > 60 ? null : this.journal.slice(seq);
  }

  run(op, verb, args) {
    if (this.answers.has(op)) return this.answers.get(op);
    const changes = this[verb](...args);
    if (!changes) return null;
    const event = {
      room: 'board:1',
      seq: this.journal.length + 1,
      type: verb,
      at: '',
      by: 1,
      op,
      put: {},
      drop: {},
      ...changes,
    };
    this.journal.push(structuredClone(event));
    const answer = { data: changes.put?.cards?.[0] ?? {}, events: [structuredClone(event)] };
    this.answers.set(op, answer);
    return answer;
  }

  create(list_id, title) {
    if (!this.lists.get(list_id) || this.lists.get(list_id).archived) return null;
    const id = ++this.lastId;
    const card = { id, list_id, title, position: between(this.#last(list_id)?.position) };
    this.cards.set(id, card);
    return { put: { cards: [{ ...card }] } };
  }

  move(id, list_id, after_id) {
    const [card, after] = [this.#open(id), this.#open(after_id)];
    if (!card || this.lists.get(list_id)?.archived || after_id === id) return null;
    if (after_id && after?.list_id !== list_id) return null;
    const rest = this.#inList(list_id).filter((other) => other.id !== id);
    const at = after_id ? rest.indexOf(after) + 1 : 0;
    Object.assign(card, { list_id, position: between(rest[at - 1]?.position, rest[at]?.position) });
    return { put: { cards: [{ id, list_id, position: card.position }] } };
  }

  edit(id, title) {
    const card = this.#open(id);
    if (!card || title.includes('refuse')) return null;
    card.title = title;
    return { put: { cards: [{ id, title }] } };
  }

  archive(id) {
    const card = this.#open(id);
    if (!card) return null;
    card.archived = true;
    return { drop: { cards: [id] } };
  }

  restore(id) {
    const card = this.cards.get(id);
    if (!card?.archived || this.lists.get(card.list_id).archived) return null;
    delete card.archived;
    card.position = between(this.#last(card.list_id)?.position);
    return { put: { cards: [{ id, title: card.title, list_id: card.list_id, position: card.position }] } };
  }

  archiveList(id) {
    const list = this.lists.get(id);
    if (list.archived || [...this.lists.values()].filter((other) => !other.archived).length === 1) return null;
    list.archived = true;
    const ids = this.#inList(id).map((card) => card.id);
    for (const card of ids) this.cards.get(card).archived = true;
    return { drop: { lists: [id], cards: ids } };
  }

  #open(id) {
    const card = this.cards.get(id);
    return card && !card.archived ? card : undefined;
  }

  #inList(list_id) {
    const order = (a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : a.id - b.id);
    return [...this.cards.values()].filter((card) => card.list_id === list_id && !card.archived).sort(order);
  }

  #last(list_id) {
    return this.#inList(list_id).at(-1);
  }
}
