/**
 * Commands on their way to the server, one after the other. What they will do is shown at once; without a network they wait; when it is
 * back, the room catches up first and then they go in order. A refusal takes back what was shown and says why.
 */
import { signal } from '#ui';
import { newOp, Refused, request, Unreachable } from './http.js';

/** @import { Store } from './store.js' */
/** @import { Guess } from './types.js' */

/**
 * @typedef {object} Command
 * @property {string} method
 * @property {string} path
 * @property {any} [body]
 * @property {number} [ifMatch]
 * @property {Guess} [guess] what it will very likely do
 * @property {() => any} [again] another body when the neighbours it named have gone (409); undefined gives up
 * @property {boolean} [quiet] the caller shows the refusal itself
 */
/** @typedef {Command & { op: string, tries: number, sent?: boolean, resolve: (answer: any) => void, reject: (error: Error) => void }} Waiting */

const PAUSES = [500, 1000, 2000, 5000, 10_000];
const NOT_NOW = [401, 429, 502, 503, 504];

export class Queue {
  /** @type {Waiting[]} */
  #waiting = [];
  #sending = false;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** Commands that the server has not yet answered. */
  count = signal(0);
  /** Are they held back, because the server was not reached? */
  held = signal(false);
  /** Bring the rooms up to date before what waited is sent. @type {() => Promise<void>} */
  catchUp = async () => {};
  /** @type {(error: Refused, command: Command) => void} */
  onRefused = () => {};
  /** The session is over: what waits is kept until somebody signs in again. */
  onSignedOut = () => {};

  /** @param {Store} store @param {typeof request} [send] */
  constructor(store, send = request) {
    this.store = store;
    this.send = send;
  }

  /**
   * @param {Command} command
   * @returns {Promise<any> & { op: string }} the answer; `op` names the command for undoing it
   */
  do(command) {
    const op = newOp();
    if (command.guess) this.store.predict(op, command.guess);
    const promise = new Promise((resolve, reject) => {
      this.#waiting.push({ ...command, op, tries: 0, resolve, reject });
    });
    // Who does not wait for the answer hears of a refusal by `onRefused`.
    promise.catch(() => {});
    this.count.value = this.#waiting.length;
    this.#pump();
    return Object.assign(promise, { op });
  }

  /** Take a command back that was never sent. (Of one whose answer was lost, the server may know: that one is to be undone.) @param {string} op */
  cancel(op) {
    const at = this.#waiting.findIndex((command) => command.op === op);
    if (at < 0 || this.#waiting[at].sent) return false;
    const [command] = this.#waiting.splice(at, 1);
    this.#over(() => this.store.refuse(op));
    command.reject(new Refused(0, { detail: 'cancelled' }));
    return true;
  }

  /** The network is back (or perhaps is): catch up, then send. */
  async resume() {
    clearTimeout(this.#timer);
    if (!this.held.value || this.#sending) return;
    this.#sending = true;
    try {
      await this.catchUp();
      this.held.value = false;
    } catch {
      this.#hold();
    } finally {
      this.#sending = false;
    }
    this.#pump();
  }

  async #pump() {
    if (this.#sending || this.held.value) return;
    this.#sending = true;
    try {
      while (this.#waiting.length && !this.held.value) await this.#sendFirst(this.#waiting[0]);
    } finally {
      this.#sending = false;
    }
  }

  /** @param {Waiting} command */
  async #sendFirst(command) {
    let answer;
    try {
      const { method, path, body, op, ifMatch } = command;
      // Without a network nothing leaves this machine.
      command.sent ||= globalThis.navigator?.onLine !== false;
      answer = await this.send(method, this.#real(path), { body: this.#real(body), op, ifMatch });
    } catch (error) {
      this.#failed(command, /** @type {Error} */ (error));
      return;
    }
    this.#failures = 0;
    this.#waiting.shift();
    this.#over(() => {
      if (command.guess?.made) this.store.rename(command.guess.made, answer.data.id);
      this.store.confirm(command.op, answer.events ?? []);
    });
    command.resolve(answer);
  }

  /** @param {Waiting} command @param {Error} error */
  #failed(command, error) {
    if (error instanceof Unreachable) return this.#hold();
    const refused = error instanceof Refused ? error : new Refused(0, { detail: String(error) });
    if (refused.status === 401) this.onSignedOut();
    if (NOT_NOW.includes(refused.status)) return this.#hold(refused.retryAfter * 1000);
    if (refused.status === 409 && command.again && command.tries < 3) {
      const body = command.again();
      command.tries += 1;
      if (body) {
        command.body = body;
        return;
      }
    }
    this.#waiting.shift();
    this.#over(() => this.store.refuse(command.op));
    if (!command.quiet) this.onRefused(refused, command);
    command.reject(refused);
  }

  /** @param {() => void} settle */
  #over(settle) {
    settle();
    this.count.value = this.#waiting.length;
  }

  #hold(wait = 0) {
    this.held.value = true;
    clearTimeout(this.#timer);
    const pause = wait || PAUSES[Math.min(this.#failures++, PAUSES.length - 1)];
    this.#timer = setTimeout(() => this.resume(), pause);
  }

  /** Made-up ids become the real ones, once these are known. @param {any} value @returns {any} */
  #real(value) {
    const known = this.store.aliases;
    if (typeof value === 'string')
      return value.replace(/\/(-\d+)(?=\/|$)/g, (_, id) => `/${known.get(Number(id)) ?? id}`);
    return realIn(value, (id) => known.get(id) ?? id);
  }
}

/** A body with its fields `…_id` and `…_ids` looked up, at any depth. @param {any} body @param {(id: any) => any} real @param {string} [name] of the field that it is @returns {any} */
function realIn(body, real, name = '') {
  if (Array.isArray(body)) return body.map((one) => (name.endsWith('_ids') ? real(one) : realIn(one, real)));
  if (body && typeof body === 'object') {
    // `label_ids: { add: [2], remove: [3] }` is of ids, too.
    const within = name.endsWith('_ids') ? () => name : (/** @type {string} */ field) => field;
    return Object.fromEntries(Object.entries(body).map(([field, one]) => [field, realIn(one, real, within(field))]));
  }
  return name.endsWith('_id') ? real(body) : body;
}
