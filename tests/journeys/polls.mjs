// Choosing together: votes that are cast at one gateway and counted at the other, and votes of which
// nobody learns whose they are.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { createGuildhall } from '@guildhall/client';
import { directory, discussions } from './contracts.mjs';
import { PASSWORD, Person, signedInAt, WAYS } from './people.mjs';
import { assertRefused, DISCUSSIONS } from './refusals.mjs';
import { stack } from './stack.mjs';

const { PollBallot, PollChoice, PollResults } = discussions;
const fresh = { headers: { 'cache-control': 'no-cache' } };
// As many as have to vote before an anonymous poll tells its numbers.
const ENOUGH = 5;

const vote = (person, { name: topic }, options, gateway = 0) =>
  person.at[gateway].polls.castVote({ topic, options, requestId: randomUUID() });
const withdraw = (person, { name: topic }) =>
  person.polls.withdrawVote({ topic, requestId: randomUUID() });
const close = (person, { name: topic }) => person.polls.updatePoll({
  poll: { topic, closed: true }, updateMask: { paths: ['closed'] }, requestId: randomUUID() });
const pollOf = (person, { name: topic }, gateway = 1) =>
  person.at[gateway].polls.getPoll({ topic }, fresh);
const countsOf = ({ options }) => options.map(({ voteCount }) => voteCount);
const refused = (call, reason) =>
  assertRefused(call, Code.FailedPrecondition, reason, DISCUSSIONS);

async function gathering(count) {
  const founder = await Person.join();
  const community = await founder.found();
  const voters = await Promise.all(Array.from({ length: count }, () => Person.join()));
  for (const person of voters) await person.join(community);
  return { founder, community, voters };
}

describe('a named poll', () => {
  let founder;
  let community;
  let one;
  let other;

  before(async () => {
    ({ founder, community, voters: [one, other] } = await gathering(2));
  });

  for (const way of Object.keys(WAYS)) {
    test(`is voted in, anew, and not at all (${way})`, async () => {
      const { name: topic } = await founder.openPoll(community);
      const { polls } = signedInAt(0, one.secret, { way });
      await polls.castVote({ topic, options: [1], requestId: randomUUID() });
      assert.deepEqual(countsOf(await pollOf(other, { name: topic })), [1, 0]);
      await polls.castVote({ topic, options: [2], requestId: randomUUID() });
      const now = await polls.getPoll({ topic }, fresh);
      assert.deepEqual([countsOf(now), now.ownOptions, now.voterCount], [[0, 1], [2], 1]);
      await polls.withdrawVote({ topic, requestId: randomUUID() });
      const { voterCount, voted } = await polls.getPoll({ topic }, fresh);
      assert.deepEqual([voterCount, voted], [0, false]);
    });
  }

  test('says at both gateways who chose what', async () => {
    const topic = await founder.openPoll(community, { choice: PollChoice.MULTIPLE });
    await vote(one, topic, [1, 2]);
    await vote(other, topic, [2], 1);
    for (const { polls } of founder.at) {
      const { votes } = await polls.listVotes({ topic: topic.name }, fresh);
      assert.deepEqual(Object.fromEntries(votes.map(({ member, options }) => [member, options])),
          { [one.name]: [1, 2], [other.name]: [2] });
    }
  });

  test('shows its numbers to who has voted, where it was said so', async () => {
    const topic = await founder.openPoll(community, { results: PollResults.AFTER_VOTING });
    await vote(one, topic, [1]);
    const [seen, unseen] = [await pollOf(one, topic), await pollOf(other, topic)];
    assert.deepEqual([seen.resultsShown, countsOf(seen)], [true, [1, 0]]);
    assert.deepEqual([unseen.resultsShown, countsOf(unseen), unseen.voterCount],
        [false, [0, 0], 1]);
    await refused(other.polls.listVotes({ topic: topic.name }), 'RESULTS_HIDDEN');
  });

  test('takes nothing more once its author has closed it', async () => {
    const topic = await founder.openPoll(community);
    await vote(one, topic, [1]);
    await assertRefused(close(one, topic), Code.PermissionDenied, 'NOT_PERMITTED');
    await close(founder, topic);
    await refused(vote(other, topic, [2], 1), 'POLL_CLOSED');
    await refused(withdraw(one, topic), 'POLL_CLOSED');
    const poll = await pollOf(other, topic);
    assert.deepEqual([poll.closed, countsOf(poll)], [true, [1, 0]]);
  });

  test('is voted in by a page with the npm client', async (t) => {
    const { name: topic } = await founder.openPoll(community);
    const guildhall = createGuildhall({ baseUrl: stack.gateways[0] });
    t.after(() => guildhall.close());
    await guildhall.session.signIn(one.email, PASSWORD);
    await guildhall.polls.castVote({ topic, options: [2], requestId: randomUUID() });
    assert.deepEqual(countsOf(await pollOf(other, { name: topic })), [0, 1]);
  });
});

describe('an anonymous poll', () => {
  let founder;
  let voters;
  let topic;
  const everybody = [];

  before(async () => {
    let community;
    ({ founder, community, voters } = await gathering(ENOUGH));
    topic = await founder.openPoll(community, { ballot: PollBallot.ANONYMOUS });
    const [moderator, administrator] = [await Person.join(), await Person.administrator()];
    await moderator.join(community);
    await founder.give(community, moderator, directory.Role.MODERATOR);
    everybody.push(founder, moderator, administrator, ...voters);
    for (const [index, person] of voters.entries()) {
      await vote(person, topic, [1 + index % 2], index % 2);
    }
  });

  const assertTellsNobody = async (counts) => {
    for (const person of everybody) {
      for (const gateway of [0, 1]) {
        const poll = await pollOf(person, topic, gateway);
        assert.deepEqual([countsOf(poll), poll.ownOptions], [counts, []]);
        assert.deepEqual([poll.voterCount, poll.voted], [ENOUGH, voters.includes(person)]);
        await refused(person.at[gateway].polls.listVotes({ topic: topic.name }), 'POLL_ANONYMOUS');
      }
    }
  };

  test('tells how many have voted, and no numbers before it is over', () =>
    assertTellsNobody([0, 0]));

  test('takes each vote for good', async () => {
    const [one] = voters;
    await refused(vote(one, topic, [2]), 'VOTE_FINAL');
    await refused(withdraw(one, topic), 'POLL_ANONYMOUS');
  });

  test('tells its numbers when it is over, and nobody whose they are', async () => {
    await close(founder, topic);
    await assertTellsNobody([3, 2]);
  });

  test('is kept without what anybody chose', async () => {
    const id = topic.name.split('/').at(-1);
    const kept = await stack.sql('discussions',
        `SELECT count(*) FROM poll_votes WHERE topic_id = '${id}'`);
    assert.equal(kept, '0');
    assert.equal(await stack.sql('discussions',
        `SELECT count(*) FROM poll_voters WHERE topic_id = '${id}'`), `${ENOUGH}`);
  });
});
