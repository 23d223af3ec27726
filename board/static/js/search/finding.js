/** Asking while somebody types: late enough not to ask for each letter, and never answering with what was asked before. */
import { signal } from '#ui';
import { Refused, request } from '../core/http.js';

/** @typedef {{ text: string, hit: boolean }} Piece */
/** @typedef {{ kind: string, id: number, href: string, title: Piece[], snippet: Piece[], board?: { title: string }, list?: string, within?: string, number?: number, done?: boolean, archived?: boolean, by?: { name: string } }} Hit */
/** @typedef {{ state: 'idle' | 'loading' | 'ready' | 'failed' | 'offline' | 'busy', text: string, data: Hit[], notes: Array<{ message: string }>, more: boolean }} Found */

const PAUSE = 130;
const SHORTEST = 2;
/** @type {Found} */
const NOTHING = { state: 'idle', text: '', data: [], notes: [], more: false };

export class Finding {
  constructor() {
    /** What was found last stays on the screen until there is something new. @type {import('#ui').Signal<Found>} */
    this.found = signal(NOTHING);
    this._timer = 0;
    /** @type {AbortController | null} */
    this._asking = null;
    this._last = '';
  }

  /** @param {string} text @param {string} [kind] */
  ask(text, kind = '') {
    const wanted = text.trim();
    const key = `${kind} ${wanted}`;
    if (key === this._last && this.found.peek().state !== 'failed') return;
    this.stop();
    this._last = key;
    // One letter of an alphabet says nothing; one sign of Chinese is a word.
    if (wanted.length < SHORTEST && wanted < '\u2e80') {
      this.found.value = NOTHING;
      return;
    }
    this.found.value = { ...this.found.peek(), state: 'loading' };
    this._timer = setTimeout(() => this._ask(wanted, kind), PAUSE);
  }

  stop() {
    clearTimeout(this._timer);
    this._asking?.abort();
    this._asking = null;
  }

  forget() {
    this.stop();
    this._last = '';
    this.found.value = NOTHING;
  }

  /** @param {string} text @param {string} kind */
  async _ask(text, kind) {
    const asking = new AbortController();
    this._asking = asking;
    const query = new URLSearchParams({ q: text, limit: '20', ...(kind && { kind }) });
    try {
      const { data, notes, next } = await request('GET', `/search?${query}`, { signal: asking.signal });
      if (this._asking === asking) this.found.value = { state: 'ready', text, data, notes, more: next !== null };
    } catch (error) {
      if (this._asking !== asking) return;
      const state = error instanceof Refused ? (error.status === 429 ? 'busy' : 'failed') : 'offline';
      this.found.value = { ...this.found.peek(), state, notes: [] };
    }
  }
}
