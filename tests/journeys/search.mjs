// Finding people, communities and posts, and only those whom and which one may know.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { directory, search } from './contracts.mjs';
import { until } from './held_streams.mjs';
import { CUSTOMERS, Person } from './people.mjs';
import { stack } from './stack.mjs';

const { Admits, Facet } = directory;
const { SearchState } = search;
// How long the gateway waits for each kind, and what a loaded machine adds.
const PATIENCE_MS = 1000;
const SLACK_MS = 2000;
// Posts are looked for in a hundred communities, of which the stack may have more.
const LOOKED = [SearchState.COMPLETE, SearchState.PARTIAL];

// Somebody with a name and skills that nobody else has.
async function somebody(mark, { name = `Ünal ${mark}`, ...options } = {}) {
  const person = await Person.join({ name, ...options });
  await person.directory.updateMember({
    member: { name: person.name, location: `Town ${mark}`, skills: [`Lathe ${mark}`, 'Rye'] },
    updateMask: { paths: ['location', 'skills'] },
    requestId: randomUUID(),
  });
  return person;
}
const newMark = () => randomUUID().replaceAll(/[^a-z]/g, '').padEnd(10, 'xyzzy').slice(0, 10);
const found = async (person, request) =>
  (await person.memberSearch.searchMembers(request)).members.map(({ name }) => name);

describe('a search for members', () => {
  test('forgives accents, case and one typo, and knows what was edited at once', async () => {
    const mark = newMark();
    const [reader, person] = [await Person.join(), await somebody(mark)];
    const typo = mark.slice(0, 4) + mark.slice(5);
    for (const { memberSearch } of reader.at) {
      for (const query of [`unal ${mark}`, mark.toUpperCase().slice(0, 7), typo]) {
        assert.deepEqual((await memberSearch.searchMembers({ query })).members
            .map(({ name }) => name), [person.name], query);
      }
    }
    assert.deepEqual(await found(reader, { skills: [`lathe ${mark}`] }), [person.name]);
    assert.deepEqual(await found(reader, { skills: [`lathe ${mark}`, 'Wheat'] }), []);
  });

  test('counts for a customer only those whom it may know', async () => {
    const mark = newMark();
    const [shared, hidden] = [await somebody(mark), await somebody(mark)];
    const customer = await Person.join({ domain: CUSTOMERS });
    const community = await shared.found({ admits: Admits.EVERYONE });
    await hidden.found();
    const ask = (who) => who.memberSearch.searchMembers({ location: `Town ${mark}` });
    assert.deepEqual((await ask(customer)).members, []);
    await customer.join(community);
    const answer = await ask(customer);
    assert.deepEqual(answer.members.map(({ name }) => name), [shared.name]);
    assert.deepEqual([answer.totalSize, answer.moreMatch], [1, false]);
    const counted = answer.facets.filter(({ facet }) => facet === Facet.COMMUNITY);
    assert.deepEqual(counted.map(({ value, memberCount }) => [value, memberCount]),
        [[community.name, 1]]);
    assert.equal((await ask(hidden)).totalSize, 2);
    await customer.memberships.leaveCommunity({ name: community.name, requestId: randomUUID() });
    assert.deepEqual((await ask(customer)).members, []);
  });
});

describe('a search for communities', () => {
  test('finds them by name, with a typo, where the caller may see them', async () => {
    const mark = newMark();
    const [founder, customer] = [await Person.join(), await Person.join({ domain: CUSTOMERS })];
    const { name } = await founder.found({ displayName: `Weavers ${mark}` });
    const ask = async (who, query) =>
      (await who.communitySearch.searchCommunities({ query })).communities.map((each) => each.name);
    for (const query of [mark.slice(0, 6), `WEAVERS ${mark}`, mark.slice(0, 4) + mark.slice(5)]) {
      assert.deepEqual(await ask(founder, query), [name], query);
      assert.deepEqual(await ask(customer, query), [], query);
    }
  });
});

describe('a search for everything', () => {
  let reader;
  let mark;
  let named;
  const ask = (request = {}) => reader.search.search({ query: mark, ...request });

  before(async () => {
    mark = newMark();
    named = await somebody(mark);
    reader = await Person.join();
    const community = await reader.found({ displayName: `Smiths ${mark}` });
    await reader.post(await reader.open(community), `We speak of ${mark}.`);
    await until(async () => (await ask()).posts.results.length > 0, 'the post to be found');
  });

  test('finds members, communities and posts, of each kind its quota', async () => {
    const { members, communities, posts } = await ask();
    assert.deepEqual([members.state, communities.state], Array(2).fill(SearchState.COMPLETE));
    assert.ok(LOOKED.includes(posts.state));
    assert.deepEqual(members.members.map(({ name }) => name), [named.name]);
    assert.equal(communities.communities[0].displayName, `Smiths ${mark}`);
    assert.equal(posts.results[0].excerpt, `We speak of ${mark}.`);
    for (let n = 0; n < 2; ++n) await somebody(mark);
    assert.equal((await ask({ memberQuota: 2 })).members.members.length, 2);
  });

  test('goes on without a service that is frozen, and says so', async () => {
    const frozen = ['discussions-1', 'discussions-2'];
    for (const name of frozen) stack.signal(name, 'SIGSTOP');
    try {
      const began = performance.now();
      const { members, communities, posts } = await ask();
      const tookMs = performance.now() - began;
      assert.equal(posts.state, SearchState.LATE);
      assert.deepEqual(posts.results, []);
      assert.equal(members.state, SearchState.COMPLETE);
      assert.ok(members.members.some(({ name }) => name === named.name));
      assert.equal(communities.state, SearchState.COMPLETE);
      assert.equal(communities.communities.length, 1);
      assert.ok(tookMs < PATIENCE_MS + SLACK_MS, `${tookMs} ms`);
    } finally {
      for (const name of frozen) stack.signal(name, 'SIGCONT');
    }
    await until(async () => LOOKED.includes((await ask()).posts.state), 'posts again');
  });
});
