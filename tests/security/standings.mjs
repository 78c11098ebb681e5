// What everybody is answered who stands to a community in some way, or to none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atGateway, METHODS, outcome, TABLES } from './methods.mjs';
import { REQUESTS } from './requests.mjs';
import { ADMINISTRATOR, AS_EVER, STATES, VISIBILITIES } from './world.mjs';

const REFUSED = { denied: 'NOT_PERMITTED', hidden: 'NOT_FOUND' };
// What whoever may is told where it rests, by the word of the table.
const RESTING = { archived: 'COMMUNITY_ARCHIVED', muted: 'MEMBER_MUTED' };
const RESTS = TABLES.get('Where the community is archived, and for whoever is muted');

const rowIn = (visibility, name) =>
  TABLES.get(`In ${visibility === 'OPEN' ? 'an' : 'a'} ${visibility} community`).get(name);

function declareInCommunities(world, each) {
  const { name } = each;
  const [request, allowed] = REQUESTS[name];
  for (const visibility of VISIBILITIES) {
    const row = rowIn(visibility, name);
    if (!row) continue;
    for (const state of STATES) {
      // Who may not is told what it always is.
      const rests = state !== AS_EVER && RESTS.get(name).get(state) === state;
      const may = rests ? RESTING[state] : allowed;
      test(`${name} in ${visibility} communities, ${state}: as the table says`, async () => {
        // In communities an administrator is an employee like any other.
        const rights = [...row, [ADMINISTRATOR, row.get('employee')]];
        await Promise.all(rights.map(async ([persona, right]) => {
          const person = world.people[persona];
          if (!person) return;
          const ask = (options) => outcome(each, request({ self: person.name,
            ...world.target(visibility, state, persona, options) }), atGateway(person.secret));
          const others = right === 'own only' ? 'denied' : right;
          assert.equal(await ask(), REFUSED[others] ?? may, persona);
          if (right === 'own only') assert.equal(await ask({ own: true }), may, `own: ${persona}`);
        }));
      });
    }
  }
}

function declareAlone(world, each) {
  const { name } = each;
  const [request, allowed] = REQUESTS[name];
  const row = TABLES.get('Without a community').get(name);
  if (!row) return;
  test(`${name} without a community is for whom the table says`, async () => {
    for (const [persona, right] of [['external, admitted', row.get('external')],
      ['employee', row.get('employee')], [ADMINISTRATOR, row.get(ADMINISTRATOR)]]) {
      const person = world.people[persona];
      assert.equal(await outcome(each, request({ self: person.name, community: '' }),
          atGateway(person.secret)), REFUSED[right] ?? allowed, persona);
    }
  });
}

export function declareStandings(world) {
  test('what is about a community, and nothing else, says whether it rests', () => {
    const about = VISIBILITIES.flatMap((visibility) =>
      METHODS.map(({ name }) => name).filter((name) => rowIn(visibility, name)));
    assert.deepEqual([...RESTS.keys()].toSorted(), [...new Set(about)].toSorted());
  });

  for (const each of METHODS.filter(({ name }) => REQUESTS[name])) {
    declareInCommunities(world, each);
    declareAlone(world, each);
  }
}
