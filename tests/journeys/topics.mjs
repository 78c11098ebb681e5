// Writing and reading: topics, posts, how far somebody has read.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { discussions } from './contracts.mjs';
import { Person, signedInAt, WAYS } from './people.mjs';
import { assertNotFound, assertRefused, DISCUSSIONS } from './refusals.mjs';

const numbers = (posts) => posts.map((post) => post.number);
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('a topic', () => {
  let author;
  let reader;
  let community;

  before(async () => {
    [author, reader] = [await Person.join(), await Person.join()];
    community = await author.found();
    await reader.join(community);
  });

  for (const way of Object.keys(WAYS)) {
    test(`is opened, answered and read (${way})`, async () => {
      const mine = signedInAt(0, author.secret, { way }).discussions;
      const theirs = signedInAt(1, reader.secret, { way }).discussions;
      const topic = await mine.createTopic({ parent: community.name, topic: { title: 'Größe?' },
        markdown: 'A *first* try 🎵', requestId: randomUUID() });
      const post = await theirs.createPost({ parent: topic.name,
        post: { markdown: '1 < 2 & <script>' }, requestId: randomUUID() });
      const { posts } = await mine.listPosts({ parent: topic.name });
      assert.deepEqual(posts.map((each) => [each.number, each.author, each.markdown, each.html]), [
        [1, author.name, 'A *first* try 🎵', '<p>A <em>first</em> try 🎵</p>\n'],
        [2, reader.name, '1 < 2 & <script>', '<p>1 &lt; 2 &amp; &lt;script&gt;</p>\n'],
      ]);
      assert.deepEqual(posts[1], post);
      const { topics } = await theirs.listTopics({ parent: community.name, pageSize: 1 });
      assert.equal(topics[0].name, topic.name);
      assert.deepEqual([topics[0].title, topics[0].lastPostNumber, topics[0].lastAuthor],
          ['Größe?', 2, reader.name]);
    });
  }

  test('is read from any number on, page by page', async () => {
    const topic = await author.open(community);
    for (const number of range(2, 12)) await author.post(topic, `Verse ${number}`);
    const { discussions } = reader;
    const page = await discussions.listPosts({ parent: topic.name, fromNumber: 4, pageSize: 5 });
    assert.deepEqual(numbers(page.posts), range(4, 8));
    const next = await reader.at[1].discussions.listPosts({ parent: topic.name, pageSize: 5,
      pageToken: page.nextPageToken });
    assert.deepEqual(numbers(next.posts), range(9, 12));
    assert.equal(next.nextPageToken, '');
    const seventh = await discussions.getPost({ name: `${topic.name}/posts/7` });
    assert.equal(seventh.markdown, 'Verse 7');
    assert.deepEqual(await discussions.getPost({ name: seventh.name }), seventh);
  });

  test('comes first in its community when it got the latest post', async () => {
    const [older, newer] = [await author.open(community), await author.open(community)];
    const latest = async () => (await reader.discussions.listTopics(
        { parent: community.name, pageSize: 2 })).topics.map((topic) => topic.name);
    assert.deepEqual(await latest(), [newer.name, older.name]);
    await reader.post(older, 'Still looking for it.');
    assert.deepEqual(await latest(), [older.name, newer.name]);
  });

  test('is deleted by its author until somebody else has posted', async () => {
    const [alone, answered] = [await author.open(community), await author.open(community)];
    await reader.post(answered, 'I have one.');
    const erase = (topic) => author.discussions.deleteTopic(
        { name: topic.name, requestId: randomUUID() });
    await erase(alone);
    await assertNotFound(reader.at[1].discussions.getTopic({ name: alone.name }));
    await assertRefused(erase(answered), Code.FailedPrecondition, 'TOPIC_HAS_REPLIES', DISCUSSIONS);
  });

  test('takes posts of members only', async () => {
    const topic = await author.open(community);
    const passerBy = await Person.join();
    await passerBy.discussions.listPosts({ parent: topic.name });
    await assertRefused(passerBy.post(topic, 'May I?'), Code.PermissionDenied, 'NOT_PERMITTED');
    await passerBy.join(community);
    assert.equal((await passerBy.post(topic, 'Now I may.', { gateway: 1 })).number, 2);
    await passerBy.memberships.leaveCommunity({ name: community.name, requestId: randomUUID() });
    await assertRefused(passerBy.post(topic, 'And now?'), Code.PermissionDenied, 'NOT_PERMITTED');
  });

  test('keeps how far each has read, and the watermark never goes back', async () => {
    const topic = await author.open(community);
    for (const number of range(2, 5)) await author.post(topic, `Verse ${number}`);
    const read = (lastReadNumber) => reader.discussions.updateReadState(
        { readState: { topic: topic.name, lastReadNumber } });
    const states = async () => (await reader.at[1].discussions.batchGetReadStates(
        { topics: [topic.name, `topics/${randomUUID()}`] })).readStates
        .map((state) => [state.topic, state.lastReadNumber, state.unreadCount]);
    assert.deepEqual(await states(), [[topic.name, 0, 5]]);
    await read(3);
    assert.deepEqual(await states(), [[topic.name, 3, 2]]);
    await read(2);
    assert.deepEqual(await states(), [[topic.name, 3, 2]]);
    await read(99);
    assert.deepEqual(await states(), [[topic.name, 5, 0]]);
  });
});

describe('a post', () => {
  let author;
  let other;
  let topic;

  before(async () => {
    [author, other] = [await Person.join(), await Person.join()];
    const community = await author.found();
    await other.join(community);
    topic = await author.open(community);
  });

  const edit = (who, post, markdown, etag = post.etag) => who.discussions.updatePost({
    post: { name: post.name, markdown, etag },
    updateMask: { paths: ['markdown'] },
    requestId: randomUUID(),
  });

  test('is edited by who read it last', async () => {
    const post = await author.post(topic, 'Frist verse');
    const edited = await edit(author, post, 'First verse');
    assert.equal(edited.html, '<p>First verse</p>\n');
    assert.ok(edited.editTime);
    await assertRefused(edit(author, post, 'Worst verse'), Code.Aborted, 'ETAG_STALE');
    assert.deepEqual(await other.at[1].discussions.getPost({ name: post.name }), edited);
  });

  test('is not edited or deleted by others', async () => {
    const post = await author.post(topic, 'Mine');
    await assertRefused(edit(other, post, 'Ours'), Code.PermissionDenied, 'NOT_PERMITTED');
    await assertRefused(
        other.discussions.deletePost({ name: post.name, requestId: randomUUID() }),
        Code.PermissionDenied, 'NOT_PERMITTED');
    assert.equal((await author.discussions.getPost({ name: post.name })).markdown, 'Mine');
  });

  test('leaves its number when it is deleted', async () => {
    const post = await author.post(topic, 'Never mind');
    await author.discussions.deletePost({ name: post.name, requestId: randomUUID() });
    const { posts } = await other.at[1].discussions.listPosts(
        { parent: topic.name, fromNumber: post.number });
    assert.deepEqual([posts[0].number, posts[0].markdown, posts[0].html], [post.number, '', '']);
    assert.ok(posts[0].deleteTime);
    assert.equal((await author.post(topic, 'Go on')).number, post.number + 1);
  });

  test('that is the first goes with its topic only', async () => {
    const [first] = (await author.discussions.listPosts({ parent: topic.name, pageSize: 1 })).posts;
    await assertRefused(
        author.discussions.deletePost({ name: first.name, requestId: randomUUID() }),
        Code.FailedPrecondition, 'FIRST_POST', DISCUSSIONS);
  });

  test('by score, topics with many and recent posts come first', async () => {
    const community = await author.found();
    const [quiet, lively] = [await author.open(community), await author.open(community)];
    for (const number of range(2, 5)) await author.post(lively, `Verse ${number}`);
    const { topics } = await author.discussions.listTopics(
        { parent: community.name, order: discussions.TopicOrder.SCORE });
    assert.deepEqual(topics.map((each) => each.name), [lively.name, quiet.name]);
  });
});
