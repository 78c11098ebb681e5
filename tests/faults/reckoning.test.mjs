// What the kill loop would say if something were lost, doubled, miscounted or told wrongly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertCounted, assertLast, assertOnce, assertTold } from './reckoning.mjs';

const post = (number, markdown, more) => ({ name: `topics/t/posts/${number}`, number, markdown,
  replyToNumber: 0, replyCount: 0, reactionCounts: [], ...more });
const house = (...posts) => new Map([['topics/t', {
  topic: { name: 'topics/t', title: 'ada 1', lastPostNumber: posts.length },
  posts,
}]]);
const SOUND = house(post(1, 'ada 1', { replyCount: 1 }),
    post(2, 'ada 2, then ada 4', { reactionCounts: [{ count: 2 }] }),
    post(3, 'bob 1', { replyToNumber: 1 }));
const [first, second, third] = SOUND.get('topics/t').posts;
const acknowledged = (name) => ({ acknowledged: true, name });
const LEDGER = {
  marks: new Map([['ada 1', acknowledged('topics/t')], ['ada 2', acknowledged('topics/t/posts/2')],
    ['ada 3', { acknowledged: false }], ['bob 1', { acknowledged: false }]]),
  cells: new Map([['text topics/t/posts/2', 'ada 2, then ada 4'], ['like ada topics/t/posts/2', true],
    ['like bob topics/t/posts/2', true], ['like cleo topics/t/posts/2', false]]),
};
const TOLD = { topics: ['topics/t'], numbers: new Map([['topics/t', [1, 2, 3]]]), resets: 0 };
const assertFails = (check) => assert.throws(check, assert.AssertionError);
const assertRejects = (check) => assert.rejects(check, assert.AssertionError);

test('a house in which all is well is taken for one', async () => {
  assertOnce(LEDGER, SOUND);
  assertCounted(LEDGER, SOUND);
  assertTold(TOLD, SOUND);
  await assertLast(LEDGER, SOUND, {}, []);
});

test('a lost write, a doubled one and one that nobody sent are found', () => {
  assertFails(() => assertOnce(LEDGER, house(first, third)));
  assertFails(() => assertOnce(LEDGER, new Map()));
  assertFails(() => assertOnce(LEDGER, house(first, second, third, post(4, 'ada 2'))));
  assertFails(() => assertOnce(LEDGER, house(first, second, third, post(4, 'bob 1'))));
  assertFails(() => assertOnce(LEDGER, house(first, second, third, post(4, 'dan 1'))));
});

test('an acknowledged edit that is gone is found, and so is a member who left and is there', async () => {
  await assertRejects(assertLast(LEDGER, house(first, post(2, 'ada 2'), third), {}, []));
  const cells = new Map([['in members/ada communities/hall', false]]);
  const list = (names) => async () =>
    ({ memberships: names.map((name) => ({ name })), nextPageToken: '' });
  const hall = (memberCount, ...names) => ({
    directory: { getCommunity: async () => ({ memberCount }) },
    memberships: { listMemberships: list(names) },
  });
  const ADA = 'communities/hall/memberships/ada';
  await assertLast({ cells }, new Map(), hall(0), ['communities/hall']);
  await assertRejects(assertLast({ cells }, new Map(), hall(1, ADA), ['communities/hall']));
  await assertRejects(assertLast({ cells }, new Map(), hall(1), ['communities/hall']));
});

test('a gap in the numbers and a counter that is off are found', () => {
  assertFails(() => assertCounted(LEDGER, house(first, second, post(4, 'x', { replyToNumber: 1 }))));
  assertFails(() => assertCounted(LEDGER, house(post(1, 'ada 1'), second, third)));
  assertFails(() => assertCounted(LEDGER,
      house(first, { ...second, reactionCounts: [{ count: 1 }] }, third)));
  const off = house(first, second, third);
  off.get('topics/t').topic.lastPostNumber = 2;
  assertFails(() => assertCounted(LEDGER, off));
});

test('what was told twice, not at all or in another order is found', () => {
  for (const numbers of [[1, 2], [1, 2, 2, 3], [1, 3, 2], [2, 3]]) {
    assertFails(() => assertTold({ ...TOLD, numbers: new Map([['topics/t', numbers]]) }, SOUND));
  }
  assertFails(() => assertTold({ ...TOLD, topics: [] }, SOUND));
  assertFails(() => assertTold({ ...TOLD, resets: 1 }, SOUND));
});
