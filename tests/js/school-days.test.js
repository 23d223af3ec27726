import assert from 'node:assert/strict';
import { test } from 'node:test';
import { made } from '../../board/static/js/core/school-days.js';

const year = { id: 1, title: '2026/27', start: '2026-08-15', end: '2027-07-15' };
const closed = { title: 'Half-term', start: '2026-10-19', end: '2026-10-23' };
const days = (calendar = {}) => made('12345', { closed_days: [closed], school_years: [year], terms: [], ...calendar });

test('weekdays count, closed days do not and have a name', () => {
  assert.equal(days().isSchoolDay('2026-10-16'), true);
  assert.equal(days().isSchoolDay('2026-10-17'), false);
  assert.equal(days().isSchoolDay('2026-10-20'), false);
  assert.equal(days().nameOf('2026-10-20'), 'Half-term');
  assert.equal(days().nameOf('2026-10-17'), '');
});

test('a staff day counts whatever else is said of it, at a weekend too', () => {
  const staff = { title: 'Training', start: '2026-10-23', end: '2026-10-24', staff_day: true };
  const found = days({ closed_days: [closed, staff] });
  assert.equal(found.isSchoolDay('2026-10-23'), true);
  assert.equal(found.isSchoolDay('2026-10-24'), true);
  assert.equal(found.nameOf('2026-10-23'), '');
});

test('in a year with terms the days outside of them are free', () => {
  const terms = [{ school_year_id: 1, title: 'One', start: '2026-08-20', end: '2026-12-18' }];
  const found = days({ terms });
  assert.equal(found.isSchoolDay('2026-08-19'), false);
  assert.equal(found.isSchoolDay('2026-12-18'), true);
  assert.equal(found.isSchoolDay('2026-12-21'), false);
  assert.deepEqual([found.termEnds, found.yearEnds], [['2026-12-18'], ['2027-07-15']]);
});

test('the summer between two years is free, a forgotten gap is not', () => {
  const next = { id: 2, title: '2027/28', start: '2027-08-20', end: '2028-07-14' };
  const later = { id: 3, title: '2029/30', start: '2029-08-20', end: '2030-07-14' };
  const found = days({ school_years: [later, next, year] });
  assert.equal(found.isSchoolDay('2027-07-20'), false);
  assert.equal(found.isSchoolDay('2028-09-20'), true);
  assert.equal(found.isSchoolDay('2026-08-10'), true);
});
