/** The public API, as the pages call it. */

/** The request may or may not have arrived: try again under the same key. */
export class Unreachable extends Error {}

/** The server said no, in the words of RFC 9457. */
export class Refused extends Error {
  /** @param {number} status @param {any} problem @param {number} retryAfter seconds */
  constructor(status, problem, retryAfter = 0) {
    super(problem?.detail || problem?.title || `HTTP ${status}`);
    this.status = status;
    /** Its name in the list of problems, as in `reauth`. */
    this.type = String(problem?.type ?? '').split('#problem-')[1] ?? '';
    /** The record as it is, where the refusal depends on it. */
    this.data = problem?.data;
    /** @type {Array<{ field: string, message: string }>} */
    this.errors = problem?.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

const BASE = '/api/v1';
const PATIENCE = 20_000;
/** Browsers keep at most 64 kB alive. */
const LARGE = 16_000;

/**
 * @param {string} method
 * @param {string} path below /api/v1
 * @param {{ body?: any, op?: string, ifMatch?: number, signal?: AbortSignal }} [options] `signal` ends it early
 * @returns {Promise<any>} the answer's JSON
 */
export async function request(method, path, { body, op, ifMatch, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') headers['Idempotency-Key'] = op ?? newOp();
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (ifMatch !== undefined) headers['If-Match'] = `"${ifMatch}"`;
  const text = body === undefined ? undefined : JSON.stringify(body);
  let response;
  let answer;
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      body: text,
      // What was asked for just before leaving the page still goes out.
      keepalive: method !== 'GET' && (text?.length ?? 0) < LARGE,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) : AbortSignal.timeout(PATIENCE),
    });
    answer = await response.json();
  } catch (error) {
    // An answer that is no JSON comes from something between us and the server.
    if (response && response.status < 500 && !response.ok) throw new Refused(response.status, {});
    throw new Unreachable(String(error));
  }
  if (response.ok) return answer;
  throw new Refused(response.status, answer, Number(response.headers.get('Retry-After') ?? 0));
}

/** @param {string} path */
export function read(path) {
  return request('GET', path);
}

/** All rows of a list that comes in pages. @param {string} path with `?limit=` @returns {Promise<any[]>} */
export async function readAll(path) {
  const rows = [];
  let next = '';
  do {
    const answer = await read(`${path}${next && `&after=${encodeURIComponent(next)}`}`);
    rows.push(...answer.data);
    next = answer.next ?? '';
  } while (next);
  return rows;
}

/** A random name for one command. (`crypto.randomUUID` is missing on plain http with a name of the local network.) */
export function newOp() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
