import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { afterEach, test } from 'node:test';
import { Live } from '../../board/static/js/core/live.js';
import { Store } from '../../board/static/js/core/store.js';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

test('it joins with what it has, applies what it missed, and says that it is live', async () => {
  const { live, store, socket } = line({ events: [renamed(1, 'one'), renamed(2, 'two')] });
  socket.open();
  await turn(() => live.status.value === 'live');
  assert.deepEqual(socket.sent[0], ['join', { room: 'board:1', since: 0, epoch: 'e' }]);
  assert.equal(title(store), 'two');
  socket.arrive('event', renamed(3, 'three'));
  assert.equal(title(store), 'three');
});

test('too far behind, it reads the whole room', async () => {
  const { live, store, socket } = line({ stale: true });
  serve({
    '/api/v1/rooms/board:1': { ...snapshot(70), cards: [{ id: 1, list_id: 1, position: 'V', title: 'seventy' }] },
  });
  socket.open();
  await turn(() => live.status.value === 'live');
  assert.equal(store.seq, 70);
  assert.equal(title(store), 'seventy');
});

test('a hole that does not close by itself is asked for', async () => {
  const { live, store, socket } = line({ events: [] });
  const asked = serve({
    '/api/v1/rooms/board:1/events?since=0&epoch=e': { events: [renamed(1, 'one'), renamed(2, 'two')], seq: 2 },
  });
  socket.open();
  await turn(() => live.status.value === 'live');
  socket.arrive('event', renamed(2, 'two'));
  assert.equal(title(store), 'Card 1');
  assert.equal(asked.length, 0, 'it waits a moment first');
  await turn(() => title(store) === 'two', 2000);
  assert.equal(asked.length, 1);
});

test('a hole that closes by itself costs nothing', async (context) => {
  const { live, store, socket } = line({ events: [] });
  const asked = serve({});
  socket.open();
  await turn(() => live.status.value === 'live');
  context.mock.timers.enable({ apis: ['setTimeout'] });
  socket.arrive('event', renamed(2, 'two'));
  socket.arrive('event', renamed(1, 'one'));
  assert.equal(title(store), 'two');
  context.mock.timers.tick(1000);
  assert.equal(asked.length, 0);
});

test('another build is offered, a revoked room is said, and nothing can be done there any more', async () => {
  const { live, store, socket } = line({ events: [], build: 'newer' });
  store.can.value = { cards: ['move_card'] };
  socket.open();
  await turn(() => live.outdated.value);
  socket.arrive('revoked', { room: 'board:1' });
  assert.equal(live.status.value, 'revoked');
  assert.deepEqual(store.can.value, {});
  socket.arrive('event', renamed(1, 'not for us'));
  assert.equal(title(store), 'Card 1');
});

test('changed rights are read again', async () => {
  const { live, store, socket } = line({ events: [] });
  serve({ '/api/v1/rooms/board:1': { ...snapshot(0), can: { cards: ['move_card'] } } });
  socket.open();
  await turn(() => live.status.value === 'live');
  socket.arrive('rights', { room: 'board:1' });
  await turn(() => store.can.value.cards?.includes('move_card'));
});

test('a refused room and an ended session are told apart from a lost line', async () => {
  const refused = line({ ok: false, status: 404 });
  refused.socket.open();
  await turn(() => refused.live.status.value === 'revoked');

  const ended = line({ events: [] });
  serve({}, 401);
  ended.socket.open();
  await turn(() => ended.live.status.value === 'live');
  ended.socket.close('io server disconnect');
  await turn(() => ended.live.status.value === 'signed-out');

  const lost = line({ events: [] });
  lost.socket.open();
  await turn(() => lost.live.status.value === 'live');
  lost.socket.close('transport close');
  assert.equal(lost.live.status.value, 'offline');
});

test('trouble of the server while joining passes: the room is joined again, and is not over', async () => {
  for (const trouble of [{ ok: false, status: 500 }, { stale: true }]) {
    const { live, store, socket } = line(trouble);
    store.can.value = { cards: ['move_card'] };
    serve({}, 503);
    socket.open();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.notEqual(live.status.value, 'revoked');
    assert.deepEqual(store.can.value, { cards: ['move_card'] });
    socket.close('transport close');
  }
  const { live, socket } = line({ ok: false, status: 503 });
  socket.open();
  await turn(() => socket.sent.length === 1);
  socket.answer = { events: [renamed(1, 'one')] };
  await turn(() => live.status.value === 'live', 4000);
});

test('a session that has ended is no closed room', async () => {
  const { live, socket } = line({ ok: false, status: 401 });
  socket.open();
  await turn(() => live.status.value === 'signed-out');
});

test('a line that is refused because the session ended meanwhile says so', async () => {
  const { live, socket } = line({ events: [] });
  serve({}, 401);
  socket.arrive('connect_error', new Error('refused'));
  await turn(() => live.status.value === 'signed-out');
});

test('a planned restart is said and waited for', async () => {
  const { live, socket } = line({ events: [] });
  socket.open();
  await turn(() => live.status.value === 'live');
  socket.arrive('restarting', { retry_ms: 1500 });
  assert.equal(live.status.value, 'restarting');
  assert.equal(socket.delays.at(-1), 1500);
  socket.close('transport close');
  assert.equal(live.status.value, 'restarting');
  socket.open();
  await turn(() => live.status.value === 'live');
});

test('who is here comes and goes', async () => {
  const { live, socket } = line({
    events: [],
    presence: { count: 2, who: [{ member: 3 }, { member: 4, card: 1 }], gone: [] },
  });
  socket.open();
  await turn(() => live.status.value === 'live');
  assert.deepEqual([...live.here.value.keys()], [3, 4]);
  socket.arrive('presence', { room: 'board:1', count: 1, who: [], gone: [4] });
  assert.deepEqual([...live.here.value.keys()], [3]);
  socket.arrive('presence', { room: 'board:2', count: 9, who: [{ member: 9 }], gone: [] });
  assert.deepEqual([...live.here.value.keys()], [3]);
});

class Wire extends EventEmitter {
  connected = false;
  sent = [];
  delays = [];
  io = { reconnectionDelay: (ms) => this.delays.push(ms) };

  constructor(answer) {
    super();
    this.answer = answer;
  }

  open() {
    this.connected = true;
    this.arrive('connect');
  }

  close(reason) {
    this.connected = false;
    this.arrive('disconnect', reason);
  }

  arrive(name, ...values) {
    for (const listener of this.listeners(name)) listener(...values);
  }

  emit(...message) {
    this.sent.push(message);
  }

  timeout() {
    return {
      emitWithAck: async (...message) => {
        this.sent.push(message);
        return { ok: true, seq: 0, build: 'b', ...this.answer };
      },
    };
  }

  connect() {
    return this;
  }

  disconnect() {
    this.connected = false;
    return this;
  }
}

function line(answer) {
  const store = new Store(snapshot(0));
  const socket = new Wire(answer);
  const live = new Live('b', socket);
  live.join(store);
  return { live, store, socket };
}

function snapshot(seq) {
  return {
    room: 'board:1',
    seq,
    epoch: 'e',
    lists: [],
    cards: [{ id: 1, list_id: 1, position: 'V', title: 'Card 1' }],
  };
}

function renamed(seq, title) {
  return {
    room: 'board:1',
    seq,
    type: 'card.changed',
    at: '',
    by: 2,
    op: null,
    put: { cards: [{ id: 1, title }] },
    drop: {},
  };
}

function title(store) {
  return store.peek('cards', 1).title;
}

/** Answers GETs from a table; returns what was asked for. */
function serve(answers, status = 200) {
  const asked = [];
  globalThis.fetch = async (path) => {
    asked.push(path);
    const found = answers[path];
    return {
      ok: Boolean(found),
      status: found ? 200 : status === 200 ? 404 : status,
      headers: new Headers(),
      json: async () => found ?? {},
    };
  };
  return asked;
}

async function turn(condition, patience = 1000) {
  const until = Date.now() + patience;
  while (!condition() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(condition());
}
