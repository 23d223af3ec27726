import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, sorted } from '../../board/static/js/boards/views/rows.js';

const names = { 1: 'Maya', 2: 'Ana', 7: 'Reading', 8: 'Äpfel' };
const around = {
  language: 'en',
  lists: [20, 10],
  listTitle: (id) => String(id),
  memberName: (id) => names[id] ?? '',
  labelTitle: (id) => names[id] ?? '',
  fields: new Map([
    [3, { id: 3, kind: 'choice', options: [{ id: 31 }, { id: 32 }] }],
    [4, { id: 4, kind: 'number' }],
  ]),
  today: '2026-11-24',
  weekEnd: '2026-11-29',
  dayOf: (when) => when.slice(0, 10),
  isLate: (card) => !card.done && card.due < '2026-11-24',
};
const CARDS = [
  {
    id: 1,
    number: 9,
    title: 'Step 10',
    list_id: 10,
    owner_ids: [1, 2],
    due: '2026-11-20',
    field_values: { 3: 32, 4: 2 },
  },
  {
    id: 2,
    number: 8,
    title: 'step 2',
    list_id: 20,
    label_ids: [8],
    item_count: 4,
    item_done: 1,
    field_values: { 4: 10 },
  },
  {
    id: 3,
    number: 7,
    title: 'Ärger',
    list_id: 10,
    owner_ids: [1],
    due: '2026-11-24',
    done: 'x',
    item_count: 2,
    item_done: 2,
  },
  { id: 4, number: 6, title: 'Zebra', list_id: 20, due: '2026-12-24', label_ids: [7], field_values: { 3: 31 } },
];
const order = (sort) => sorted(CARDS, sort, around).map(({ id }) => id);

test('columns sort as people read them, and what is empty stands last both ways', () => {
  assert.deepEqual(order(''), [1, 2, 3, 4]);
  assert.deepEqual(order('title'), [3, 2, 1, 4], 'numbers as numbers, letters with their marks');
  assert.deepEqual(order('-title'), [4, 1, 2, 3]);
  assert.deepEqual(order('due'), [1, 3, 4, 2]);
  assert.deepEqual(order('-due'), [4, 3, 1, 2]);
  assert.deepEqual(order('list'), [2, 4, 1, 3], 'in the order of the lists');
  assert.deepEqual(order('owners'), [1, 3, 2, 4], 'by the first name');
  assert.deepEqual(order('labels'), [2, 4, 1, 3]);
  assert.deepEqual(order('done'), [1, 2, 4, 3]);
  assert.deepEqual(order('checklist'), [2, 3, 1, 4]);
  assert.deepEqual(order('-number'), [1, 2, 3, 4]);
  assert.deepEqual(order('field:3'), [4, 1, 2, 3], 'options in the order of the board');
  assert.deepEqual(order('field:4'), [1, 2, 3, 4]);
  assert.deepEqual(order('field:99'), [1, 2, 3, 4], 'a field that is gone sorts nothing');
  assert.deepEqual(order('-start'), [1, 2, 3, 4]);
});

test('groups stand in their own order, and who is in two stands in both', () => {
  assert.deepEqual(grouped(CARDS, 'list', around), [
    { key: '20', ids: [2, 4] },
    { key: '10', ids: [1, 3] },
  ]);
  assert.deepEqual(grouped(CARDS, 'owner', around), [
    { key: '2', ids: [1] },
    { key: '1', ids: [1, 3] },
    { key: 'none', ids: [2, 4] },
  ]);
  assert.deepEqual(
    grouped(CARDS, 'due', around).map(({ key }) => key),
    ['late', 'today', 'later', 'none'],
  );
  assert.deepEqual(
    grouped(CARDS, 'label', around).map(({ key }) => key),
    ['8', '7', 'none'],
  );
});
