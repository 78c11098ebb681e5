// What everybody is answered who stands to a community in some way, or to none.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ASKED, atGateway, METHODS, outcome, TABLES } from './methods.mjs';
import { ENDS_SESSION, REQUESTS } from './requests.mjs';
import { ADMINISTRATOR, AS_EVER, keepsakes, STATES, VISIBILITIES } from './world.mjs';

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

function declareAlone(world) {
  const table = TABLES.get('Without a community');
  const columns = { 'external, admitted': 'external', employee: 'employee',
    [ADMINISTRATOR]: ADMINISTRATOR };
  const own = {};

  before(async () => {
    for (const persona of Object.keys(columns)) own[persona] = await keepsakes(world.people[persona]);
  });

  for (const each of ASKED.filter(({ name }) => table.has(name))) {
    const [request, allowed] = REQUESTS[each.name];
    test(`${each.name} is for whom the table says`, async () => {
      for (const [persona, column] of Object.entries(columns)) {
        const person = world.people[persona];
        const secret = each.name === ENDS_SESSION
          ? (await person.signIn()).sessionSecret : person.secret;
        assert.equal(await outcome(each, request({ ...own[persona], community: '' }),
            atGateway(secret)), REFUSED[table.get(each.name).get(column)] ?? allowed, persona);
      }
    });
  }
}

export function declareStandings(world) {
  test('what is about a community, and nothing else, says whether it rests', () => {
    const about = VISIBILITIES.flatMap((visibility) =>
      METHODS.map(({ name }) => name).filter((name) => rowIn(visibility, name)));
    assert.deepEqual([...RESTS.keys()].toSorted(), [...new Set(about)].toSorted());
  });

  for (const each of ASKED) declareInCommunities(world, each);
  describe('without a community', () => declareAlone(world));
}
