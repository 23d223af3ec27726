/** The line to the server: joins the rooms, hands their events to the stores, and makes good what was missed. */
import { io } from '#socket';
import { signal } from '#ui';
import { Refused, read } from './http.js';

/** @import { Socket } from '#socket' */
/** @import { Store } from './store.js' */
/** @import { JournalEvent } from './types.js' */

/** @typedef {{ member: number, card?: number | null, typing?: number | null }} Present */
/** @typedef {'connecting' | 'live' | 'offline' | 'restarting' | 'revoked' | 'signed-out'} Status */

/** A hole that has not closed by itself after this many milliseconds is asked for. */
const HOLE = 250;
const PRESENCE = 250;
/** Not more often than this it is asked why the line is refused. */
const WHY = 5000;
/** A room that could not be joined or read, though it is not closed to us, is tried again after this long. */
const AGAIN = 2000;

export class Live {
  /** @type {Map<string, Store>} */
  #stores = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #holes = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #presenceTimer;
  /** @type {any} */
  #presence = null;
  #asked = 0;

  /** @type {import('#ui').Signal<Status>} */
  status = signal('connecting');
  /** Another version of the pages is being served. */
  outdated = signal(false);
  /** Who is in which room. @type {import('#ui').Signal<Map<number, Present>>} */
  here = signal(new Map());
  hereCount = signal(0);
  /** Called when a room has caught up after the line was down. @type {() => void} */
  onCaughtUp = () => {};

  /** @param {string} build @param {Socket} [socket] */
  constructor(build, socket = connect()) {
    this.build = build;
    this.socket = socket;
    socket.on('connect', () => this.#joinAll());
    socket.on('disconnect', (reason) => this.#lost(reason));
    socket.on('connect_error', () => {
      if (this.status.value === 'live' || this.status.value === 'connecting') this.status.value = 'offline';
      this.#askWhy();
    });
    socket.on('event', (event) => this.#take(event));
    socket.on('presence', (message) => this.#present(message));
    socket.on('rights', ({ room }) => this.#readRights(room));
    socket.on('revoked', ({ room }) => this.#revoked(room));
    socket.on('restarting', ({ retry_ms }) => {
      this.status.value = 'restarting';
      socket.io.reconnectionDelay(Number(retry_ms) || 1000);
    });
    if (typeof addEventListener === 'function') {
      addEventListener('online', () => this.#online());
      addEventListener('focus', () => this.lookAgain());
      addEventListener('offline', () => {
        if (this.status.value === 'live') this.status.value = 'offline';
      });
    }
  }

  /** @param {Store} store */
  join(store) {
    this.#stores.set(store.room, store);
    if (this.socket.connected) this.#join(store);
  }

  /** Say which card is open here and where something is being typed. @param {string} room @param {number | null} card @param {number | null} typing */
  tell(room, card, typing) {
    const next = { room, card, typing };
    if (JSON.stringify(next) === JSON.stringify(this.#presence)) return;
    this.#presence = next;
    clearTimeout(this.#presenceTimer);
    this.#presenceTimer = setTimeout(
      () => this.socket.connected && this.socket.emit('presence', this.#presence),
      PRESENCE,
    );
  }

  /** The session is over. Perhaps somebody signs in again beside this page. */
  signedOut() {
    this.status.value = 'signed-out';
    this.socket.disconnect();
  }

  /** Signed in again? */
  async lookAgain() {
    if (this.status.value !== 'signed-out') return;
    try {
      await read('/me');
      this.status.value = 'offline';
      this.socket.connect();
    } catch {
      // Not yet.
    }
  }

  /** Bring every room up to date over HTTP. */
  async catchUp() {
    await Promise.all([...this.#stores.values()].map((store) => this.#askSince(store)));
  }

  /** A line that is refused may mean that the session has ended meanwhile. */
  async #askWhy() {
    if (Date.now() - this.#asked < WHY) return;
    this.#asked = Date.now();
    try {
      await read('/me');
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.signedOut();
    }
  }

  /** The network is back, says the browser; the line may have lived through it. */
  async #online() {
    if (!this.socket.connected) return this.socket.connect();
    try {
      await this.catchUp();
      if (this.status.peek() === 'offline') this.status.value = 'live';
    } catch {
      // Then the line is about to notice.
    }
    return undefined;
  }

  #joinAll() {
    this.socket.io.reconnectionDelay(500);
    for (const store of this.#stores.values()) this.#join(store);
  }

  /** @param {Store} store */
  async #join(store) {
    const { room, seq, epoch } = store;
    let answer;
    try {
      answer = await this.socket.timeout(10_000).emitWithAck('join', { room, since: seq, epoch });
    } catch {
      // No answer in time: let the line start anew.
      this.socket.disconnect().connect();
      return;
    }
    if (!answer.ok) return this.#notJoined(store, answer.status);
    if (answer.build && answer.build !== this.build) this.outdated.value = true;
    try {
      if (answer.stale) await this.#readSnapshot(store);
      else for (const event of answer.events) store.apply(event);
      if (store.hole) await this.#askSince(store);
    } catch (error) {
      this.#notJoined(store, error instanceof Refused ? error.status : 0);
      return;
    }
    if (answer.presence) this.#present({ ...answer.presence, room, whole: true });
    if (this.#presence) this.socket.emit('presence', this.#presence);
    this.status.value = 'live';
    this.onCaughtUp();
  }

  /** Only a room that is not there for us is over; trouble of the server or of the line passes. @param {Store} store @param {number} status */
  #notJoined(store, status) {
    if (status === 404) return this.#revoked(store.room);
    if (status === 401) return this.signedOut();
    if (this.status.value === 'live') this.status.value = 'offline';
    setTimeout(() => {
      if (this.socket.connected && this.#stores.get(store.room) === store) this.#join(store);
    }, AGAIN);
  }

  /** @param {JournalEvent} event */
  #take(event) {
    const store = this.#stores.get(event.room);
    if (!store) return;
    store.apply(event);
    if (store.hole) this.#awaitHole(store);
  }

  /** @param {Store} store */
  #awaitHole(store) {
    if (this.#holes.has(store.room)) return;
    const timer = setTimeout(async () => {
      this.#holes.delete(store.room);
      if (!store.hole) return;
      try {
        await this.#askSince(store);
      } catch {
        this.#awaitHole(store);
      }
    }, HOLE);
    this.#holes.set(store.room, timer);
  }

  /** @param {Store} store */
  async #askSince(store) {
    for (;;) {
      let answer;
      try {
        answer = await read(`/rooms/${store.room}/events?since=${store.seq}&epoch=${encodeURIComponent(store.epoch)}`);
      } catch (error) {
        if (error instanceof Refused && error.status === 410) return this.#readSnapshot(store);
        if (error instanceof Refused && error.status === 404) return this.#revoked(store.room);
        if (error instanceof Refused && error.status === 401) this.signedOut();
        throw error;
      }
      for (const event of answer.events) store.apply(event);
      if (!answer.events.length || store.seq >= answer.seq) return undefined;
    }
  }

  /** @param {Store} store */
  async #readSnapshot(store) {
    store.reset(await read(`/rooms/${store.room}`));
  }

  /** @param {string} room */
  async #readRights(room) {
    const store = this.#stores.get(room);
    if (!store) return;
    try {
      const snapshot = await read(`/rooms/${room}`);
      store.can.value = snapshot.can ?? {};
    } catch (error) {
      if (error instanceof Refused && error.status === 404) this.#revoked(room);
    }
  }

  /** @param {string} room */
  #revoked(room) {
    if (!this.#stores.has(room)) return;
    const store = this.#stores.get(room);
    if (store) store.can.value = {};
    this.#stores.delete(room);
    this.status.value = 'revoked';
  }

  /** @param {string} reason */
  async #lost(reason) {
    this.here.value = new Map();
    this.hereCount.value = 0;
    if (['revoked', 'signed-out'].includes(this.status.value)) return;
    if (this.status.value !== 'restarting') this.status.value = 'offline';
    // The library comes back by itself, except when the server closed the line on purpose: then ask why.
    if (reason !== 'io server disconnect') return;
    try {
      await read('/me');
      this.socket.connect();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.signedOut();
      else setTimeout(() => this.socket.connect(), 1000);
    }
  }

  /** @param {{ room: string, count?: number, who?: Present[], gone?: number[], whole?: boolean }} message */
  #present({ room, count, who = [], gone = [], whole }) {
    // In her own room there is nobody but herself.
    if (!this.#stores.has(room) || room.startsWith('member:')) return;
    const next = new Map(whole ? [] : this.here.value);
    for (const present of who) next.set(present.member, present);
    for (const member of gone) next.delete(member);
    this.here.value = next;
    this.hereCount.value = count ?? next.size;
  }
}

function connect() {
  return io({
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
  });
}
