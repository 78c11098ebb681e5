// What a caller may not see does not exist for it: answers are those for an id that was never given
// out, byte for byte.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { directory } from './contracts.mjs';
import { until } from './held_streams.mjs';
import { CUSTOMERS, Person } from './people.mjs';
import { assertNotFound } from './refusals.mjs';
import { CALLS, LEAVES_OUT } from './secrecy.mjs';
import { askInAllProtocols } from './wire.mjs';

const { Visibility } = directory;

function neverGivenOut() {
  const topic = `topics/${randomUUID()}`;
  return { community: `communities/${randomUUID()}`, topic, post: `${topic}/posts/${randomUUID()}`,
    removed: `topics/${randomUUID()}`, somebody: randomUUID(), kept: randomUUID(),
    requestId: randomUUID() };
}

// Until a search answers with the post: before, it would be hidden from nobody.
async function isFound(reader, { name }, community) {
  const request = { query: 'knows', communities: [community.name] };
  const answer = async () => (await reader.postSearch.searchPosts(request)).results;
  await until(async () => (await answer()).some(({ post }) => post === name), 'finding it');
}

const idOf = (name) => name.split('/').at(-1);

// A community with whatever may be asked for, and the names of it.
async function withEverything(founder, fields) {
  const community = await founder.found(fields);
  const topic = await founder.open(community);
  const post = await founder.post(topic, 'Somebody knows.');
  await isFound(founder, post, community);
  await founder.discussions.updateTopic({ topic: { name: topic.name, tags: ['rye'] },
    updateMask: { paths: ['tags'] }, requestId: randomUUID() });
  const removed = await founder.open(community);
  await founder.moderation.removeTopic({ name: removed.name, reason: 'Gone',
    requestId: randomUUID() });
  const kept = await Person.join();
  await kept.directory.getMember({ name: 'members/me' });
  for (const [service, method, field] of [['mutes', 'createMute', 'mute'],
    ['bans', 'createBan', 'ban']]) {
    await founder[service][method]({ parent: community.name, [field]: { member: kept.name },
      requestId: randomUUID() });
  }
  return { community: community.name, topic: topic.name, post: post.name, removed: removed.name,
    somebody: idOf(founder.name), kept: idOf(kept.name) };
}

// The same request id in all four protocols is the same request; in the other case it is not.
const fresh = (it) => ({ ...it, requestId: randomUUID() });

describe('a SECRET community', () => {
  const personas = {};
  let secret;

  before(async () => {
    const founder = await Person.join();
    secret = await withEverything(founder, { visibility: Visibility.SECRET });
    personas.employee = await Person.join();
    personas.customer = await Person.join({ domain: CUSTOMERS });
    personas.founder = founder;
  });

  for (const [index, [service, method, request]] of CALLS.entries()) {
    test(`does not exist in ${method} (${index})`, async () => {
      for (const who of ['employee', 'customer']) {
        const { secret: key, name } = personas[who];
        const ask = (it) =>
          askInAllProtocols(service, method, request({ ...it, self: idOf(name) }), key);
        const answers = await ask(neverGivenOut());
        assert.deepEqual(await ask(fresh(secret)), answers, who);
        assert.match(answers['application/json'], LEAVES_OUT.includes(method) ? /^200 / : /^404 /);
      }
    });
  }

  test('is on no page of a list', async () => {
    for (const who of ['employee', 'customer']) {
      const { communities } = await personas[who].directory.listCommunities({ pageSize: 100 });
      assert.ok(communities.every((each) => each.visibility !== Visibility.SECRET), who);
    }
  });

  test('is found by nobody else, whatever is asked', async () => {
    const word = `Vault${randomUUID().replaceAll('-', '').slice(0, 8)}`;
    await personas.founder.found({ displayName: word, visibility: Visibility.SECRET });
    for (const who of ['employee', 'customer']) {
      const ask = async (query) =>
        (await personas[who].communitySearch.searchCommunities({ query })).communities;
      assert.deepEqual(await ask(word), [], who);
      assert.deepEqual(await ask(word.replace('ault', 'alut')), [], who);
    }
    const [found] = (await personas.founder.communitySearch.searchCommunities({ query: word }))
        .communities;
    assert.equal(found.displayName, word);
  });

  test('leaves its name to others', async () => {
    const displayName = `Nightshift ${randomUUID()}`;
    await personas.founder.found({ displayName, visibility: Visibility.SECRET });
    assert.equal((await personas.employee.found({ displayName })).displayName, displayName);
  });

  test('is there for its member', async () => {
    const { founder } = personas;
    assert.equal((await founder.directory.getCommunity({ name: secret.community })).name,
        secret.community);
    assert.equal((await founder.at[1].discussions.getPost({ name: secret.post })).number, 2);
    const { readStates } = await founder.discussions.batchGetReadStates({ topics: [secret.topic] });
    assert.equal(readStates.length, 1);
  });
});

describe('an OPEN community for everybody', () => {
  const banned = {};
  let open;

  before(async () => {
    const founder = await Person.join();
    const { Admits } = directory;
    const above = await founder.found({ admits: Admits.EVERYONE });
    open = await withEverything(founder, { admits: Admits.EVERYONE, parent: above.name });
    const community = { name: open.community };
    banned['an employee'] = { person: await Person.join(), from: community };
    banned['a customer'] = { person: await Person.join({ domain: CUSTOMERS }), from: above };
    banned['a member'] = { person: await Person.join(), from: above };
    await banned['a member'].person.join(community);
    for (const { person, from } of Object.values(banned)) {
      await person.directory.getCommunity({ name: open.community });
      await founder.bans.createBan(
          { parent: from.name, ban: { member: person.name }, requestId: randomUUID() });
    }
  });

  for (const [index, [service, method, request]] of CALLS.entries()) {
    test(`does not exist in ${method} for whoever is banned (${index})`, async () => {
      for (const [who, { person }] of Object.entries(banned)) {
        const ask = (it) => askInAllProtocols(service, method,
            request({ ...it, self: idOf(person.name) }), person.secret);
        const answers = await ask(neverGivenOut());
        assert.deepEqual(await ask(fresh(open)), answers, who);
        assert.match(answers['application/json'], LEAVES_OUT.includes(method) ? /^200 / : /^404 /);
      }
    });
  }

  test('is on no page of a list for whoever is banned', async () => {
    for (const [who, { person }] of Object.entries(banned)) {
      for (const list of ['listCommunities', 'listMyCommunities']) {
        let pageToken = '';
        do {
          const page = await person.directory[list]({ pageSize: 100, pageToken });
          const names = page.communities.map((each) => (each.community ?? each).name);
          assert.ok(!names.includes(open.community), `${who}: ${list}`);
          pageToken = page.nextPageToken;
        } while (pageToken);
      }
    }
  });

  test('is there for everybody else', async () => {
    const stranger = await Person.join();
    assert.equal((await stranger.discussions.getPost({ name: open.post })).number, 2);
  });

  test('is there again when a ban has ended by itself', async () => {
    const [founder, guest] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    const get = () => guest.directory.getCommunity({ name: community.name });
    await get();
    await founder.bans.createBan({ parent: community.name, requestId: randomUUID(), ban: {
      member: guest.name,
      expireTime: timestampFromMs(Date.now() + 3000),
    } });
    await assertNotFound(get());
    await until(() => get().then(() => true, () => false), 'the end of the ban');
    assert.deepEqual((await founder.bans.listBans({ parent: community.name })).bans, []);
  });
});
