import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refused, Unreachable } from '../../board/static/js/core/http.js';
import { Queue } from '../../board/static/js/core/queue.js';
import { Store } from '../../board/static/js/core/store.js';

test('commands go one after the other, in order, each under its own key', async () => {
  const { queue, sent } = room();
  await Promise.all([queue.do(rename('one')), queue.do(rename('two')), queue.do(rename('three'))]);
  assert.deepEqual(
    sent.map(({ body }) => body.title),
    ['one', 'two', 'three'],
  );
  assert.equal(new Set(sent.map(({ op }) => op)).size, 3);
  assert.equal(queue.count.value, 0);
});

test('what is asked for is shown before it is answered, and taken back when refused', async () => {
  const { queue, store, title, answers } = room();
  answers.push(new Refused(403, { detail: 'No.' }));
  const heard = [];
  queue.onRefused = (error) => heard.push(error.message);
  const asked = queue.do(rename('mine'));
  assert.equal(title(), 'mine');
  await assert.rejects(asked, { status: 403 });
  assert.equal(title(), 'Card 1');
  assert.deepEqual(heard, ['No.']);
  assert.equal(store.unconfirmed, 0);
});

test('without a network commands wait and stay shown; with it the room catches up first and they go in order under the same key', async () => {
  const { queue, title, answers, sent } = room();
  answers.push(new Unreachable());
  const steps = [];
  queue.catchUp = async () => steps.push('caught up');
  const first = queue.do(rename('one'));
  const second = queue.do(rename('two'));
  await turn(() => queue.held.value);
  assert.equal(title(), 'two');
  assert.equal(queue.count.value, 2);
  const lost = sent[0].op;
  await queue.resume();
  await Promise.all([first, second]);
  assert.deepEqual(steps, ['caught up']);
  assert.deepEqual(
    sent.map(({ body }) => body.title),
    ['one', 'one', 'two'],
  );
  assert.equal(sent[1].op, lost);
});

test('when catching up fails nothing is sent', async () => {
  const { queue, answers, sent } = room();
  answers.push(new Unreachable());
  queue.do(rename('one'));
  await turn(() => queue.held.value);
  queue.catchUp = async () => {
    throw new Unreachable();
  };
  await queue.resume();
  assert.ok(queue.held.value);
  assert.equal(sent.length, 1);
  queue.catchUp = async () => {};
  await queue.resume();
  await turn(() => queue.count.value === 0);
});

test('a move whose neighbours have gone asks again with others, then gives up', async () => {
  const { queue, answers, sent } = room();
  answers.push(new Refused(409, {}), new Refused(409, {}));
  const bodies = [{ after_id: 3 }, undefined];
  await assert.rejects(
    queue.do({ method: 'PUT', path: '/cards/1/position', body: { after_id: 2 }, again: () => bodies.shift() }),
    { status: 409 },
  );
  assert.deepEqual(
    sent.map(({ body }) => body),
    [{ after_id: 2 }, { after_id: 3 }],
  );
});

test('when the session is over commands are kept, and go out after signing in', async () => {
  const { queue, title, answers, sent } = room();
  answers.push(new Refused(401, {}));
  let told = 0;
  queue.onSignedOut = () => told++;
  const asked = queue.do(rename('mine'));
  await turn(() => queue.held.value);
  assert.equal(told, 1);
  assert.equal(title(), 'mine');
  await queue.resume();
  await asked;
  assert.equal(sent[0].op, sent[1].op);
});

test('a command on something made here is sent under the id it got', async () => {
  const { queue, answers, sent } = room();
  answers.push({ data: { id: 77 }, events: [] });
  const made = { made: -5, put: { cards: [{ id: -5, list_id: 1, title: 'New', position: 'z' }] } };
  queue.do({ method: 'POST', path: '/lists/1/cards', body: { title: 'New' }, guess: made });
  await queue.do({ method: 'PUT', path: '/cards/-5/position', body: { list_id: 1, after_id: -5 } });
  assert.equal(sent[1].path, '/cards/77/position');
  assert.equal(sent[1].body.after_id, 77);
});

test('what was never sent can be taken back; what may have arrived cannot', async () => {
  const { queue, title, answers, sent } = room();
  answers.push(new Unreachable());
  const first = queue.do(rename('mine'));
  const second = queue.do(rename('mine again'));
  assert.equal(queue.cancel(first.op), false, 'it is on its way');
  await turn(() => queue.held.value);
  assert.equal(queue.cancel(first.op), false, 'only its answer was lost, perhaps');
  assert.equal(queue.cancel(second.op), true);
  assert.equal(title(), 'mine');
  await queue.resume();
  await first;
  assert.equal(sent.length, 2);
});

test('without a network nothing has left, and all can be taken back', async () => {
  const { queue, title, answers } = room();
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  try {
    answers.push(new Unreachable());
    const asked = queue.do(rename('mine'));
    await turn(() => queue.held.value);
    assert.equal(queue.cancel(asked.op), true);
    assert.equal(title(), 'Card 1');
    assert.equal(queue.count.value, 0);
    await queue.resume();
  } finally {
    delete navigator.onLine;
  }
});

test('made-up ids deep in a body become the real ones', async () => {
  const { queue, answers, sent } = room();
  answers.push({ data: { id: 77 }, events: [] });
  const made = { made: -5, put: { cards: [{ id: -5, list_id: 1, title: 'New', position: 'z' }] } };
  queue.do({ method: 'POST', path: '/lists/1/cards', body: { title: 'New' }, guess: made });
  queue.do({
    method: 'POST',
    path: '/boards/1/batch',
    body: { card_ids: [1, -5], position: { list_id: 1, after_id: -5 } },
  });
  await queue.do({
    method: 'POST',
    path: '/boards/1/batch',
    body: { card_ids: [-5], label_ids: { add: [-5], remove: [3] } },
  });
  assert.deepEqual(sent[1].body, { card_ids: [1, 77], position: { list_id: 1, after_id: 77 } });
  assert.deepEqual(sent[2].body, { card_ids: [77], label_ids: { add: [77], remove: [3] } });
});

function rename(title) {
  return { method: 'PATCH', path: '/cards/1', body: { title }, guess: { put: { cards: [{ id: 1, title }] } } };
}

/** A room with one card, and a server that gives the answers put in, then says yes to everything. */
function room() {
  const store = new Store({
    room: 'board:1',
    seq: 0,
    epoch: 'e',
    lists: [],
    cards: [{ id: 1, list_id: 1, title: 'Card 1', position: 'V' }],
  });
  const sent = [];
  const answers = [];
  const queue = new Queue(store, async (method, path, { body, op }) => {
    sent.push({ method, path, body, op });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? { data: {}, events: [] };
  });
  return { store, queue, sent, answers, title: () => store.item('cards', 1).value.title };
}

async function turn(condition) {
  for (let i = 0; i < 1000 && !condition(); i++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(condition());
}
