// Finding communities, joining and leaving them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { directory } from './contracts.mjs';
import { CUSTOMERS, Person } from './people.mjs';
import { assertNotFound, assertRefused, DIRECTORY } from './refusals.mjs';

const { Admits, CommunityKind, Role, Visibility } = directory;

// All pages of a list of communities.
async function pages(list, pageSize) {
  const found = [];
  let pageToken = '';
  do {
    const page = await list({ pageSize, pageToken });
    assert.ok(page.communities.length <= pageSize);
    found.push(...page.communities);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return found;
}
const names = (communities) => communities.map((community) => community.name);

describe('browsing', () => {
  test('pages of any size hold each community once, by display name', async () => {
    const person = await Person.join();
    const list = (request) => person.directory.listCommunities(request);
    const whole = await pages(list, 100);
    assert.ok(whole.length >= 8, 'the demo organization is there');
    const displayNames = whole.map((community) => community.displayName.toLowerCase());
    assert.deepEqual(displayNames, displayNames.toSorted(new Intl.Collator('und').compare));
    assert.equal(new Set(names(whole)).size, whole.length);
    assert.deepEqual(names(await pages(list, 3)), names(whole));
  });

  test('a page goes on at the other gateway', async () => {
    const person = await Person.join();
    const [first, second] = person.at;
    const whole = await first.directory.listCommunities({ pageSize: 6 });
    const page = await first.directory.listCommunities({ pageSize: 3 });
    const next = await second.directory.listCommunities(
        { pageSize: 3, pageToken: page.nextPageToken });
    assert.deepEqual(names([...page.communities, ...next.communities]), names(whole.communities));
  });

  test('a community is found by its kind and below its parent', async () => {
    const person = await Person.join();
    const parent = await person.found({ kind: CommunityKind.PROJECT });
    const child = await person.found({ parent: parent.name });
    const below = await person.directory.listCommunities({ parent: parent.name });
    assert.deepEqual(names(below.communities), [child.name]);
    const projects = await pages((request) => person.directory.listCommunities(
        { kind: CommunityKind.PROJECT, ...request }), 50);
    assert.ok(names(projects).includes(parent.name));
    assert.ok(projects.every((community) => community.kind === CommunityKind.PROJECT));
  });
});

describe('a membership', () => {
  test('begins by joining an OPEN community and ends by leaving it', async () => {
    const [founder, person] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    const membership = await person.join(community);
    assert.deepEqual([membership.member, membership.role], [person.name, Role.MEMBER]);
    const mine = await person.at[1].directory.listMyCommunities({});
    assert.deepEqual(names(mine.communities.map((each) => each.community)), [community.name]);
    const { memberships } = await person.memberships.listMemberships({ parent: community.name });
    assert.deepEqual(memberships.map((each) => each.member), [founder.name, person.name]);
    assert.equal((await person.directory.getCommunity({ name: community.name })).memberCount, 2);
    await person.memberships.leaveCommunity({ name: community.name, requestId: randomUUID() });
    assert.deepEqual((await person.directory.listMyCommunities({})).communities, []);
    // At the gateway of the write: through the other one a kept reply may be a second old.
    assert.equal((await person.directory.getCommunity(community)).memberCount, 1);
  });

  test('joining twice changes nothing', async () => {
    const [founder, person] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    assert.deepEqual(await person.join(community), await person.join(community));
  });

  test('of the last owner does not end', async () => {
    const founder = await Person.join();
    const community = await founder.found();
    await assertRefused(
        founder.memberships.leaveCommunity({ name: community.name, requestId: randomUUID() }),
        Code.FailedPrecondition, 'LAST_OWNER', DIRECTORY);
  });

  test('in a CLOSED community begins by request', async () => {
    const [founder, person] = [await Person.join(), await Person.join()];
    const community = await founder.found({ visibility: Visibility.CLOSED });
    await assertRefused(person.join(community), Code.FailedPrecondition, 'JOIN_BY_REQUEST',
        DIRECTORY);
  });
});

describe('a community', () => {
  test('is handed over: another owner is made, and the first one steps down', async () => {
    const [founder, heir] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    await heir.join(community);
    await assertRefused(founder.give(community, founder, Role.MEMBER), Code.FailedPrecondition,
        'LAST_OWNER', DIRECTORY);
    await assertRefused(heir.give(community, heir, Role.OWNER), Code.PermissionDenied,
        'NOT_PERMITTED');
    assert.equal((await founder.give(community, heir, Role.OWNER)).role, Role.OWNER);
    // A call that begins after the answer is decided by it, at either gateway.
    await heir.at[1].memberships.updateMembership({
      membership: { name: `${community.name}/memberships/${founder.name.split('/').at(-1)}`,
        role: Role.MEMBER },
      updateMask: { paths: ['role'] },
      requestId: randomUUID(),
    });
    const { memberships } = await founder.memberships.listMemberships({ parent: community.name });
    assert.deepEqual(memberships.map(({ member, role }) => [member, role]),
        [[heir.name, Role.OWNER], [founder.name, Role.MEMBER]]);
    await assertRefused(founder.give(community, founder, Role.OWNER), Code.PermissionDenied,
        'NOT_PERMITTED');
  });

  test('says in its charter what it is for, and who reviews it', async () => {
    const [founder, person] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    assert.equal((await person.charters.getCharter({ community: community.name })).purpose, '');
    await founder.charters.updateCharter({
      charter: { community: community.name, purpose: 'Better singing.', sponsor: founder.name,
        reviewTime: { seconds: 1n } },
      updateMask: { paths: ['purpose', 'sponsor', 'review_time'] },
      requestId: randomUUID(),
    });
    const charter = await person.at[1].charters.getCharter({ community: community.name });
    assert.deepEqual([charter.purpose, charter.sponsor, charter.reviewOverdue],
        ['Better singing.', founder.name, true]);
  });
});

describe('a customer', () => {
  test('sees only communities that admit EVERYONE, and joins them', async () => {
    const [founder, customer] = [await Person.join(), await Person.join({ domain: CUSTOMERS })];
    const internal = await founder.found();
    const external = await founder.found({ admits: Admits.EVERYONE });
    const seen = await pages((request) => customer.directory.listCommunities(request), 100);
    assert.ok(seen.every((community) => community.admits === Admits.EVERYONE));
    assert.ok(names(seen).includes(external.name));
    await assertNotFound(customer.directory.getCommunity({ name: internal.name }));
    await assertNotFound(customer.join(internal));
    await customer.join(external);
    await customer.open(external);
  });

  test('sees the members who share a community with it, and no others', async () => {
    const [founder, stranger] = [await Person.join(), await Person.join()];
    const customer = await Person.join({ domain: CUSTOMERS });
    await stranger.directory.getMember({ name: 'members/me' });
    await customer.join(await founder.found({ admits: Admits.EVERYONE }));
    const { members } = await customer.directory.batchGetMembers(
        { names: [stranger.name, founder.name] });
    assert.deepEqual(names(members), [founder.name]);
    await assertNotFound(customer.directory.getMember({ name: stranger.name }));
  });

  test('founds no community', async () => {
    const customer = await Person.join({ domain: CUSTOMERS });
    await assertRefused(customer.found(), Code.PermissionDenied, 'NOT_PERMITTED');
  });
});

describe('an edit', () => {
  test("is the owner's: a member is told that it may not", async () => {
    const [founder, person] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    await person.join(community);
    const edit = (who) => who.directory.updateCommunity({
      community: { name: community.name, description: 'We sing on Thursdays.' },
      updateMask: { paths: ['description'] },
      requestId: randomUUID(),
    });
    await assertRefused(edit(person), Code.PermissionDenied, 'NOT_PERMITTED');
    assert.equal((await edit(founder)).description, 'We sing on Thursdays.');
  });

  test('that makes a community SECRET hides it at once', async () => {
    const [founder, person] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    await person.directory.getCommunity({ name: community.name });
    await founder.directory.updateCommunity({
      community: { name: community.name, visibility: Visibility.SECRET },
      updateMask: { paths: ['visibility'] },
      requestId: randomUUID(),
    });
    for (const { directory } of person.at) {
      await assertNotFound(directory.getCommunity({ name: community.name }));
    }
  });
});
