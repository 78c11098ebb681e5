// A write that is repeated with its request id has the effect of one call and gets its answer.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { insist } from './insist.mjs';
import { Person } from './people.mjs';
import { assertRefused } from './refusals.mjs';

const AT_ONCE = 100;

describe('a repeated write', () => {
  let author;
  let community;
  let topic;

  before(async () => {
    author = await Person.join();
    community = await author.found();
    topic = await author.open(community);
  });

  const lastNumber = async () =>
    (await author.discussions.getTopic({ name: topic.name })).lastPostNumber;

  test('gets the first answer at the other gateway', async () => {
    const requestId = randomUUID();
    const first = await author.post(topic, 'Once', { requestId });
    const again = await author.post(topic, 'Once', { requestId, gateway: 1 });
    assert.deepEqual(again, first);
    assert.equal(await lastNumber(), first.number);
  });

  test('has one effect when sent through both gateways at once', async () => {
    const requestId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) =>
      insist(() => author.post(topic, 'At once', { requestId, gateway: i % 2 }))));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(await lastNumber(), answers[0].number);
  });

  test('with another body is refused', async () => {
    const requestId = randomUUID();
    const { number } = await author.post(topic, 'This', { requestId });
    await assertRefused(author.post(topic, 'That', { requestId, gateway: 1 }),
        Code.InvalidArgument, 'REQUEST_ID_REUSED');
    assert.equal(await lastNumber(), number);
  });

  test('by somebody else is another write', async () => {
    const other = await Person.join();
    await other.join(community);
    const requestId = randomUUID();
    const first = await author.post(topic, 'Me too', { requestId });
    const second = await other.post(topic, 'Me too', { requestId });
    assert.equal(second.number, first.number + 1);
  });

  test('of every other kind gets the first answer too', async () => {
    const post = await author.post(topic, 'Again');
    const writes = [
      (at, requestId) => at.discussions.createTopic({ parent: community.name,
        topic: { title: 'Again' }, markdown: 'Again', requestId }),
      (at, requestId) => at.discussions.updatePost({ post: { name: post.name, markdown: 'And again',
        etag: post.etag }, updateMask: { paths: ['markdown'] }, requestId }),
      (at, requestId) => at.discussions.deletePost({ name: post.name, requestId }),
      (at, requestId) => at.discussions.updateTopic({ topic: { name: topic.name, title: 'Again' },
        updateMask: { paths: ['title'] }, requestId }),
      (at, requestId) => at.directory.createCommunity({ community: { kind: 1, visibility: 1,
        displayName: `Again ${requestId}` }, requestId }),
      (at, requestId) => at.directory.updateMember({ member: { name: author.name,
        headline: requestId }, updateMask: { paths: ['headline'] }, requestId }),
    ];
    for (const write of writes) {
      const requestId = randomUUID();
      const first = await write(author.at[0], requestId);
      assert.deepEqual(await write(author.at[1], requestId), first);
    }
  });
});

test(`${AT_ONCE} posts at once through both gateways have numbers without a gap`, async () => {
  const people = [await Person.join(), await Person.join(), await Person.join()];
  const community = await people[0].found();
  for (const person of people.slice(1)) await person.join(community);
  const topic = await people[0].open(community);
  const posts = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) =>
    insist((requestId) => people[i % 3].post(topic, `Voice ${i}`, { gateway: i % 2, requestId }))));
  const expected = Array.from({ length: AT_ONCE }, (_, i) => i + 2);
  assert.deepEqual(posts.map((post) => post.number).toSorted((a, b) => a - b), expected);
  const { posts: listed } = await people[0].discussions.listPosts(
      { parent: topic.name, fromNumber: 2, pageSize: 100 });
  assert.deepEqual(listed.map((post) => post.number), expected);
  assert.equal(new Set(listed.map((post) => post.markdown)).size, AT_ONCE);
});
