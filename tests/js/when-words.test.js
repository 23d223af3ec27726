import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths, schoolDaysBetween, whenMeant } from '../../board/static/js/core/when-words.js';

const closed = new Set(['2026-11-27', '2026-11-30', '2026-12-21']);
const around = {
  today: '2026-11-24', // a Tuesday
  isSchoolDay: (day) => ![0, 6].includes(new Date(day).getUTCDay()) && !closed.has(day),
  termEnds: ['2026-10-16', '2027-03-26', '2026-12-18'],
  yearEnds: ['2027-07-16'],
};
const means = (text, more = {}) => {
  const found = whenMeant(text, { ...around, ...more });
  return found && `${found.day} ${found.time}`.trim();
};

for (const [text, meant] of Object.entries({
  today: '2026-11-24',
  Tomorrow: '2026-11-25',
  'tomorrow 3pm': '2026-11-25 15:00',
  'the day after tomorrow': '2026-11-26',
  'fri 3pm': '2026-11-27 15:00',
  'Friday, 3 pm': '2026-11-27 15:00',
  'fri 15:30': '2026-11-27 15:30',
  'fri at 9': '2026-11-27 09:00',
  'fri 12am': '2026-11-27 00:00',
  'fri 12:15 p.m.': '2026-11-27 12:15',
  'fri noon': '2026-11-27 12:00',
  'by thu 8.45am': '2026-11-26 08:45',
  '3pm fri': '2026-11-27 15:00',
  tue: '2026-12-01',
  'next tue': '2026-12-01',
  'next fri': '2026-12-04',
  'this fri': '2026-11-27',
  'next week': '2026-11-30',
  'next month': '2026-12-01',
  '24 dec': '2026-12-24',
  '24th of December': '2026-12-24',
  'dec 24': '2026-12-24',
  'December 24th 2027': '2027-12-24',
  '24.12.': '2026-12-24',
  '24.12.27': '2027-12-24',
  '24. 12. 2027': '2027-12-24',
  '3.2. 14:00': '2027-02-03 14:00',
  '2026-12-04': '2026-12-04',
  '2026-12-04 08:15': '2026-12-04 08:15',
  'thu 24 dec 9:00': '2026-12-24 09:00',
  'in 2 weeks': '2026-12-08',
  'in two weeks': '2026-12-08',
  'in a week': '2026-12-01',
  'a week from now': '2026-12-01',
  '+3d': '2026-11-27',
  'in a fortnight': '2026-12-08',
  'in 3 months': '2027-02-24',
  'in 3 school days': '2026-12-01',
  'in one school day': '2026-11-25',
  'next school day': '2026-11-25',
  'end of term': '2026-12-18',
  'end of the school year': '2027-07-16',
  'end of the month': '2026-11-30',
  'end of week': '2026-11-27',
  'end of year': '2026-12-31',
  '16:00': '2026-11-24 16:00',
  '30th': '2026-11-30',
  '3rd': '2026-12-03',
  '1 jan': '2027-01-01',
  '24 nov': '2026-11-24',
  '23 nov': '2027-11-23',
  '29 feb': '2028-02-29',
  '29.2.2027': null,
  '31 nov': null,
  'fri 25:00': null,
  'fri 13pm': null,
  'fri 10:75': null,
  'in many days': null,
  soon: null,
  'when it is done': null,
  7: null,
  '': null,
})) {
  test(`“${text}” means ${meant}`, () => assert.equal(means(text), meant));
}

test('day and month stand as the language has them, unless only the other way is a day', () => {
  assert.equal(means('4/12'), '2026-12-04');
  assert.equal(means('4/12', { monthFirst: true }), '2027-04-12');
  assert.equal(means('24/12', { monthFirst: true }), '2026-12-24');
  assert.equal(means('12/24'), '2026-12-24');
  assert.equal(means('4.12.', { monthFirst: true }), '2026-12-04');
});

test('names of another language are known beside the English ones', () => {
  const names = {
    weekdays: [['mo', 'montag'], ['di'], ['mi'], ['do'], ['fr', 'freitag'], ['sa'], ['so']],
    months: Array.from({ length: 12 }, (_, n) => [n === 11 ? 'dez.' : `m${n}`]),
  };
  assert.equal(means('Freitag 15:00 Uhr', { names }), '2026-11-27 15:00');
  assert.equal(means('24. Dez', { names }), '2026-12-24');
  assert.equal(means('fri', { names }), '2026-11-27');
});

test('across the change of the clocks a week is seven days', () => {
  assert.equal(means('in 1 week', { today: '2026-10-21' }), '2026-10-28');
  assert.equal(means('sun 2:30', { today: '2027-03-26' }), '2027-03-28 02:30');
});

test('over the end of the year, and on weekends', () => {
  assert.equal(means('fri', { today: '2026-12-31' }), '2027-01-01');
  assert.equal(means('end of week', { today: '2026-11-28' }), '2026-12-04');
  assert.equal(means('next mon', { today: '2026-11-29' }), '2026-11-30');
  assert.equal(means('in 2 days', { today: '2028-02-28' }), '2028-03-01');
});

test('months end where they end', () => {
  assert.equal(addMonths('2027-01-31', 1), '2027-02-28');
  assert.equal(addMonths('2028-01-31', 1), '2028-02-29');
  assert.equal(addMonths('2026-12-15', -12), '2025-12-15');
});

test('school days are counted without the closed ones', () => {
  assert.equal(schoolDaysBetween('2026-11-24', '2026-12-01', around.isSchoolDay), 3);
  assert.equal(schoolDaysBetween('2026-12-01', '2026-11-24', around.isSchoolDay), -3);
  assert.equal(schoolDaysBetween('2026-11-24', '2026-11-24', around.isSchoolDay), 0);
});
