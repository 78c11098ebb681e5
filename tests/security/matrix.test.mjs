// Every method, asked by everybody: what the committed table says is what the running stack does.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Code, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-node';
import { directory, discussions, identity, live } from '../journeys/contracts.mjs';
import { bearer, Person } from '../journeys/people.mjs';
import { described } from '../journeys/refusals.mjs';
import { stack, useStack } from '../journeys/stack.mjs';
import { permissions } from './permissions.mjs';
import { REQUESTS } from './requests.mjs';
import { World } from './world.mjs';

const SERVICES = [identity, directory, discussions, live].flatMap(Object.values)
  .filter(({ kind }) => kind === 'service');
const METHODS = SERVICES.flatMap((service) => service.methods.map((method) =>
  ({ name: `${service.name}.${method.name}`, service, method })));
const TABLES = permissions();
const REFUSED = { denied: 'NOT_PERMITTED', hidden: 'NOT_FOUND' };
const CODES = {
  NOT_PERMITTED: 'PermissionDenied', NOT_FOUND: 'NotFound', FIELD_INVALID: 'InvalidArgument',
  PASSWORD_LENGTH: 'InvalidArgument', SIGN_IN_REQUIRED: 'Unauthenticated',
  SESSION_ENDED: 'Unauthenticated',
};

await useStack();
const world = await World.make();

// The reason for which a session's call is refused, with the code that goes with it, or "OK".
async function outcome({ service, method }, request, secret) {
  const interceptors = secret ? [bearer(secret)] : [];
  const transport = createGrpcWebTransport(
      { httpVersion: '1.1', baseUrl: stack.gateways[0], interceptors });
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
    assert.ok(rows.includes(name) || ['IdentityService.SignUp', 'IdentityService.SignIn']
        .includes(name), `${name} has no row in permissions.md`);
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
      for (const [persona, right] of row) {
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
        ['employee', row.get('employee')]]) {
        const person = world.people[persona];
        assert.equal(await outcome(each, request({ self: person.name, community: '' }),
            person.secret), expected(right), persona);
      }
    });
  }
}

describe('without a session', () => {
  const anyone = ['IdentityService.SignUp', 'IdentityService.SignIn'];
  for (const each of METHODS) {
    const expected = anyone.includes(each.name) ? 'FIELD_INVALID' : 'SIGN_IN_REQUIRED';
    test(`${each.name} answers ${expected}`, async () => {
      const [request] = REQUESTS[each.name] ?? [() => ({})];
      const nothing = { self: '', community: '', topic: '', post: '' };
      assert.equal(await outcome(each, request(nothing)), expected);
    });
  }
});

test('with a session that has ended nothing is answered but SESSION_ENDED', async () => {
  const ended = await Person.join();
  await ended.identity.signOut({});
  const nothing = { self: '', community: '', topic: '', post: '' };
  for (const each of METHODS.filter(({ name }) => !/SignUp|SignIn/.test(name))) {
    const [request] = REQUESTS[each.name] ?? [() => ({})];
    assert.equal(await outcome(each, request(nothing), ended.secret), 'SESSION_ENDED', each.name);
  }
});
