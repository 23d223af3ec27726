import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeTexts, wordDiff } from '../../board/static/js/core/word-diff.js';

const side = (pieces, kind) =>
  pieces
    .filter((p) => p.kind === 'same' || p.kind === kind)
    .map((p) => p.text)
    .join('');

test('differences are marked by words', () => {
  assert.deepEqual(wordDiff('Bring two chairs.', 'Bring three chairs.'), [
    { kind: 'same', text: 'Bring ' },
    { kind: 'mine', text: 'two' },
    { kind: 'theirs', text: 'three' },
    { kind: 'same', text: ' chairs.' },
  ]);
  assert.deepEqual(wordDiff('', 'a'), [{ kind: 'theirs', text: 'a' }]);
  assert.deepEqual(wordDiff('same', 'same'), [{ kind: 'same', text: 'same' }]);
});

test('nothing of either text is lost, whatever they are', () => {
  const bits = ['a', 'b', ' ', '\n', '.', 'été', '👍', 'don’t', '  '];
  let seed = 7;
  const next = () => (seed = (seed * 16807) % 2147483647);
  const text = () => Array.from({ length: next() % 14 }, () => bits[next() % bits.length]).join('');
  for (let n = 0; n < 400; n++) {
    const [mine, theirs] = [text(), text()];
    const pieces = wordDiff(mine, theirs);
    assert.equal(side(pieces, 'mine'), mine);
    assert.equal(side(pieces, 'theirs'), theirs);
  }
});

test('changes in different places are both taken', () => {
  assert.equal(mergeTexts('One two three four.', 'One 2 three four.', 'One two three 4.'), 'One 2 three 4.');
  assert.equal(
    mergeTexts('Bring chairs.', 'Please bring chairs.', 'Bring chairs. And tea.'),
    'Please bring chairs. And tea.',
  );
  assert.equal(mergeTexts('a b', 'a b', 'a c'), 'a c');
  assert.equal(mergeTexts('a b', 'a c', 'a b'), 'a c');
});

test('where both changed the same words, both stand', () => {
  const found = mergeTexts('The hall is free.', 'The hall is booked.', 'The hall is closed.');
  assert.match(found, /booked/);
  assert.match(found, /closed/);
  assert.equal(mergeTexts('', 'mine', 'theirs'), 'mine theirs');
  assert.equal(mergeTexts('x', 'same', 'same'), 'same');
});

test('a very long text is compared at once', () => {
  const long = Array.from({ length: 12_000 }, (_, n) => `word${n}`).join(' ');
  const before = Date.now();
  assert.equal(side(wordDiff(`${long} end`, `other ${long}`), 'theirs'), `other ${long}`);
  assert.ok(Date.now() - before < 4000);
});
