// The first look at Guildhall: the lines that `tools/dev up` and the README give to copy, and what
// deploy/demo/README.md says there is to see.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { directory, discussions } from './contracts.mjs';
import { demoAccount, demoMember } from './demo_members.mjs';
import { assertNotFound, refusal } from './refusals.mjs';
import { root } from './places.mjs';
import { stack } from './stack.mjs';

const { Admits, ProposalState, Role, Visibility } = directory;
const { ReactionKind, TopicFilter, TopicKind } = discussions;

async function bash(script) {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script]);
  return stdout;
}

// All topics of a community, by title.
async function topics(person, community) {
  const { topics } = await person.discussions.listTopics({ parent: community.name, pageSize: 100 });
  return new Map(topics.map((topic) => [topic.title, topic]));
}

async function communities(person) {
  const { communities } = await person.directory.listCommunities({ pageSize: 100 });
  return new Map(communities.map((community) => [community.displayName, community]));
}

describe('with curl', () => {
  const call = (method, message, token) => `curl -sS ${stack.gateways[0]}/guildhall.${method} ` +
      `-H 'content-type: application/json' -H 'authorization: Bearer ${token}' ` +
      `-d '${JSON.stringify(message)}'`;

  test('the lines that tools/dev up prints show communities', async () => {
    const [lines] = /TOKEN=\$\(curl[^]*?(?=\n *tools\/dev)/.exec(stack.said);
    const { communities } = JSON.parse(await bash(lines));
    assert.ok(communities.length > 0);
  });

  test('the lines of the README sign in and list communities', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const { email, password } = demoAccount('Marit Hoekstra');
    const [signIn, list] = readme.match(/^curl [^\n]*(?:\\\n[^\n]*|\n {2,}[^\n]*)*/gm)
        .map((line) => line.replace('localhost:8080', stack.gateways[0].replace('http://', '')));
    const { sessionSecret } = JSON.parse(await bash(
        signIn.replace('"…"', `"${email}"`).replace('"…"', `"${password}"`)));
    const { communities } = JSON.parse(await bash(list.replace('<sessionSecret>', sessionSecret)));
    assert.ok(communities.length > 0);
  });

  test('the first of the accounts administers the organization', async () => {
    const marit = await demoMember('Marit Hoekstra');
    const { accounts } = await marit.accounts.listAdministrators({});
    assert.deepEqual(accounts.map(({ email }) => email).filter((email) => email === marit.email),
        [marit.email]);
  });

  test('a member browses, reads, posts and is told what went wrong', async () => {
    const marit = await demoMember('Marit Hoekstra');
    const curl = async (method, message) =>
      JSON.parse(await bash(call(method, message, marit.secret)));
    const mine = await curl('directory.v1.DirectoryService/ListMyCommunities', {});
    const community = mine.communities[0].community.name;
    const { topics } = await curl('discussions.v1.DiscussionsService/ListTopics',
        { parent: community, pageSize: 1 });
    const parent = topics[0].name;
    const post = await curl('discussions.v1.DiscussionsService/CreatePost',
        { parent, post: { markdown: 'By *curl*' }, requestId: randomUUID() });
    assert.equal(post.html, '<p>By <em>curl</em></p>\n');
    const { posts } = await curl('discussions.v1.DiscussionsService/ListPosts',
        { parent, fromNumber: post.number });
    assert.deepEqual(posts, [post]);
    const missing = await curl('discussions.v1.DiscussionsService/GetPost',
        { name: `${parent}/posts/999999` });
    assert.equal(missing.code, 'not_found');
  });

  test('the first page says what runs and how to sign in', async () => {
    const page = await bash(`curl -sSf ${stack.gateways[1]}/`);
    assert.match(page, /SignIn/);
    assert.match(page, /guildhall\.discussions\.v1\.DiscussionsService/);
  });
});

describe('in the demo organization', () => {
  let marit;
  let rasmus;
  let adaeze;

  before(async () => {
    marit = await demoMember('Marit Hoekstra');
    rasmus = await demoMember('Rasmus Kjeldsen');
    adaeze = await demoMember('Adaeze Obi');
  });

  test('Marit sees what she owns, and below it', async () => {
    const seen = await communities(marit);
    assert.equal(seen.get('Project Nightstone').visibility, Visibility.SECRET);
    const { memberships } = await marit.memberships.listMemberships(
        { parent: seen.get('Oven Engineering').name });
    assert.equal(memberships.find((each) => each.member === marit.name).role, Role.OWNER);
  });

  test('Rasmus sees that Pilot 4 exists, but not what is said there, and nothing of secrets',
      async () => {
        const seen = await communities(rasmus);
        const pilot = seen.get('Pilot 4 Rollout');
        const found = await refusal(rasmus.discussions.listTopics({ parent: pilot.name }));
        assert.equal(found.reason, 'NOT_PERMITTED');
        const nightstone = (await communities(marit)).get('Project Nightstone');
        assert.ok(!seen.has('Project Nightstone') && !seen.has('Lark 2 Field Trial'));
        await assertNotFound(rasmus.directory.getCommunity({ name: nightstone.name }));
      });

  test('Adaeze sees what admits everybody, and her trial', async () => {
    const seen = await communities(adaeze);
    assert.ok([...seen.values()].every((community) => community.admits === Admits.EVERYONE));
    assert.equal(seen.get('Lark 2 Field Trial').visibility, Visibility.SECRET);
  });

  test('topics have authors whom the reader may look up', async () => {
    const community = (await communities(adaeze)).get("The Bakers' Table");
    const { topics } = await adaeze.discussions.listTopics({ parent: community.name });
    const { posts } = await adaeze.discussions.listPosts({ parent: topics[0].name });
    const names = [...new Set(posts.map((post) => post.author))];
    const { members } = await adaeze.directory.batchGetMembers({ names });
    assert.deepEqual(members.map((member) => member.name), names);
  });

  test('The Two Safes lie five deep, and only their members and an owner above know of them',
      async () => {
        const seen = await communities(marit);
        const above = [];
        for (let at = seen.get('The Two Safes').name; at !== '';) {
          const community = await marit.directory.getCommunity({ name: at });
          above.push(community.displayName);
          at = community.parent;
        }
        assert.deepEqual(above, ['The Two Safes', 'Over-the-air Updates', 'Pilot 4 Rollout',
          'Controls and Firmware', 'Oven Engineering']);
        assert.ok(!(await communities(rasmus)).has('The Two Safes'));
      });

  test('a question has an answer, which others thank for; another waits for one', async () => {
    const all = await communities(adaeze);
    const asked = (await topics(adaeze, all.get('Le Fournil')))
        .get('Vos baguettes éclatent sur le côté : que regarder d\'abord ?');
    assert.deepEqual([asked.kind, asked.acceptedPostNumber, asked.pinned],
        [TopicKind.QUESTION, 3, true]);
    const answer = await adaeze.discussions.getPost({ name: `${asked.name}/posts/3` });
    assert.ok(answer.reactionCounts.some(({ kind, count }) =>
      kind === ReactionKind.THANKS && count >= 3));
    const { topics: waiting } = await adaeze.discussions.listTopics(
        { parent: all.get("The Bakers' Table").name, filter: TopicFilter.UNANSWERED });
    assert.deepEqual(waiting.map(({ title }) => title),
        ["An apprentice burned a whole shift's bread. What do you say?"]);
  });

  test('a topic was moved, a post removed, and who keeps order there reads why', async () => {
    const all = await communities(adaeze);
    const table = all.get("The Bakers' Table");
    assert.ok((await topics(adaeze, all.get('Lark Owners')))
        .has('My panel is black since the storm'));
    assert.ok(!(await topics(adaeze, table)).has('My panel is black since the storm'));
    const { removals } = await adaeze.moderation.listRemovals({ parent: table.name });
    assert.match(removals.at(-1).reason, /^Prices of other makers/);
    const post = await adaeze.discussions.getPost({ name: removals.at(-1).resource });
    assert.deepEqual([post.removed, post.markdown], [true, '']);
  });

  test('requests wait and were declined, somebody is banned, charters say why', async () => {
    const all = await communities(rasmus);
    const parent = all.get('Apprentices').name;
    for (const [state, who] of [[ProposalState.PENDING, 'Priya Deshpande'],
      [ProposalState.DECLINED, 'Noor Haddad']]) {
      const { joinRequests } = await rasmus.joinRequests.listJoinRequests({ parent, state });
      const { members } = await rasmus.directory.batchGetMembers(
          { names: joinRequests.map(({ member }) => member) });
      assert.deepEqual(members.map(({ displayName }) => displayName), [who]);
    }
    const { bans } = await rasmus.bans.listBans({ parent: all.get('Two Wheels').name });
    assert.equal(bans.length, 1);
    const { purpose, welcome } = await rasmus.charters.getCharter({ community: parent });
    assert.match(purpose, /^Ask what you would not ask/);
    assert.match(welcome, /leave the last word to an apprentice/);
  });

  test('members say when they work and how others speak of them', async () => {
    const marits = await marit.directory.getMember({ name: marit.name });
    assert.equal(marits.pronouns, 'she/her');
    const wednesday = marits.workingHours.filter(({ startMinute }) =>
      Math.floor(startMinute / (24 * 60)) === 2);
    assert.deepEqual(wednesday.map(({ startMinute, endMinute }) => endMinute - startMinute), [4 * 60]);
  });

  test('communities have a place, and one is found by what it was called', async () => {
    const { communities: here } = await rasmus.directory.listCommunities({ location: 'deventer' });
    assert.deepEqual(here.map(({ displayName }) => displayName),
        ['Apprentices', 'Deventer Works', 'Oven Engineering', 'Two Wheels']);
    const { communities: found } = await rasmus.communitySearch.searchCommunities(
        { query: 'Oven Telemetry' });
    assert.ok(found.some(({ displayName }) => displayName === 'Chimney Data'));
  });

  test('a charter should have been reviewed long ago, another need not yet', async () => {
    const all = await communities(rasmus);
    const overdue = async (name) =>
      (await rasmus.charters.getCharter({ community: all.get(name).name })).reviewOverdue;
    assert.equal(await overdue('Deventer Works'), true);
    assert.equal(await overdue('Pune Studio'), false);
  });

  test('Aminata is invited into what she does not see', async () => {
    const aminata = await demoMember('Aminata Kouyaté');
    const { invitations } = await aminata.invitations.listMyInvitations({});
    assert.deepEqual(invitations.map(({ displayName }) => displayName), ['Lark 2 Field Trial']);
    assert.ok(!(await communities(aminata)).has('Lark 2 Field Trial'));
  });
});
