/**
 * The room of the person herself, as far as pages need it: which notices she has not read. Small, because it is on every page; for the line
 * (`Live`) it is a store like that of a board.
 */
import { signal } from '#ui';

/** @import { JournalEvent, Snapshot } from './types.js' */
/** @typedef {{ id: number, card_id?: number | null }} Unread */

export class OwnRoom {
  /** @type {Map<number, JournalEvent>} */
  #held = new Map();
  /** @type {Array<(event: JournalEvent) => void>} */
  #listeners = [];

  /** Id of the notice → its card. @type {import('#ui').Signal<Map<number, number | null>>} */
  unread = signal(new Map());
  can = signal({});
  /** Counts how often the whole room was read again. */
  resets = signal(0);

  /** @param {number} member @param {{ seq: number, epoch: string, unread: Unread[] }} start */
  constructor(member, { seq, epoch, unread }) {
    this.room = `member:${member}`;
    this.seq = seq;
    this.epoch = epoch;
    this.unread.value = byId(unread);
  }

  get hole() {
    return this.#held.size > 0;
  }

  /** @param {(event: JournalEvent) => void} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Snapshot} snapshot */
  reset(snapshot) {
    this.seq = snapshot.seq;
    this.epoch = snapshot.epoch;
    for (const seq of this.#held.keys()) if (seq <= this.seq) this.#held.delete(seq);
    this.unread.value = byId(snapshot.unread ?? []);
    this.#drain();
    this.resets.value += 1;
  }

  /** @param {JournalEvent} event */
  apply(event) {
    if (event.room !== this.room || event.seq <= this.seq) return;
    this.#held.set(event.seq, event);
    this.#drain();
  }

  #drain() {
    for (let event = this.#held.get(this.seq + 1); event; event = this.#held.get(this.seq + 1)) {
      this.#held.delete(event.seq);
      this.seq = event.seq;
      const { put, drop } = event;
      if (put.unread || drop.unread) {
        const next = new Map([...this.unread.peek(), ...byId(/** @type {Unread[]} */ (put.unread ?? []))]);
        for (const id of drop.unread ?? []) next.delete(id);
        this.unread.value = next;
      }
      for (const listener of this.#listeners) listener(event);
    }
  }
}

/** @param {Unread[]} rows @returns {Map<number, number | null>} */
function byId(rows) {
  return new Map(rows.map(({ id, card_id }) => [id, card_id ?? null]));
}
