// What everybody is answered who stands to a community in some way, or to none.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ASKED, atGateway, outcome } from './methods.mjs';
import { ACTS } from './permissions.mjs';
import { ENDS_SESSION, REQUESTS } from './requests.mjs';
import { ADMINISTRATOR, AS_EVER, keepsakes, STATES, VISIBILITIES } from './world.mjs';

const REFUSED = { denied: 'NOT_PERMITTED', hidden: 'NOT_FOUND' };
// What whoever may is told where it rests.
const RESTING = { archived: 'COMMUNITY_ARCHIVED', muted: 'MEMBER_MUTED' };

function declareInCommunities(world, each) {
  const { name } = each;
  const [request, allowed] = REQUESTS[name];
  for (const visibility of VISIBILITIES) {
    const row = ACTS.get(name)?.about(visibility);
    if (!row) continue;
    for (const state of STATES) {
      // Who may not is told what it always is.
      const rests = state !== AS_EVER && ACTS.get(name)[state] === 'rests';
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
  const columns = { 'external, admitted': 'external', employee: 'employee',
    [ADMINISTRATOR]: ADMINISTRATOR };
  const own = {};

  before(async () => {
    for (const persona of Object.keys(columns)) own[persona] = await keepsakes(world.people[persona]);
  });

  for (const each of ASKED.filter(({ name }) => ACTS.get(name)?.alone)) {
    const [request, allowed] = REQUESTS[each.name];
    const { alone } = ACTS.get(each.name);
    test(`${each.name} is for whom the table says`, async () => {
      for (const [persona, column] of Object.entries(columns)) {
        const person = world.people[persona];
        const secret = each.name === ENDS_SESSION
          ? (await person.signIn()).sessionSecret : person.secret;
        assert.equal(await outcome(each, request({ ...own[persona], community: '' }),
            atGateway(secret)), REFUSED[alone.get(column)] ?? allowed, persona);
      }
    });
  }
}

export function declareStandings(world) {
  test('what is about a community, and nothing else, says whether it rests', () => {
    for (const [name, { about, archived, muted }] of ACTS) {
      for (const visibility of VISIBILITIES) {
        const words = about(visibility) ? ['goes on', 'rests'] : [undefined];
        assert.ok(words.includes(archived) && words.includes(muted), name);
      }
    }
  });

  for (const each of ASKED) declareInCommunities(world, each);
  describe('without a community', () => declareAlone(world));
}
