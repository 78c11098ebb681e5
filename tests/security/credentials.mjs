// What is answered without a session, with access tokens, and with secrets that are good no more.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { identity } from '../journeys/contracts.mjs';
import { until } from '../journeys/held_streams.mjs';
import { nextAddress, Person, signedInAt } from '../journeys/people.mjs';
import { ASKED, atGateway, FOR_MEMBERS, outcome } from './methods.mjs';
import { ACTS, ANYONE } from './permissions.mjs';
import { NOTHING, REQUESTS } from './requests.mjs';
import { content, keepsakes } from './world.mjs';

async function tokensOf(person) {
  const { READ, WRITE } = identity.AccessTokenScope;
  return {
    READ: (await person.makeToken({ scope: READ })).secret,
    WRITE: (await person.makeToken({ scope: WRITE })).secret,
  };
}

function declareStrangers() {
  for (const each of ASKED) {
    const [request, allowed] = REQUESTS[each.name];
    const expected = ANYONE.includes(each.name) ? allowed : 'SIGN_IN_REQUIRED';
    test(`${each.name} answers ${expected}`, async () => {
      assert.equal(await outcome(each, request(NOTHING), atGateway(undefined, nextAddress())),
          expected);
    });
  }
}

// The owner of these tokens may do all that a member and an administrator may.
function declareTokens() {
  // By the least scope that will do: what a token of each scope is answered that does not.
  const LIMITS = {
    READ: {}, WRITE: { READ: 'TOKEN_READ_ONLY' },
    none: { READ: 'SESSION_REQUIRED', WRITE: 'SESSION_REQUIRED' },
  };
  let place;
  let secrets;

  before(async () => {
    const owner = await Person.administrator();
    const community = await owner.found();
    const other = await Person.join();
    await other.directory.getMember({ name: 'members/me' });
    const mute = await owner.mutes.createMute({ parent: community.name,
      mute: { member: other.name }, requestId: randomUUID() });
    const ban = await owner.bans.createBan({ parent: community.name,
      ban: { member: other.name }, requestId: randomUUID() });
    place = { ...await keepsakes(owner), ...await content(community, owner), ban: ban.name,
      mute: mute.name };
    secrets = await tokensOf(owner);
  });

  for (const each of FOR_MEMBERS) {
    const [request, allowed] = REQUESTS[each.name];
    const limits = LIMITS[ACTS.get(each.name).token];
    test(`${each.name} is for whom the table says`, async () => {
      for (const [scope, secret] of Object.entries(secrets)) {
        assert.equal(await outcome(each, request(place), atGateway(secret)),
            limits[scope] ?? allowed, scope);
      }
    });
  }
}

const RUN_OUT = 'a token that has run out';

// Whether nothing answers to a secret any more.
async function isOver(secret) {
  const [each] = FOR_MEMBERS;
  const [request] = REQUESTS[each.name];
  return await outcome(each, request(NOTHING), atGateway(secret, nextAddress())) ===
      'SESSION_ENDED';
}

// Secrets that were good once, or look as if they were, by what became of them.
async function deadSecrets() {
  const [person, suspended] = [await Person.join(), await Person.join()];
  const dead = { 'a session that was signed out': (await person.signIn()).sessionSecret };
  await signedInAt(0, Object.values(dead)[0]).identity.signOut({});

  const { accessToken, secret } = await person.makeToken();
  dead['a token that was revoked'] = secret;
  await person.accessTokens.revokeAccessToken({ name: accessToken.name });
  dead[RUN_OUT] = (await person.makeToken({ seconds: 2 })).secret;
  const { READ } = await tokensOf(person);
  dead['a token with another end'] = `${READ.slice(0, -1)}${READ.endsWith('x') ? 'y' : 'x'}`;
  dead['a token that is too long'] = `${READ}x`;

  dead["a suspended account's session"] = suspended.secret;
  for (const [scope, token] of Object.entries(await tokensOf(suspended))) {
    dead[`a suspended account's ${scope} token`] = token;
  }
  const administrator = await Person.administrator();
  await administrator.accounts.suspendAccount(
      { member: suspended.name, requestId: randomUUID() });
  await until(() => isOver(dead[RUN_OUT]), 'the end of a token');
  return dead;
}

function declareDead() {
  let dead;
  before(async () => { dead = await deadSecrets(); });

  for (const each of FOR_MEMBERS) {
    test(`${each.name} answers SESSION_ENDED`, async () => {
      const [request] = REQUESTS[each.name];
      for (const [what, secret] of Object.entries(dead)) {
        assert.equal(await outcome(each, request(NOTHING), atGateway(secret, nextAddress())),
            'SESSION_ENDED', what);
      }
    });
  }
}

export function declareCredentials() {
  describe('without a session', declareStrangers);
  describe('with an access token', declareTokens);
  describe('with what no longer opens anything', declareDead);
}
