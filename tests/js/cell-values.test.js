import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editable, numberMeant, valueMeant } from '../../board/static/js/boards/views/cell-values.js';

const READ = {
  en: { 12: 12, ' 12.5 ': 12.5, '12,5': 12.5, '1,250': 1250, '1,250.75': 1250.75, '1,250,000': 1250000, '1 250': 1250 },
  de: { '12,5': 12.5, 12.5: 12.5, 1.25: 1.25, '1.250': 1250, '1.250,75': 1250.75, '1.250.000': 1250000, '1’250': 1250 },
  fr: { '1 250,5': 1250.5, '-3': -3, '−3': -3, '+4': 4, '.5': 0.5, ',5': 0.5, '007': 7, '5.': 5 },
};
const NONSENSE = [
  'twelve',
  '12 chairs',
  '1e5',
  '--3',
  '-',
  '.',
  '1,25,3',
  '1.2.3',
  '12,34.567,8',
  'Infinity',
  '0x10',
  '½',
];

for (const [language, texts] of Object.entries(READ)) {
  test(`a number is read as people write it (${language})`, () => {
    for (const [text, number] of Object.entries(texts)) assert.equal(numberMeant(text, language), number, text);
  });
}

test('what is no number is said to be none, and changes nothing', () => {
  for (const text of NONSENSE) assert.equal(numberMeant(text, 'en'), null, text);
  assert.deepEqual(valueMeant({ id: 1, kind: 'number' }, 'twelve', 'en'), { wrong: 'number' });
  assert.deepEqual(valueMeant({ id: 1, kind: 'number' }, '1000000000000000', 'en'), { wrong: 'large' });
});

test('what is empty takes the value away, and a text stands as it was typed', () => {
  assert.deepEqual(valueMeant({ id: 1, kind: 'number' }, '  ', 'en'), { value: null });
  assert.deepEqual(valueMeant({ id: 1, kind: 'text' }, '', 'en'), { value: null });
  assert.deepEqual(valueMeant({ id: 1, kind: 'text' }, ' 12 chairs ', 'en'), { value: '12 chairs' });
});

test('what stands there can be typed again in every language', () => {
  for (const language of ['en', 'de', 'fr', 'sv', 'ar-EG', 'fa'])
    for (const number of [0, 12.5, -1250, 1234567.891, 0.000001, 999_999_999_999_999])
      assert.equal(
        numberMeant(editable({ id: 1, kind: 'number' }, number, language), language),
        number,
        `${language} ${number}`,
      );
  assert.equal(editable({ id: 1, kind: 'number' }, undefined, 'en'), '');
  assert.equal(editable({ id: 1, kind: 'text' }, 'Hall', 'en'), 'Hall');
});
