// What two do at once, each through a gateway of its own, comes out as if one had been first.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { directory } from './contracts.mjs';
import { clientsAt, EMPLOYEES, PASSWORD, Person } from './people.mjs';
import { refusal } from './refusals.mjs';

const ROUNDS = 5;

// Calls at once; asserts that one is answered and the others are refused for this reason.
async function assertOneWins(reason, ...calls) {
  const settled = await Promise.all(calls.map((call) => call.then(() => 'won',
      (error) => refusal(Promise.reject(error)).then((found) => found.reason))));
  assert.deepEqual(settled.toSorted(), [reason, 'won'].toSorted());
}

describe('at once', () => {
  test('two edits of what both have read: one is stale', async () => {
    const author = await Person.join();
    const topic = await author.open(await author.found());
    for (let round = 0; round < ROUNDS; ++round) {
      const post = await author.post(topic, 'Draft');
      await assertOneWins('ETAG_STALE', ...[0, 1].map((gateway) =>
        author.at[gateway].discussions.updatePost({
          post: { name: post.name, markdown: `Version ${gateway}`, etag: post.etag },
          updateMask: { paths: ['markdown'] },
          requestId: randomUUID(),
        })));
    }
  });

  test('the last two owners leave: one stays', async () => {
    const owners = [await Person.join(), await Person.join()];
    for (let round = 0; round < ROUNDS; ++round) {
      const community = await owners[0].found();
      await owners[1].join(community);
      await owners[0].give(community, owners[1], directory.Role.OWNER);
      await assertOneWins('LAST_OWNER', ...owners.map((owner, gateway) =>
        owner.at[gateway].memberships.leaveCommunity(
            { name: community.name, requestId: randomUUID() })));
    }
  });

  test('two communities of one name are founded: one name is taken', async () => {
    const founders = [await Person.join(), await Person.join()];
    for (let round = 0; round < ROUNDS; ++round) {
      const displayName = `Twins ${randomUUID()}`;
      await assertOneWins('DISPLAY_NAME_TAKEN',
          ...founders.map((founder) => founder.found({ displayName })));
    }
  });

  test('two accounts of one address are opened: one address is taken', async () => {
    const email = `${randomUUID()}@${EMPLOYEES}`;
    await assertOneWins('EMAIL_TAKEN', ...[0, 1].map((gateway) =>
      clientsAt(gateway).identity.signUp(
          { email, password: PASSWORD, displayName: 'Twin', requestId: randomUUID() })));
  });

  test('a topic is deleted and answered: it is gone, or it has a reply', async () => {
    const [author, other] = [await Person.join(), await Person.join()];
    const community = await author.found();
    await other.join(community);
    for (let round = 0; round < ROUNDS; ++round) {
      const topic = await author.open(community);
      const [deleted, posted] = await Promise.allSettled([
        author.discussions.deleteTopic({ name: topic.name, requestId: randomUUID() }),
        other.post(topic, 'Wait!', { gateway: 1 }),
      ]);
      assert.notEqual(deleted.status, posted.status);
      const failed = deleted.status === 'rejected' ? deleted : posted;
      const { reason } = await refusal(Promise.reject(failed.reason));
      assert.equal(reason, failed === deleted ? 'TOPIC_HAS_REPLIES' : 'NOT_FOUND');
    }
  });
});

describe('once it is revoked', () => {
  // Call after call, each with the moments at which it began and ended and how. A gateway takes 200
  // of one session at once: with a moment between them these last for 250 ms.
  async function watch(call, until) {
    const seen = [];
    while (!until.done || seen.at(-1).began < until.at) {
      const began = performance.now();
      const outcome = await call().then(() => 'OK',
          (error) => refusal(Promise.reject(error)).then((found) => found.reason));
      seen.push({ began, ended: performance.now(), outcome });
      await pause(2);
    }
    return seen;
  }

  // Asserts that calls that end before `revoke` begins succeed and that none succeeds that began
  // after its answer. Between them either may be: an answer that nobody hears of is no promise.
  async function assertEnds(calls, revoke, reason) {
    const until = {};
    const watching = calls.map((call) => watch(call, until));
    for (const call of calls) await call();
    const began = performance.now();
    await revoke();
    Object.assign(until, { at: performance.now(), done: true });
    for (const [index, seen] of (await Promise.all(watching)).entries()) {
      for (const call of seen) {
        const allowed = call.ended < began ? ['OK'] : call.began > until.at ? [reason]
          : ['OK', reason];
        assert.ok(allowed.includes(call.outcome), `call ${index}: ${call.outcome}, begun `
          + `${call.began - began} ms and ended ${call.ended - began} ms after the revoking call`);
      }
    }
  }

  test('a session yields nothing at either gateway', async () => {
    const person = await Person.join();
    for (let round = 0; round < ROUNDS; ++round) {
      const { session, sessionSecret } = await person.signIn();
      const other = Object.assign(new Person(), { secret: sessionSecret });
      await assertEnds(other.at.flatMap(({ directory, discussions }) => [
        () => directory.listCommunities({ pageSize: 1 }),
        () => discussions.batchGetReadStates({ topics: [] }),
      ]), () => person.identity.revokeSession({ name: session.name }), 'SESSION_ENDED');
    }
  });

  test('a membership in a SECRET community yields nothing at either gateway', async () => {
    const founder = await Person.join();
    for (let round = 0; round < ROUNDS; ++round) {
      const member = await Person.join();
      const community = await founder.found();
      await member.join(community);
      const topic = await founder.open(community);
      await founder.directory.updateCommunity({
        community: { name: community.name, visibility: 3 },
        updateMask: { paths: ['visibility'] },
        requestId: randomUUID(),
      });
      await assertEnds(member.at.flatMap(({ directory, discussions }) => [
        () => directory.getCommunity({ name: community.name }),
        () => discussions.listPosts({ parent: topic.name }),
      ]), () => member.memberships.leaveCommunity(
          { name: community.name, requestId: randomUUID() }), 'NOT_FOUND');
    }
  });
});
