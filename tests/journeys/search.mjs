// Finding people: by what they are called and what they do, and only whom one may know.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { directory } from './contracts.mjs';
import { CUSTOMERS, Person } from './people.mjs';

const { Admits, Facet } = directory;

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
    await customer.directory.leaveCommunity({ name: community.name, requestId: randomUUID() });
    assert.deepEqual((await ask(customer)).members, []);
  });
});
