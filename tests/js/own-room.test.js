import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnRoom } from '../../board/static/js/core/own-room.js';

const start = () => new OwnRoom(3, { seq: 4, epoch: 'e', unread: [{ id: 7, card_id: 2 }] });
const event = (seq, put = {}, drop = {}) => ({ room: 'member:3', seq, type: 'notice.added', put, drop });

test('notices come and are read, strictly in order', () => {
  const own = start();
  own.apply(event(6, {}, { unread: [7] }));
  assert.ok(own.hole);
  assert.equal(own.unread.value.size, 1);
  own.apply(event(5, { unread: [{ id: 8, card_id: null }] }));
  assert.ok(!own.hole);
  assert.deepEqual([...own.unread.value], [[8, null]]);
  own.apply(event(5, { unread: [{ id: 9 }] }));
  own.apply({ ...event(7), room: 'member:4' });
  assert.equal(own.seq, 6);
  assert.equal(own.unread.value.size, 1);
});

test('a room that was read again is as it was read', () => {
  const own = start();
  own.apply(event(9, { unread: [{ id: 12 }] }));
  own.reset({ room: 'member:3', seq: 8, epoch: 'f', unread: [{ id: 11, card_id: 4 }] });
  assert.deepEqual([...own.unread.value.keys()], [11, 12]);
  assert.equal(own.resets.value, 1);
});
