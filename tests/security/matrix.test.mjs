// Every method, asked by everybody: what the committed table says is what the running stack does.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Code, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-node';
import { directory, discussions, identity, live, search } from '../journeys/contracts.mjs';
import { bearer, nextAddress, Person } from '../journeys/people.mjs';
import { described } from '../journeys/refusals.mjs';
import { stack, useStack } from '../journeys/stack.mjs';
import { permissions } from './permissions.mjs';
import { REQUESTS } from './requests.mjs';
import { ADMINISTRATOR, World } from './world.mjs';

const SERVICES = [identity, directory, discussions, live, search].flatMap(Object.values)
  .filter(({ kind }) => kind === 'service');
const METHODS = SERVICES.flatMap((service) => service.methods.map((method) =>
  ({ name: `${service.name}.${method.name}`, service, method })));
// What takes no session.
const ANYONE =
    ['IdentityService.SignUp', 'IdentityService.SignIn', 'PasswordService.BeginPasswordReset',
      'PasswordService.FinishPasswordReset'];
const TABLES = permissions();
const REFUSED = { denied: 'NOT_PERMITTED', hidden: 'NOT_FOUND' };
const CODES = {
  NOT_PERMITTED: 'PermissionDenied', NOT_FOUND: 'NotFound', FIELD_INVALID: 'InvalidArgument',
  PASSWORD_LENGTH: 'InvalidArgument', SIGN_IN_REQUIRED: 'Unauthenticated',
  SESSION_ENDED: 'Unauthenticated', TOKEN_READ_ONLY: 'PermissionDenied',
  SESSION_REQUIRED: 'PermissionDenied', COMMUNITY_ARCHIVED: 'PermissionDenied',
  MEMBER_MUTED: 'PermissionDenied',
};

await useStack();
const world = await World.make();

// The reason for which a session's call is refused, with the code that goes with it, or "OK". Who
// is not recognised is limited by the address that it calls from.
async function outcome({ service, method }, request, secret, from) {
  const interceptors = secret ? [bearer(secret)] : [];
  const transport = createGrpcWebTransport(
      { httpVersion: '1.1', baseUrl: stack.gateways[0], interceptors,
        nodeOptions: { localAddress: from } });
  try {
    const answer = createClient(service, transport)[method.localName](request);
    if (method.methodKind === 'unary') {
      await answer;
    } else {
      // Allowed is what begins.
      for await (const _ of answer) break;
    }
    return 'OK';
  } catch (error) {
    const { code, reason } = described(error);
    assert.equal(Code[code], CODES[reason], error.message);
    return reason;
  }
}

test('every method has a request and a row', () => {
  const rows = [...TABLES.values()].flatMap((table) => [...table.keys()]);
  for (const { name } of METHODS) {
    assert.ok(name in REQUESTS, `${name}: add a request to requests.mjs`);
    assert.ok(rows.includes(name) || ANYONE.includes(name), `${name} has no row in permissions.md`);
  }
});

for (const each of METHODS.filter(({ name }) => REQUESTS[name])) {
  const { name } = each;
  const [request, allowed] = REQUESTS[name];
  const expected = (right) => REFUSED[right] ?? allowed;

  for (const visibility of ['OPEN', 'CLOSED', 'SECRET']) {
    const row = TABLES.get(`In ${visibility === 'OPEN' ? 'an' : 'a'} ${visibility} community`)
        .get(name);
    if (!row) continue;
    test(`${name} in ${visibility} communities is for whom the table says`, async () => {
      // In communities an administrator is an employee like any other.
      for (const [persona, right] of [...row, [ADMINISTRATOR, row.get('employee')]]) {
        const person = world.people[persona];
        if (!person) continue;
        const ask = (options) => outcome(each, request({ self: person.name,
          ...world.target(visibility, persona, options) }), person.secret);
        assert.equal(await ask(), expected(right === 'own only' ? 'denied' : right), persona);
        if (right !== 'own only') continue;
        assert.equal(await ask({ own: true }), allowed, `own: ${persona}`);
      }
    });
  }

  const row = TABLES.get('Without a community').get(name);
  if (row) {
    test(`${name} without a community is for whom the table says`, async () => {
      for (const [persona, right] of [['external, admitted', row.get('external')],
        ['employee', row.get('employee')], [ADMINISTRATOR, row.get(ADMINISTRATOR)]]) {
        const person = world.people[persona];
        assert.equal(await outcome(each, request({ self: person.name, community: '' }),
            person.secret), expected(right), persona);
      }
    });
  }
}

describe('without a session', () => {
  for (const each of METHODS) {
    const expected = ANYONE.includes(each.name) ? 'FIELD_INVALID' : 'SIGN_IN_REQUIRED';
    test(`${each.name} answers ${expected}`, async () => {
      const [request] = REQUESTS[each.name] ?? [() => ({})];
      const nothing = { self: '', community: '', topic: '', post: '' };
      assert.equal(await outcome(each, request(nothing), undefined, nextAddress()), expected);
    });
  }
});

// The owner of these tokens may do all that a member and an administrator may.
describe('with an access token', () => {
  const LIMITS = { 'read only': 'TOKEN_READ_ONLY', 'session required': 'SESSION_REQUIRED' };
  const { AccessTokenScope } = identity;
  let owner;
  let place;
  const secrets = {};

  before(async () => {
    owner = await Person.administrator();
    const community = await owner.found();
    const topic = await owner.open(community);
    const post = await owner.post(topic, 'Mine');
    place = { self: owner.name, community: community.name, topic: topic.name, post: post.name };
    for (const scope of ['READ', 'WRITE']) {
      secrets[scope] = (await owner.makeToken({ scope: AccessTokenScope[scope] })).secret;
    }
    const { accessToken, secret } = await owner.makeToken();
    secrets.revoked = secret;
    await owner.accessTokens.revokeAccessToken({ name: accessToken.name });
    secrets.expired = (await owner.makeToken({ seconds: 2 })).secret;
    await pause(2000);
  });

  for (const [index, each] of METHODS.filter(({ name }) => !ANYONE.includes(name)).entries()) {
    const [request, allowed] = REQUESTS[each.name] ?? [() => ({})];
    const row = TABLES.get('With an access token').get(each.name);
    test(`${each.name} is for whom the table says`, async () => {
      for (const [scope, right] of row) {
        assert.equal(await outcome(each, request(place), secrets[scope]),
            LIMITS[right] ?? allowed, scope);
      }
    });
    test(`${each.name} answers one that has ended or is none with SESSION_ENDED`, async () => {
      const { READ, expired, revoked } = secrets;
      const dead = [expired, revoked, `${READ.slice(0, -1)}x`, `${READ}x`];
      const secret = dead[index % dead.length];
      assert.equal(await outcome(each, request(place), secret, nextAddress()), 'SESSION_ENDED');
    });
  }
});

test('with a session that has ended nothing is answered but SESSION_ENDED', async () => {
  const ended = await Person.join();
  await ended.identity.signOut({});
  const nothing = { self: '', community: '', topic: '', post: '' };
  for (const each of METHODS.filter(({ name }) => !ANYONE.includes(name))) {
    const [request] = REQUESTS[each.name] ?? [() => ({})];
    assert.equal(await outcome(each, request(nothing), ended.secret, nextAddress()),
        'SESSION_ENDED', each.name);
  }
});
