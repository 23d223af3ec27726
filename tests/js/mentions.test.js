import assert from 'node:assert/strict';
import { test } from 'node:test';
import { board } from '../../board/static/js/boards/context.js';
import { toField, toStored } from '../../board/static/js/boards/mentions.js';

const members = [
  { id: 3, name: 'Maya Rahman' },
  { id: 4, name: 'Jon' },
  { id: 5, name: 'Jon Okafor' },
  { id: 6, name: 'Rose', active: false },
];
Object.assign(board, { store: { all: () => members } });

test('a whole name that was typed is a mention, the longest that fits', () => {
  assert.equal(toStored('Ask @Maya Rahman, please'), 'Ask @[Maya Rahman](member:3), please');
  assert.equal(toStored('@Jon Okafor and @Jon'), '@[Jon Okafor](member:5) and @[Jon](member:4)');
});

test('a part of a word, an address, or who has left is none', () => {
  for (const text of ['@Jonathan', 'mail@Jon', '@Maya', '@Rose', 'no one']) assert.equal(toStored(text), text);
});

test('there and back again nothing changes', () => {
  const stored = 'See @[Ana Ferreira](member:1) and @[Maya Rahman](member:3).';
  assert.equal(toField(stored), 'See @Ana Ferreira and @Maya Rahman.');
  assert.equal(toStored(toField(stored)), stored);
});

test('what looks like a mention and is none stays as it is', () => {
  assert.equal(toField('@[x](member:0) [Maya](member:3)'), '@[x](member:0) [Maya](member:3)');
});
