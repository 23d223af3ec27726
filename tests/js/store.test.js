import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between } from '../../board/static/js/core/position.js';
import { Store } from '../../board/static/js/core/store.js';
import { dice, Server } from './school.js';

const RUNS = 200;
const STEPS = 60;

test('three clients on an unkind network agree with the server and with each other', () => {
  let played = 0;
  for (let seed = 1; seed <= RUNS; seed++) played += play(seed);
  assert.ok(played > 5000, `only ${played} events were played`);
});

test('each thing is shown in the order of position, then id', () => {
  const store = boardOf([card(3, 'a'), card(1, 'b'), card(2, 'a'), card(4, 'Z')]);
  assert.deepEqual(store.children('cards', 1).value, [4, 2, 3, 1]);
});

test('an event that was seen is not applied again, one too early waits', () => {
  const store = boardOf([card(1, 'a')]);
  store.apply(event(2, { put: { cards: [{ id: 1, title: 'second' }] } }));
  assert.equal(store.item('cards', 1).value.title, 'Card 1');
  assert.ok(store.hole);
  store.apply(event(1, { put: { cards: [{ id: 1, title: 'first' }] } }));
  assert.equal(store.item('cards', 1).value.title, 'second');
  assert.ok(!store.hole);
  store.apply(event(1, { put: { cards: [{ id: 1, title: 'first' }] } }));
  assert.equal(store.item('cards', 1).value.title, 'second');
});

test('a wish is shown at once and taken back when refused', () => {
  const store = boardOf([card(1, 'a'), card(2, 'b')]);
  store.predict('op', { put: { cards: [{ id: 1, position: 'c' }] } });
  assert.deepEqual(store.children('cards', 1).value, [2, 1]);
  store.refuse('op');
  assert.deepEqual(store.children('cards', 1).value, [1, 2]);
});

test('a wish for something that has gone does not bring it back', () => {
  const store = boardOf([card(1, 'a')]);
  store.predict('op', { put: { cards: [{ id: 1, title: 'mine' }] } });
  store.apply(event(1, { drop: { cards: [1] } }));
  assert.equal(store.item('cards', 1).value, undefined);
  assert.deepEqual(store.children('cards', 1).value, []);
});

test('an answer without news drops the wish; an answer ahead of the room keeps it until the room is there', () => {
  const store = boardOf([card(1, 'a')]);
  store.predict('same', { put: { cards: [{ id: 1, title: 'mine' }] } });
  store.confirm('same', []);
  assert.equal(store.item('cards', 1).value.title, 'Card 1');

  store.predict('ahead', { put: { cards: [{ id: 1, title: 'mine' }] } });
  store.confirm('ahead', [event(2, { op: 'ahead', put: { cards: [{ id: 1, title: 'mine' }] } })]);
  assert.equal(store.item('cards', 1).value.title, 'mine');
  assert.equal(store.unconfirmed, 1);
  store.reset({
    room: 'board:1',
    seq: 2,
    epoch: 'e',
    lists: [],
    cards: [{ ...card(1, 'a'), title: 'mine, then theirs' }],
  });
  assert.equal(store.unconfirmed, 0);
  assert.equal(store.item('cards', 1).value.title, 'mine, then theirs');
});

test('what waits for a made-up record goes over to the real one', () => {
  const store = boardOf([]);
  store.predict('make', { made: -1, put: { cards: [{ id: -1, list_id: 1, title: 'New', position: 'V' }] } });
  store.predict('edit', { put: { cards: [{ id: -1, title: 'Newer' }] } });
  store.apply(event(1, { op: 'make', put: { cards: [{ id: 50, list_id: 1, title: 'New', position: 'V' }] } }));
  assert.deepEqual(store.children('cards', 1).value, [50]);
  assert.equal(store.item('cards', 50).value.title, 'Newer');
  assert.equal(store.aliases.get(-1), 50);
});

test('details are kept true from the moment they were read, and only while open', () => {
  const store = boardOf([card(1, 'a')]);
  store.apply(event(1, { put: { comments: [{ id: 8, thread_id: 4, body: 'unseen' }] } }));
  assert.equal(store.item('comments', 8).value, undefined);

  store.apply(event(2, { put: { comments: [{ id: 9, thread_id: 4, body: 'late' }] } }));
  assert.ok(store.open('thread:4', 1, { comments: [{ id: 8, thread_id: 4, body: 'unseen' }] }));
  assert.deepEqual(store.children('comments', 4).value, [8, 9]);

  store.open('card:1', 2, {
    checklists: [{ id: 5, card_id: 1, position: 'V' }],
    items: [{ id: 6, checklist_id: 5, position: 'V' }],
  });
  store.apply(event(3, { put: { items: [{ id: 7, checklist_id: 5, position: 'W' }] } }));
  assert.deepEqual(store.children('items', 5).value, [6, 7]);
  store.close('card:1');
  store.close('thread:4');
  assert.deepEqual(store.children('items', 5).value, []);
  assert.deepEqual(store.children('comments', 4).value, []);
});

test('a detail that is older than what is remembered asks to be read again', () => {
  const store = boardOf([card(1, 'a')], 40);
  store.apply(event(41, { put: { cards: [{ id: 1, title: 'x' }] } }));
  assert.equal(store.open('card:1', 39, { checklists: [] }), false);
  assert.equal(store.open('card:1', 40, { checklists: [] }), true);
});

test('what left an open card unheard, while the room was read anew, leaves the page when the card is read again', () => {
  const store = boardOf([card(1, 'a')]);
  const items = [6, 7].map((id) => ({ id, checklist_id: 5, position: `${id}` }));
  const checklists = [{ id: 5, card_id: 1, position: 'V' }];
  const links = [
    { id: 3, card_id: 2, other_id: 1 },
    { id: 4, card_id: 1, other_id: 2 },
  ];
  store.open('card:1', 0, { checklists, items, links });
  store.predict('op', { put: { items: [{ id: 7, title: 'mine' }] } });
  store.reset({ room: 'board:1', seq: 900, epoch: 'e', lists: [], cards: [card(1, 'a')] });
  assert.ok(store.open('card:1', 900, { checklists, items: items.slice(1), links: links.slice(1) }));
  assert.deepEqual(store.children('items', 5).value, [7]);
  assert.equal(store.peek('items', 7).title, 'mine');
  assert.deepEqual(
    store.all('links').map(({ id }) => id),
    [4],
  );
});

test('only what changed is drawn again', () => {
  const store = boardOf([card(1, 'a'), card(2, 'b')]);
  const drawn = [0, 0];
  store.item('cards', 1).subscribe(() => drawn[0]++);
  store.item('cards', 2).subscribe(() => drawn[1]++);
  store.apply(event(1, { put: { cards: [{ id: 1, title: 'x' }] } }));
  assert.deepEqual(drawn, [2, 1]);
});

test('a key between two others stands between them, thousands of times', () => {
  const random = dice(7);
  const keys = ['V'];
  for (let i = 0; i < 3000; i++) {
    const at = random.below(keys.length + 1);
    const key = between(keys[at - 1], keys[at]);
    assert.ok(
      (keys[at - 1] ?? '') < key && (keys[at] === undefined || key < keys[at]),
      `${keys[at - 1]} ${key} ${keys[at]}`,
    );
    keys.splice(at, 0, key);
  }
});

test('between equal keys there is still an answer', () => {
  assert.ok(between('aB', 'aB') >= 'aB');
  assert.ok(between('b', 'a').length < 40);
});

function card(id, position) {
  return { id, list_id: 1, title: `Card ${id}`, position };
}

function boardOf(cards, seq = 0) {
  return new Store({ room: 'board:1', seq, epoch: 'e', lists: [{ id: 1, title: 'List', position: 'V' }], cards });
}

function event(seq, parts) {
  return { room: 'board:1', seq, type: 't', at: '', by: 1, op: null, put: {}, drop: {}, ...parts };
}

/** One run: returns how many events the clients had to digest. */
function play(seed) {
  const random = dice(seed);
  const server = new Server();
  const clients = [1, 2, 3].map((n) => new Client(n, server, random));
  for (let step = 0; step < STEPS; step++) {
    const client = random.pick(clients);
    if (random.chance(0.5)) client.act();
    if (random.chance(0.08)) client.online = !client.online;
    if (random.chance(0.5)) random.pick(clients).send();
    for (const other of clients) other.receive();
  }
  for (const client of clients) client.settle();
  for (const client of clients) client.settle();
  const truth = seen(new Store(server.snapshot()));
  for (const client of clients) {
    assert.equal(client.store.unconfirmed, 0, `seed ${seed}: something is still waiting`);
    assert.deepEqual(seen(client.store), truth, `seed ${seed}: client ${client.n} sees something else`);
  }
  return server.journal.length * clients.length;
}

/** What stands on the screen: every list in order with its cards in order. */
function seen(store) {
  return store
    .children('lists')
    .value.map((list) => [
      store.peek('lists', list),
      store.children('cards', list).value.map((id) => store.peek('cards', id)),
    ]);
}

class Client {
  online = true;
  queue = [];
  mail = [];
  read = 0;
  made = 0;

  constructor(n, server, random) {
    Object.assign(this, { n, server, random, store: new Store(server.snapshot()) });
  }

  act() {
    const { random, store } = this;
    const cards = store.all('cards');
    const lists = store.children('lists').value;
    const card = random.pick(cards)?.id ?? 1;
    const list = random.pick(lists);
    const op = `${this.n}-${++this.made}`;
    const verb = random.pick(['create', 'move', 'move', 'move', 'edit', 'edit', 'archive', 'restore', 'archiveList']);
    if (verb === 'create') {
      const id = -this.made;
      this.#ask(op, verb, [list, op], { made: id, put: { cards: [{ id, list_id: list, title: op, position: 'z' }] } });
    } else if (verb === 'move') {
      const after = random.chance(0.3) ? 0 : (random.pick(store.children('cards', list).value) ?? 0);
      const position = between(store.peek('cards', after)?.position);
      this.#ask(op, verb, [card, list, after], { put: { cards: [{ id: card, list_id: list, position }] } });
    } else if (verb === 'edit') {
      const title = random.chance(0.2) ? `refuse ${op}` : op;
      this.#ask(op, verb, [card, title], { put: { cards: [{ id: card, title }] } });
    } else if (verb === 'archive') this.#ask(op, verb, [card], { drop: { cards: [card] } });
    else if (verb === 'restore') this.#ask(op, verb, [1 + random.below(12)], {});
    else if (random.chance(0.1)) this.#ask(op, verb, [list], { drop: { lists: [list] } });
  }

  #ask(op, verb, args, guess) {
    this.store.predict(op, guess);
    this.queue.push({ op, verb, args });
  }

  /** The first waiting command; the request may be doubled, the answer lost. */
  send(kind = false) {
    const next = this.queue[0];
    if (!this.online || !next) return;
    const args = next.args.map((arg) => this.store.aliases.get(arg) ?? arg);
    const lost = !kind && this.random.chance(0.15);
    let answer = null;
    for (let times = this.random.chance(0.2) ? 2 : 1; times; times--)
      answer = this.server.run(next.op, next.verb, args);
    if (lost) return;
    this.queue.shift();
    if (!answer) return this.store.refuse(next.op);
    if (next.verb === 'create') this.store.rename(-Number(next.op.split('-')[1]), answer.data.id);
    this.store.confirm(next.op, structuredClone(answer.events));
  }

  /** Pushed events come late, twice, in another order, or not at all. */
  receive() {
    const fresh = this.server.journal.slice(this.read);
    this.read = this.server.journal.length;
    for (const event of fresh) {
      if (!this.online || this.random.chance(0.15)) continue;
      this.mail.push(event);
      if (this.random.chance(0.15)) this.mail.push(event);
    }
    if (this.random.chance(0.4)) this.mail.sort(() => (this.random.chance(0.5) ? 1 : -1));
    while (this.mail.length && this.random.chance(0.8)) this.store.apply(structuredClone(this.mail.shift()));
    if (this.online && this.store.hole && this.random.chance(0.5)) this.catchUp();
  }

  catchUp() {
    const events = this.server.since(this.store.seq);
    if (!events) this.store.reset(this.server.snapshot());
    else for (const event of events) this.store.apply(structuredClone(event));
  }

  settle() {
    this.online = true;
    this.catchUp();
    while (this.queue.length) this.send(true);
    this.catchUp();
  }
}
