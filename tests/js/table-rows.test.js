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
    [5, { id: 5, kind: 'tick' }],
    [6, { id: 6, kind: 'date' }],
    [7, { id: 7, kind: 'text' }],
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
    field_values: { 3: 32, 4: 2, 5: true, 6: '2026-12-24', 7: 'Rose' },
  },
  {
    id: 2,
    number: 8,
    title: 'step 2',
    list_id: 20,
    label_ids: [8],
    item_count: 4,
    item_done: 1,
    field_values: { 4: 10, 6: '2026-12-01', 7: 'none' },
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
  {
    id: 4,
    number: 6,
    title: 'Zebra',
    list_id: 20,
    due: '2026-12-24',
    label_ids: [7],
    field_values: { 3: 31, 5: true, 6: '2027-01-08', 7: 'rose' },
  },
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
  assert.deepEqual(order('-field:4'), [2, 1, 3, 4], 'as numbers');
  assert.deepEqual(order('-field:5'), [1, 4, 2, 3]);
  assert.deepEqual(order('field:6'), [2, 1, 4, 3]);
  assert.deepEqual(order('field:7'), [2, 1, 4, 3]);
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

test('the fields of a board gather cards by what stands in them', () => {
  const groups = (by) => Object.fromEntries(grouped(CARDS, by, around).map(({ key, ids }) => [key, ids]));
  const keys = (by) => grouped(CARDS, by, around).map(({ key }) => key);
  assert.deepEqual(groups('field:3'), { 31: [4], 32: [1], none: [2, 3] });
  assert.deepEqual(keys('field:4'), ['=2', '=10', 'none'], 'numbers as numbers');
  assert.deepEqual(grouped(CARDS, 'field:5', around), [
    { key: 'yes', ids: [1, 4] },
    { key: 'no', ids: [2, 3] },
  ]);
  assert.deepEqual(keys('field:6'), ['2026-12', '2027-01', 'none'], 'dates by their month');
  assert.deepEqual(groups('field:7')['=none'], [2], 'the word is not taken for what has no value');
  assert.deepEqual(groups('field:7').none, [3]);
  assert.deepEqual(grouped(CARDS, 'field:99', around), [{ key: 'none', ids: [1, 2, 3, 4] }], 'a field that is gone');
});

test('choices stand in the order of the board, and one that was taken away is no value', () => {
  const fields = new Map([[3, { id: 3, kind: 'choice', options: [{ id: 32 }, { id: 30 }] }]]);
  assert.deepEqual(grouped(CARDS, 'field:3', { ...around, fields }), [
    { key: '32', ids: [1] },
    { key: 'none', ids: [2, 3, 4] },
  ]);
});

test('where cards can be made, a list without cards is a group too', () => {
  const lists = [20, 30, 10];
  assert.deepEqual(grouped(CARDS, 'list', { ...around, lists, emptyLists: true })[1], { key: '30', ids: [] });
  assert.equal(grouped(CARDS, 'list', { ...around, lists }).length, 2);
});
