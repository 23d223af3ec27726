import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, dueAt, dueState, fromNow, isLate, liveIn, timeOf, whenOf } from '../../board/static/js/core/dates.js';

liveIn('Europe/Amsterdam');
const now = Date.parse('2026-11-24T09:00:00Z');

test('a due date has five states', () => {
  const state = (due, done) => dueState({ due, done }, now);
  assert.equal(state(null), null);
  assert.equal(state('2026-11-25T09:00:01Z'), 'later');
  assert.equal(state('2026-11-25T09:00:00Z'), 'soon');
  assert.equal(state('2026-11-24T09:00:01Z'), 'soon');
  assert.equal(state('2026-11-24T09:00:00Z'), 'due');
  assert.equal(state('2026-11-23T09:00:01Z'), 'due');
  assert.equal(state('2026-11-23T09:00:00Z'), 'overdue');
  assert.equal(state('2026-11-01T09:00:00Z', '2026-11-20T09:00:00.000Z'), 'done');
});

test('late is what the school calls so: on a Sunday nothing becomes it', () => {
  const sunday = Date.parse('2026-11-22T12:00:00Z');
  liveIn('Europe/Amsterdam', '2026-11-19');
  assert.equal(dueState({ due: '2026-11-19' }, sunday), 'overdue');
  assert.equal(dueState({ due: '2026-11-20' }, sunday), 'due');
  assert.equal(dueState({ due: '2026-11-19T23:30:00Z' }, sunday), 'due', 'at the school it is the day after');
  assert.deepEqual(
    [{ due: '2026-11-19' }, { due: '2026-11-20' }, { due: '2026-11-01', done: '2026-11-02T08:00:00.000Z' }, {}].map(
      (card) => isLate(card),
    ),
    [true, false, false, false],
  );
  liveIn('Europe/Amsterdam');
});

test('a bare day ends with that day at the school, also where the clocks change', () => {
  assert.equal(new Date(dueAt('2026-11-24')).toISOString(), '2026-11-24T23:00:00.000Z');
  assert.equal(new Date(dueAt('2026-03-29')).toISOString(), '2026-03-29T22:00:00.000Z');
  assert.equal(new Date(dueAt('2026-10-25')).toISOString(), '2026-10-25T23:00:00.000Z');
  assert.equal(dueState({ due: '2026-11-24' }, now), 'soon');
});

test('a day and a time typed at the school become an instant and come back the same', () => {
  assert.equal(whenOf('2026-07-01', '08:30'), '2026-07-01T06:30:00.000Z');
  assert.equal(whenOf('2026-12-01', '08:30'), '2026-12-01T07:30:00.000Z');
  assert.equal(whenOf('2026-12-01', ''), '2026-12-01');
  assert.equal(whenOf('', '08:30'), null);
  for (const time of ['00:00', '00:30', '12:00', '23:59']) {
    const when = whenOf('2026-10-25', time);
    assert.equal(`${dayOf(when)} ${timeOf(when)}`, `2026-10-25 ${time}`);
  }
});

test('how far away a day is, is said in words', () => {
  assert.equal(fromNow('2026-11-24', now), 'today');
  assert.equal(fromNow('2026-11-25', now), 'tomorrow');
  assert.equal(fromNow('2026-11-28', now), 'in 4 days');
  assert.equal(fromNow('2026-11-23T22:59:00Z', now), 'yesterday');
});
