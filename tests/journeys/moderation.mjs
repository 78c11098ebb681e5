// Keeping order, answers, reactions and questions, seen by others through the other gateway.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Code } from '@connectrpc/connect';
import { directory, discussions } from './contracts.mjs';
import { Person } from './people.mjs';
import { assertNotFound, assertRefused, DISCUSSIONS } from './refusals.mjs';

const { FlagKind, FlagOutcome, ReactionKind, TopicFilter, TopicKind } = discussions;
const fresh = { headers: { 'cache-control': 'no-cache' } };

describe('who keeps order', () => {
  let founder;
  let author;
  let community;

  before(async () => {
    [founder, author] = [await Person.join(), await Person.join()];
    community = await founder.found();
    await author.join(community);
  });

  const moderate = (topic, fields) => founder.moderation.moderateTopic({
    topic: { name: topic.name, ...fields }, updateMask: { paths: Object.keys(fields) },
    requestId: randomUUID() });

  test('pins a topic, which then comes first', async () => {
    const [first, second] = [await author.open(community), await author.open(community)];
    assert.ok((await moderate(first, { pinned: true })).pinned);
    const { topics } = await author.at[1].discussions.listTopics(
        { parent: community.name }, fresh);
    assert.equal(topics[0].name, first.name);
    assert.ok(topics.some(({ name }) => name === second.name));
    await moderate(first, { pinned: false });
  });

  test('closes a topic, which then takes no posts', async () => {
    const topic = await author.open(community);
    await moderate(topic, { closed: true });
    await assertRefused(author.post(topic, 'Wait!', { gateway: 1 }), Code.FailedPrecondition,
        'TOPIC_CLOSED', DISCUSSIONS);
    await assertRefused(author.discussions.updateTopic({ topic: { name: topic.name, closed: false },
      updateMask: { paths: ['closed'] }, requestId: randomUUID() }), Code.FailedPrecondition,
    'CLOSED_BY_MODERATOR', DISCUSSIONS);
  });

  test('removes a post, and its author is told why', async () => {
    const topic = await author.open(community);
    const post = await author.post(topic, 'Buy my forks!');
    const removal = await founder.moderation.removePost(
        { name: post.name, reason: 'No adverts.', requestId: randomUUID() });
    assert.deepEqual([removal.resource, removal.markdown], [post.name, 'Buy my forks!']);
    const left = await author.at[1].discussions.getPost({ name: post.name }, fresh);
    assert.deepEqual([left.number, left.markdown, left.removed], [2, '', true]);
    const { removals: [mine] } =
        await author.at[1].moderation.listMyRemovals({ resource: post.name });
    assert.deepEqual([mine.resource, mine.reason, mine.remover], [post.name, 'No adverts.', '']);
    const { removals: [theirs] } =
        await founder.at[1].moderation.listRemovals({ parent: community.name });
    assert.deepEqual(theirs, removal);
  });

  test('takes a password out of a first post for good, and its author is told why', async () => {
    const topic = await author.open(community);
    const { posts: [first] } = await author.discussions.listPosts({ parent: topic.name });
    await author.discussions.updatePost({ post: { name: first.name, markdown: 'It is hunter2.' },
      updateMask: { paths: ['markdown'] }, requestId: randomUUID() });
    const left = await founder.moderation.moderatePost({
      post: { name: first.name, markdown: 'It is a secret.' }, updateMask: { paths: ['markdown'] },
      reason: 'No passwords.', forgetRevisions: true, requestId: randomUUID() });
    const seen = await author.at[1].discussions.getPost({ name: first.name }, fresh);
    assert.deepEqual(seen, left);
    assert.deepEqual([seen.author, seen.moderated], [first.author, true]);
    const { revisions } = await author.at[1].history.listRevisions({ parent: first.name });
    assert.deepEqual(revisions, []);
    const { removals: [mine] } = await author.at[1].moderation.listMyRemovals({});
    assert.deepEqual([mine.resource, mine.reason, mine.edited, mine.forgotten, mine.markdown],
        [first.name, 'No passwords.', true, true, '']);
  });

  test('finds what readers flagged, decides, and they are told what came of it', async () => {
    const [reader, topic] = [await Person.join(), await author.open(community)];
    const [advert, remark] =
        [await author.post(topic, 'Buy my knives!'), await author.post(topic, 'Knives are sharp.')];
    for (const { name } of [advert, remark]) {
      await reader.flags.createFlag({ parent: name, flag: { kind: FlagKind.SPAM },
        requestId: randomUUID() });
    }
    await assertRefused(author.flags.createFlag({ parent: advert.name,
      flag: { kind: FlagKind.SPAM }, requestId: randomUUID() }), Code.FailedPrecondition,
    'OWN_POST', DISCUSSIONS);
    const { reviews } = await founder.at[1].flags.listReviews({ parent: community.name });
    assert.deepEqual(reviews.map(({ post }) => post), [advert.name, remark.name]);
    const communities = [community.name];
    const open = await founder.at[1].flags.listWaitingReviews({ communities });
    assert.deepEqual(open.reviews, reviews);
    const { reviewCounts } = await founder.at[1].flags.batchGetReviewCounts({ communities });
    assert.deepEqual(reviewCounts.map(({ reviewCount }) => reviewCount), [2]);
    assert.deepEqual((await reader.flags.listWaitingReviews({ communities })).reviews, []);
    await founder.moderation.removePost(
        { name: advert.name, reason: 'No adverts.', requestId: randomUUID() });
    await founder.flags.dismissFlags({ name: remark.name, note: 'True.', etag: reviews[1].etag,
      requestId: randomUUID() });
    const { flags } = await reader.at[1].flags.listMyFlags({});
    assert.deepEqual(flags.map(({ outcome, note }) => [outcome, note]),
        [[FlagOutcome.DISMISSED, 'True.'], [FlagOutcome.REMOVED, '']]);
    const left = await founder.at[1].flags.listReviews({ parent: community.name });
    assert.deepEqual(left.reviews, []);
  });

  test('removes a topic, which then never was', async () => {
    const topic = await author.open(community);
    await founder.moderation.removeTopic(
        { name: topic.name, reason: 'Twice the same.', requestId: randomUUID() });
    for (const person of [author, founder]) {
      await assertNotFound(person.at[1].discussions.getTopic({ name: topic.name }, fresh));
    }
  });

  test('moves a topic out of sight for a reason alone, and its author is told', async () => {
    const topic = await author.open(community);
    const hidden = await founder.found({ visibility: directory.Visibility.SECRET });
    const move = { name: topic.name, destination: hidden.name };
    await assertRefused(founder.moderation.moveTopic({ ...move, requestId: randomUUID() }),
        Code.InvalidArgument, 'FIELD_INVALID');
    await founder.moderation.moveTopic(
        { ...move, reason: 'It names customers.', requestId: randomUUID() });
    await assertNotFound(author.at[1].discussions.getTopic({ name: topic.name }, fresh));
    const { removals: [mine] } =
        await author.at[1].moderation.listMyRemovals({ resource: topic.name });
    assert.deepEqual([mine.moved, mine.reason, mine.community, mine.remover],
        [true, 'It names customers.', community.name, '']);
    const { removals: [theirs] } =
        await founder.at[1].moderation.listRemovals({ parent: community.name });
    assert.deepEqual([theirs.resource, theirs.moved, theirs.remover],
        [topic.name, true, founder.name]);
  });
});

describe('a conversation', () => {
  let asker;
  let helper;
  let community;

  before(async () => {
    [asker, helper] = [await Person.join(), await Person.join()];
    community = await asker.found();
    await helper.join(community);
  });

  const ask = () => asker.discussions.createTopic({ parent: community.name,
    topic: { title: 'Which fork?', kind: TopicKind.QUESTION }, markdown: 'For cake.',
    requestId: randomUUID() });

  test('has answers to posts, and reactions, which both count', async () => {
    const topic = await ask();
    const answer = await helper.discussions.createPost({ parent: topic.name,
      post: { markdown: '> For cake.\n\nA small one.', replyToNumber: 1 },
      requestId: randomUUID() });
    for (const kind of [ReactionKind.THANKS, ReactionKind.LIKE]) {
      await asker.reactions.createReaction(
          { parent: answer.name, reaction: { kind }, requestId: randomUUID() });
    }
    const { posts } = await helper.at[1].discussions.listPosts({ parent: topic.name }, fresh);
    assert.deepEqual(posts.map(({ replyToNumber, replyCount }) => [replyToNumber, replyCount]),
        [[0, 1], [1, 0]]);
    assert.deepEqual(posts[1].reactionCounts.map(({ kind, count }) => [kind, count]),
        [[ReactionKind.LIKE, 1], [ReactionKind.THANKS, 1]]);
    const batch = { posts: [answer.name] };
    const own = await asker.at[1].reactions.batchGetReactions(batch);
    assert.deepEqual(own.reactions[0].kinds, [ReactionKind.LIKE, ReactionKind.THANKS]);
    assert.deepEqual((await helper.reactions.batchGetReactions(batch)).reactions, []);
  });

  test('is found by its words within a second or so', async () => {
    const topic = await ask();
    const post = await helper.post(topic, 'Sterling silver tarnishes.');
    const found = async () => (await asker.at[1].postSearch.searchPosts(
        { query: '"sterling silver" tarnish', communities: [community.name] })).results;
    const end = Date.now() + 15_000;
    while ((await found()).length === 0) {
      assert.ok(Date.now() < end, 'it is not found');
      await pause(50);
    }
    const [result] = await found();
    assert.deepEqual([result.post, result.title, result.excerpt],
        [post.name, 'Which fork?', 'Sterling silver tarnishes.']);
    assert.deepEqual(result.excerptMatches.map(({ offset, length }) => [offset, length]),
        [[0, 15], [16, 9]]);
  });

  test('is a question until an answer is accepted', async () => {
    const topic = await ask();
    await helper.post(topic, 'The small one.');
    const unanswered = async () => (await helper.at[1].discussions.listTopics(
        { parent: community.name, filter: TopicFilter.UNANSWERED }, fresh))
        .topics.map(({ name }) => name);
    assert.ok((await unanswered()).includes(topic.name));
    await asker.discussions.updateTopic({ topic: { name: topic.name, acceptedPostNumber: 2 },
      updateMask: { paths: ['accepted_post_number'] }, requestId: randomUUID() });
    assert.ok(!(await unanswered()).includes(topic.name));
  });
});
