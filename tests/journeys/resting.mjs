// What rests: an archived community, and a member who is muted. Each call goes to the gateway that did
// not write, right after the answer of the one that did.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { discussions } from './contracts.mjs';
import { Person } from './people.mjs';
import { assertRefused } from './refusals.mjs';

const { ReactionKind } = discussions;
const fresh = { headers: { 'cache-control': 'no-cache' } };

let founder;
let author;
let newcomer;

before(async () => {
  [founder, author, newcomer] = [await Person.join(), await Person.join(), await Person.join()];
});

const like = (person, post) => person.at[1].reactions.createReaction(
    { parent: post.name, reaction: { kind: ReactionKind.LIKE }, requestId: randomUUID() });

describe('an archived community', () => {
  let community;
  let topic;
  const refused = (call) => assertRefused(call, Code.PermissionDenied, 'COMMUNITY_ARCHIVED');

  before(async () => {
    const above = await founder.found();
    community = await founder.found({ parent: above.name });
    await author.join(community);
    topic = await author.open(community);
    await founder.communityArchive.archiveCommunity(
        { name: above.name, requestId: randomUUID() });
  });

  test('takes nothing more, below it neither', async () => {
    const { posts: [first] } =
        await author.at[1].discussions.listPosts({ parent: topic.name }, fresh);
    await refused(author.post(topic, 'Late', { gateway: 1 }));
    await refused(like(author, first));
    await refused(newcomer.at[1].memberships.joinCommunity(
        { name: community.name, requestId: randomUUID() }));
  });

  test('is read as before, and left', async () => {
    const read = await author.at[1].discussions.getTopic({ name: topic.name }, fresh);
    assert.equal(read.title, topic.title);
    await author.at[1].memberships.leaveCommunity(
        { name: community.name, requestId: randomUUID() });
    await founder.at[1].directory.getCommunity({ name: community.name }, fresh);
  });

  test('is written in again once it is restored', async () => {
    await founder.at[1].communityArchive.restoreCommunity(
        { name: community.parent, requestId: randomUUID() });
    await author.join(community);
    await author.post(topic, 'Back');
  });
});

describe('a muted member', () => {
  let community;
  let topic;
  const refused = (call) => assertRefused(call, Code.PermissionDenied, 'MEMBER_MUTED');

  before(async () => {
    community = await founder.found();
    await author.join(community);
    topic = await author.open(community);
    await founder.mutes.createMute({ parent: community.name, requestId: randomUUID(),
      mute: { member: author.name, reason: 'Count to ten.' } });
  });

  test('reads, and writes nothing', async () => {
    const { posts: [first] } =
        await author.at[1].discussions.listPosts({ parent: topic.name }, fresh);
    await refused(author.post(topic, 'But!', { gateway: 1 }));
    await refused(like(author, first));
  });

  test('is told why, and not by whom', async () => {
    const { mutes: [mine] } = await author.at[1].mutes.listMyMutes({});
    assert.deepEqual([mine.reason, mine.creator], ['Count to ten.', '']);
  });

  test('writes again when the mute is lifted', async () => {
    const { mutes: [mute] } = await founder.at[1].mutes.listMutes({ parent: community.name });
    await founder.at[1].mutes.deleteMute({ name: mute.name, requestId: randomUUID() });
    await author.post(topic, 'Ten.');
  });
});

describe('topics that become two, or one', () => {
  test('are found by their old names, at their old numbers', async () => {
    const community = await founder.found();
    const topic = await founder.open(community);
    const [second, third] =
        [await founder.post(topic, 'Second'), await founder.post(topic, 'Third')];
    const split = await founder.at[0].carrying.splitTopic({ name: topic.name,
      posts: [second.name], title: 'Another matter', requestId: randomUUID() });
    const there = await founder.at[1].discussions.getPost({ name: second.name }, fresh);
    assert.deepEqual([there.name.startsWith(split.name), there.number, there.markdown],
        [true, 1, 'Second']);
    await founder.at[1].carrying.mergeTopics({ name: topic.name, destination: split.name,
      requestId: randomUUID() });
    const whole = await founder.at[0].discussions.getTopic({ name: topic.name }, fresh);
    assert.equal(whole.name, split.name);
    const last = await founder.at[0].discussions.getPost(
        { name: `${topic.name}/posts/${third.number}` }, fresh);
    assert.equal(last.markdown, 'Third');
    const { posts } = await founder.at[0].discussions.listPosts({ parent: split.name }, fresh);
    assert.deepEqual(posts.map(({ number }) => number), [1, 2, 3]);
  });
});
