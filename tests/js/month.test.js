import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstOfWeek, layWeek, weekAround, weeksOf } from '../../board/static/js/core/month.js';

test('a week begins as the country has it', () => {
  assert.equal(firstOfWeek(), 0);
  globalThis.document = { documentElement: { dataset: { weekBegins: '6' } } };
  try {
    assert.equal(firstOfWeek(), 6);
    assert.deepEqual(weekAround('2026-11-24'), ['2026-11-22', '2026-11-28']);
  } finally {
    delete globalThis.document;
  }
  assert.deepEqual(weekAround('2026-11-24', 0), ['2026-11-23', '2026-11-29']);
  assert.deepEqual(weekAround('2026-11-24', 6), ['2026-11-22', '2026-11-28']);
  assert.deepEqual(weekAround('2026-11-22', 6), ['2026-11-22', '2026-11-28']);
});

test('a month is whole weeks, each day once', () => {
  for (const first of [0, 5, 6]) {
    for (const month of ['2026-02', '2026-11', '2027-01', '2028-02', '2026-12']) {
      const days = weeksOf(month, first).flat();
      const inside = days.filter((day) => day.startsWith(month));
      const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
      assert.equal(inside.length, last, month);
      assert.equal(new Set(days).size, days.length);
      assert.ok(days.indexOf(inside[0]) < 7 && days.length - days.indexOf(inside.at(-1)) <= 7);
    }
  }
  assert.equal(weeksOf('2027-02', 0).length, 4, 'a February that begins on a Monday');
});

test('what lasts keeps its row from day to day and never stands on another', () => {
  const week = weeksOf('2026-11', 0)[4];
  assert.equal(week[0], '2026-11-23');
  const spans = [
    { id: 1, from: '2026-11-24', to: '2026-11-24' },
    { id: 2, from: '2026-11-20', to: '2026-11-25' },
    { id: 3, from: '2026-11-25', to: '2026-12-05' },
    { id: 4, from: '2026-11-26', to: '2026-11-26' },
    { id: 5, from: '2026-11-01', to: '2026-11-22' },
  ];
  const days = layWeek(week, spans);
  assert.deepEqual(days[0], [{ id: 2, row: 0, begins: false, ends: false, first: true }]);
  assert.deepEqual(
    days[1].map(({ id, row }) => [id, row]),
    [
      [2, 0],
      [1, 1],
    ],
  );
  assert.deepEqual(
    days[2].map(({ id, row, ends }) => [id, row, ends]),
    [
      [2, 0, true],
      [3, 1, false],
    ],
  );
  assert.deepEqual(
    days[3].map(({ id, row }) => [id, row]),
    [
      [4, 0],
      [3, 1],
    ],
  );
  assert.deepEqual(days[6], [{ id: 3, row: 1, begins: false, ends: false, first: false }]);
});

test('random weeks: one row a day each, and the same row all week', () => {
  let seed = 7;
  const random = (n) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  const days = weeksOf('2026-11', 0).flat();
  for (let run = 0; run < 200; run++) {
    const spans = Array.from({ length: random(12) }, (_, id) => {
      const at = random(days.length);
      return { id, from: days[at], to: days[Math.min(days.length - 1, at + random(10))] };
    });
    for (const week of weeksOf('2026-11', 0)) {
      const rows = new Map();
      for (const [n, pieces] of layWeek(week, spans).entries()) {
        assert.equal(new Set(pieces.map(({ row }) => row)).size, pieces.length);
        assert.equal(pieces.length, spans.filter(({ from, to }) => from <= week[n] && week[n] <= to).length);
        for (const { id, row, first } of pieces) {
          assert.equal(first, !rows.has(id));
          assert.equal(rows.get(id) ?? row, row);
          rows.set(id, row);
        }
      }
    }
  }
});
