// What is loaded after a stream began is no older than the stream.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind } from './dist/contracts/guildhall/change/v1/change_pb.js';
import { Freshness } from './dist/freshness.js';

const stopped = { nowMs: 0, now() { return this.nowMs; } };

async function asksAnew(freshness) {
  const header = new Headers();
  await freshness.interceptor(async () => ({}))({ stream: false, header });
  return header.get('cache-control') === 'no-cache';
}

for (const event of [{ type: 'started', resumed: false }, { type: 'gained', community: 'c' },
  { type: 'reset' }, ...[Kind.MEMBER_UPDATED, Kind.TOPIC_MOVED, Kind.TOPIC_RESTORED, Kind.POSTS_MOVED]
    .map((kind) => ({ type: 'changed', change: { kind } }))]) {
  const what = event.change ? Kind[event.change.kind] : event.type;
  test(`loads come from no cache for two seconds after: ${what}`, async () => {
    const clock = { ...stopped };
    const freshness = new Freshness(clock);
    assert.equal(await asksAnew(freshness), false);
    freshness.heard(event);
    clock.nowMs = 1999;
    assert.equal(await asksAnew(freshness), true);
    clock.nowMs = 2000;
    assert.equal(await asksAnew(freshness), false);
  });
}

test('a stream that was resumed, a topic that changed and a loss ask for nothing', async () => {
  const freshness = new Freshness({ ...stopped });
  for (const event of [{ type: 'started', resumed: true }, { type: 'changed', change: { kind: Kind.TOPIC_UPDATED } },
    { type: 'lost', community: 'c' }]) {
    freshness.heard(event);
  }
  assert.equal(await asksAnew(freshness), false);
});
