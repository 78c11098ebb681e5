// Coming into a community that one does not simply join: asked, or invited.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { createGuildhall } from '@guildhall/client';
import { directory } from './contracts.mjs';
import { Person } from './people.mjs';
import { assertNotFound, assertRefused, DIRECTORY } from './refusals.mjs';
import { stack } from './stack.mjs';

const { ProposalState, Role, Visibility } = directory;
const requestId = () => randomUUID();

async function founding(visibility) {
  const founder = await Person.join();
  const community = await founder.found({ visibility, description: 'We sing.' });
  return { founder, community, topic: await founder.open(community), guest: await Person.join() };
}

describe('whoever asks to join a CLOSED community', () => {
  test('reads it once the request is approved, at either gateway', async () => {
    const { founder, community, topic, guest } = await founding(Visibility.CLOSED);
    const { name } = await guest.askToJoin(community);
    await assertNotFound(guest.discussions.getTopic(topic));
    const { joinRequests } = await founder.at[1].joinRequests.listJoinRequests(
        { parent: community.name });
    assert.deepEqual(joinRequests.map(({ member, message }) => [member, message]),
        [[guest.name, 'I sing.']]);
    const membership = await founder.joinRequests.approveJoinRequest(
        { name, requestId: requestId() });
    assert.equal(membership.role, Role.MEMBER);
    for (const { discussions } of guest.at) await discussions.getTopic({ name: topic.name });
    assert.deepEqual((await guest.joinRequests.listMyJoinRequests({})).joinRequests, []);
  });

  test('sees that it was declined, and may withdraw before', async () => {
    const { founder, community, guest } = await founding(Visibility.CLOSED);
    const { name } = await guest.askToJoin(community);
    await guest.joinRequests.deleteJoinRequest({ name, requestId: requestId() });
    await guest.askToJoin(community);
    await founder.joinRequests.declineJoinRequest({ name, requestId: requestId() });
    const { joinRequests } = await guest.at[1].joinRequests.listMyJoinRequests({});
    assert.deepEqual(joinRequests.map((each) => [each.name, each.state]),
        [[name, ProposalState.DECLINED]]);
    await assertRefused(guest.askToJoin(community), Code.FailedPrecondition, 'DECLINED_BEFORE',
        DIRECTORY);
  });
});

describe('whoever is invited into a SECRET community', () => {
  test('learns what the invitation says, and sees it once it has accepted', async () => {
    const { founder, community, topic, guest } = await founding(Visibility.SECRET);
    await guest.directory.getMember({ name: 'members/me' });
    const { name } = await founder.invite(community, guest);
    const { invitations: [mine] } = await guest.at[1].invitations.listMyInvitations({});
    assert.deepEqual([mine.invitation.name, mine.displayName, mine.description],
        [name, community.displayName, 'We sing.']);
    await assertNotFound(guest.directory.getCommunity({ name: community.name }));
    await assertNotFound(guest.join(community));
    await guest.invitations.acceptInvitation({ name, requestId: requestId() });
    for (const at of guest.at) {
      await at.directory.getCommunity({ name: community.name });
      await at.discussions.getTopic({ name: topic.name });
    }
  });

  test('finds nothing any more when it was taken back or declined', async () => {
    const { founder, community, guest } = await founding(Visibility.SECRET);
    await guest.directory.getMember({ name: 'members/me' });
    const { name } = await founder.invite(community, guest);
    await founder.invitations.deleteInvitation({ name, requestId: requestId() });
    await assertNotFound(guest.invitations.acceptInvitation({ name, requestId: requestId() }));
    await founder.invite(community, guest);
    await guest.invitations.declineInvitation({ name, requestId: requestId() });
    assert.deepEqual((await guest.invitations.listMyInvitations({})).invitations, []);
    await assertNotFound(guest.directory.getCommunity({ name: community.name }));
  });
});

test('who keeps order hears of a request as it is made, and who asked of its answer', async (t) => {
  const { founder, community, guest } = await founding(Visibility.CLOSED);
  const listening = [founder, guest].map((person) => {
    const guildhall = createGuildhall({ baseUrl: stack.gateways[1], secret: person.secret });
    t.after(() => guildhall.close());
    const live = guildhall.live();
    const told = [];
    const waiting = [];
    const started = new Promise((resolve) => {
      live.listen((event) => {
        if (event.type === 'started') resolve();
        if (event.type === 'changed') told.push(`${event.change.kind} ${event.change.name}`);
        for (const check of waiting) check();
      });
    });
    const hears = (what) => new Promise((resolve) => {
      const check = () => told.includes(what) && resolve();
      waiting.push(check);
      check();
    });
    return { started, hears };
  });
  await Promise.all(listening.map(({ started }) => started));
  const { name } = await guest.askToJoin(community);
  await Promise.all(listening.map(({ hears }) => hears(`31 ${name}`)));
  await founder.joinRequests.declineJoinRequest({ name, requestId: requestId() });
  await Promise.all(listening.map(({ hears }) => hears(`32 ${name}`)));
});
