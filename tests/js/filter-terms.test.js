import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromAddress, fromKept, intoAddress, matcher, NONE, terms } from '../../board/static/js/boards/filter-terms.js';

const around = {
  me: 1,
  today: '2026-11-24',
  week: ['2026-11-23', '2026-11-29'],
  dayOf: (when) => when.slice(0, 10),
  isLate: ({ due, done }) => !done && due <= '2026-11-23',
  labels: new Map([[7, 'Classroom']]),
  members: new Map([[2, 'Jon Lindqvist']]),
};
const CARDS = [
  { id: 1, title: 'Mine, late', number: 11, owner_ids: [1], due: '2026-11-20', label_ids: [7] },
  { id: 2, title: 'Mine, late, done', owner_ids: [1], due: '2026-11-20', done: '2026-11-19T10:00:00Z' },
  { id: 3, title: 'Jon’s, today', owner_ids: [2], due: '2026-11-24' },
  { id: 4, title: 'Both, at the end of the week', owner_ids: [1, 2], due: '2026-11-29' },
  { id: 5, title: 'Nobody’s, waiting', blocked_count: 1, help_minutes: 15 },
  { id: 6, title: 'Done while it waited', blocked_count: 2, help_minutes: 5, done: '2026-11-01T10:00:00Z' },
];
const found = (fields) => CARDS.filter(matcher({ ...NONE, ...fields }, around)).map(({ id }) => id);

test('nothing asked for shows everything', () => {
  assert.deepEqual(found({}), [1, 2, 3, 4, 5, 6]);
  assert.equal(terms(NONE), 0);
});

test('one of a kind is enough, all kinds must be met', () => {
  assert.deepEqual(found({ owners: ['me'] }), [1, 2, 4]);
  assert.deepEqual(found({ owners: ['nobody'] }), [5, 6]);
  assert.deepEqual(found({ owners: ['others'] }), [3, 4], 'somebody else owns it, alone or with me');
  assert.deepEqual(found({ owners: ['nobody', 'others'] }), [3, 4, 5, 6]);
  assert.deepEqual(found({ owner_ids: [2] }), [3, 4]);
  assert.deepEqual(found({ owners: ['me'], due: 'late' }), [1]);
  assert.deepEqual(found({ owners: ['me'], due: 'late', label_ids: [8] }), []);
});

test('dates, states and words', () => {
  assert.deepEqual(found({ due: 'late' }), [1], 'what is done is not late');
  assert.deepEqual(found({ due: 'today' }), [3]);
  assert.deepEqual(found({ due: 'week' }), [3, 4]);
  assert.deepEqual(found({ due: 'none' }), [5, 6]);
  assert.deepEqual(found({ done: true }), [2, 6]);
  assert.deepEqual(found({ help: true }), [5]);
  assert.deepEqual(found({ waiting: true }), [5]);
  assert.deepEqual(found({ text: ' LATE ' }), [1, 2]);
  assert.deepEqual(found({ text: '#11' }), [1]);
  assert.deepEqual(found({ text: 'classr' }), [1], 'the name of a label');
  assert.deepEqual(found({ text: 'lindq' }), [3, 4], 'the name of an owner');
});

test('an address says the same again', () => {
  const filter = {
    ...NONE,
    text: 'read & write',
    owners: ['me', 'nobody'],
    owner_ids: [5],
    label_ids: [3, 4],
    due: 'late',
    done: false,
    help: true,
    waiting: true,
  };
  const params = intoAddress(filter, new URLSearchParams('view=table&owner=2&due=today'));
  assert.equal(params.get('owner'), 'me,nobody,5');
  assert.equal(params.get('view'), 'table', 'what is not a filter stays');
  assert.deepEqual(fromAddress(new URLSearchParams(params.toString())), filter);
  assert.equal(terms(filter), 10);
});

test('what means nothing is left out', () => {
  const wild = `owner=you,-1,1e9,0,5,5&label=<b>,7&due=never&state=half&help=yes&waiting=0&q=${'x'.repeat(500)}`;
  const filter = fromAddress(new URLSearchParams(wild));
  assert.deepEqual({ ...filter, text: filter.text.length }, { ...NONE, owner_ids: [5], label_ids: [7], text: 100 });
  assert.deepEqual(fromKept(null), NONE);
  assert.deepEqual(fromKept({ due: 'late', strange: 1 }), { ...NONE, due: 'late' });
});
