// What a reader keeps for itself: seen by itself at both gateways, and by nobody else.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { discussions } from './contracts.mjs';
import { Person } from './people.mjs';
import { assertRefused, POLICY } from './refusals.mjs';

const { FollowLevel, TopicFilter, TopicKind, TopicOrder, UnreadFilter } = discussions;

describe('a reader', () => {
  let author;
  let reader;
  let community;

  before(async () => {
    [author, reader] = [await Person.join(), await Person.join()];
    community = await author.found();
    await reader.join(community);
  });

  const unread = async (person, gateway = 0) => {
    const { unreadCounts } = await person.at[gateway].reading.batchGetUnreadCounts(
        { communities: [community.name] });
    return unreadCounts.map(({ unreadTopicCount }) => unreadTopicCount);
  };
  const stateOf = async (person, topic) => {
    const { readStates: [state] } = await person.at[1].discussions.batchGetReadStates(
        { topics: [topic.name] });
    return [state.lastReadNumber, state.unreadCount];
  };

  test('sees what is new, reads it, and marks the rest as read', async () => {
    const [first, second] = [await author.open(community), await author.open(community)];
    await author.post(first, 'And rye?');
    assert.deepEqual(await unread(reader), [2]);
    await reader.discussions.updateReadState(
        { readState: { topic: first.name, lastReadNumber: 2 } });
    assert.deepEqual(await unread(reader, 1), [1]);
    await reader.reading.markCommunitiesRead({ communities: [community.name] });
    assert.deepEqual(await unread(reader, 1), [0]);
    assert.deepEqual(await stateOf(reader, second), [1, 0]);
    await author.post(second, 'Anybody?', { gateway: 1 });
    assert.deepEqual(await unread(reader), [1]);
    assert.deepEqual(await stateOf(reader, second), [1, 1]);
    assert.deepEqual(await unread(author), [0]);
  });

  test('takes a topic back to read it later', async () => {
    const topic = await author.open(community);
    await reader.reading.markCommunitiesRead({ communities: [community.name] });
    assert.deepEqual(await stateOf(reader, topic), [1, 0]);
    await reader.reading.rewindReadState({ readState: { topic: topic.name } });
    assert.deepEqual(await stateOf(reader, topic), [0, 1]);
    assert.deepEqual(await unread(reader, 1), [1]);
  });

  test('finds what it has not read, and where to read on', async () => {
    await reader.reading.markCommunitiesRead({ communities: [community.name] });
    const [first, second] = [await author.open(community), await author.open(community)];
    await reader.discussions.updateReadState(
        { readState: { topic: first.name, lastReadNumber: 1 } });
    const post = await author.post(first, 'And rye?');
    const list = async (asked) => {
      const { unreadTopics } = await reader.at[1].reading.listUnreadTopics(
          { communities: [community.name], ...asked });
      return unreadTopics.map(({ topic, readState }) => [topic.name, readState.lastReadNumber]);
    };
    assert.deepEqual(await list({}), [[first.name, 1], [second.name, 0]]);
    assert.deepEqual(await list({ filter: UnreadFilter.NEW }), [[second.name, 0]]);
    const { posts } = await reader.at[1].reading.batchGetPosts(
        { names: [`${second.name}/posts/1`, post.name, `${first.name}/posts/9`] });
    assert.deepEqual(posts.map(({ number }) => number), [1, 2]);
  });

  test('does not hear of whom it ignores, for itself alone', async () => {
    const other = await Person.join();
    await other.join(community);
    const topic = await other.open(community);
    const listed = async (person) => {
      const { unreadTopics } = await person.at[1].reading.listUnreadTopics(
          { communities: [community.name] });
      return unreadTopics.some(({ topic: { name } }) => name === topic.name);
    };
    assert.equal(await listed(reader), true);
    await reader.ignores.createIgnore({ ignore: { member: other.name } });
    assert.equal(await listed(reader), false);
    assert.equal(await listed(author), true);
    const { ignores } = await reader.at[1].ignores.listIgnores({});
    assert.deepEqual(ignores.map(({ member }) => member), [other.name]);
    await reader.ignores.deleteIgnore({ member: other.name });
    assert.equal(await listed(reader), true);
  });

  test('has a feed of all its communities, without what it mutes', async () => {
    const other = await author.found();
    const communities = [community.name, other.name];
    const [loud, busy, late] = [await author.open(other), await author.open(community),
      await author.open(other)];
    for (const text of ['One.', 'Two.', 'Three.']) await author.post(busy, text);
    await author.post(late, 'Four.');
    await author.post(loud, 'Five.');
    await reader.follows.updateTopicFollow(
        { topicFollow: { topic: loud.name, level: FollowLevel.MUTED } });
    const feed = async (person, asked) => {
      const { topics } = await person.at[1].feed.listFeed({ communities, pageSize: 2, ...asked });
      return topics.map(({ name }) => name);
    };
    assert.deepEqual(await feed(reader), [late.name, busy.name]);
    assert.deepEqual(await feed(author), [loud.name, late.name]);
    assert.deepEqual(await feed(reader, { order: TopicOrder.SCORE }), [busy.name, late.name]);
    assert.deepEqual(await feed(reader, { kind: TopicKind.DISCUSSION }), [late.name, busy.name]);
    assert.deepEqual(await feed(reader, { kind: TopicKind.QUESTION }), []);
    assert.deepEqual(await feed(reader, { filter: TopicFilter.UNANSWERED }), []);
    const { topics } = await reader.at[1].follows.listFollowedTopics({ level: FollowLevel.MUTED });
    assert.deepEqual(topics.map(({ name }) => name), [loud.name]);
  });

  test('finds its bookmarks again, the newest first', async () => {
    const topic = await author.open(community);
    const posts = [await author.post(topic, 'One.'), await author.post(topic, 'Two.')];
    for (const { name } of posts) {
      await reader.bookmarks.createBookmark({ bookmark: { post: name } });
    }
    const { bookmarks } = await reader.at[1].bookmarks.listBookmarks({});
    assert.deepEqual(bookmarks.map(({ post, postNumber }) => [post, postNumber]),
        [[posts[1].name, 3], [posts[0].name, 2]]);
    assert.deepEqual((await author.bookmarks.listBookmarks({})).bookmarks, []);
  });

  test('goes on writing on another device, and not over what it wrote there', async () => {
    const place = community.name;
    const first = await reader.drafts.updateDraft({ draft: { place, markdown: 'Dear' } });
    const read = await reader.at[1].drafts.getDraft({ place });
    assert.deepEqual(read, first);
    await reader.at[1].drafts.updateDraft({ draft: { ...read, markdown: 'Dear all' } });
    await assertRefused(reader.drafts.updateDraft({ draft: { ...first, markdown: 'Dear Ada' } }),
        Code.Aborted, 'ETAG_STALE', POLICY);
    await reader.drafts.deleteDraft({ place });
    assert.deepEqual((await reader.at[1].drafts.listDrafts({})).drafts, []);
  });
});
