// What is answered without a session, with one that has ended, and with access tokens.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { identity } from '../journeys/contracts.mjs';
import { nextAddress, Person } from '../journeys/people.mjs';
import { ANYONE, ASKED, atGateway, FOR_MEMBERS, outcome, TABLES } from './methods.mjs';
import { REQUESTS } from './requests.mjs';
import { content, keepsakes } from './world.mjs';

const NOTHING = { self: '', community: '', topic: '', post: '', poll: '', session: '',
  accessToken: '' };

function declareStrangers() {
  for (const each of ASKED) {
    const expected = ANYONE.includes(each.name) ? 'FIELD_INVALID' : 'SIGN_IN_REQUIRED';
    test(`${each.name} answers ${expected}`, async () => {
      const [request] = REQUESTS[each.name];
      assert.equal(await outcome(each, request(NOTHING), atGateway(undefined, nextAddress())),
          expected);
    });
  }
}

// The owner of these tokens may do all that a member and an administrator may.
function declareTokens() {
  const LIMITS = { 'read only': 'TOKEN_READ_ONLY', 'session required': 'SESSION_REQUIRED' };
  const { AccessTokenScope } = identity;
  let owner;
  let place;
  const secrets = {};

  before(async () => {
    owner = await Person.administrator();
    place = { ...await keepsakes(owner), ...await content(await owner.found(), owner) };
    for (const scope of ['READ', 'WRITE']) {
      secrets[scope] = (await owner.makeToken({ scope: AccessTokenScope[scope] })).secret;
    }
    const { accessToken, secret } = await owner.makeToken();
    secrets.revoked = secret;
    await owner.accessTokens.revokeAccessToken({ name: accessToken.name });
    secrets.expired = (await owner.makeToken({ seconds: 2 })).secret;
    await pause(2000);
  });

  for (const [index, each] of FOR_MEMBERS.entries()) {
    const [request, allowed] = REQUESTS[each.name];
    const row = TABLES.get('With an access token').get(each.name);
    test(`${each.name} is for whom the table says`, async () => {
      for (const [scope, right] of row) {
        assert.equal(await outcome(each, request(place), atGateway(secrets[scope])),
            LIMITS[right] ?? allowed, scope);
      }
    });
    test(`${each.name} answers one that has ended or is none with SESSION_ENDED`, async () => {
      const { READ, expired, revoked } = secrets;
      const dead = [expired, revoked, `${READ.slice(0, -1)}x`, `${READ}x`];
      const secret = dead[index % dead.length];
      assert.equal(await outcome(each, request(place), atGateway(secret, nextAddress())),
          'SESSION_ENDED');
    });
  }
}

export function declareCredentials() {
  describe('without a session', declareStrangers);
  describe('with an access token', declareTokens);

  test('with a session that has ended nothing is answered but SESSION_ENDED', async () => {
    const ended = await Person.join();
    await ended.identity.signOut({});
    for (const each of FOR_MEMBERS) {
      const [request] = REQUESTS[each.name];
      assert.equal(await outcome(each, request(NOTHING), atGateway(ended.secret, nextAddress())),
          'SESSION_ENDED', each.name);
    }
  });
}
