// What a service itself answers, beside the gateway: a credential is good for one audience.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import * as contracts from '../journeys/contracts.mjs';
import { nextAddress, Person } from '../journeys/people.mjs';
import { stack } from '../journeys/stack.mjs';
import { atGateway, FOR_MEMBERS, methodsOf, outcome } from './methods.mjs';
import { SERVICES_ALONE } from './permissions.mjs';
import { NOTHING, REQUESTS } from './requests.mjs';

const { identity, directory, discussions, internalAccess, internalChange, internalDirectory,
  internalDiscussions, internalIdentity, internalItem } = contracts;

// What each service serves to others alone.
const INTERNAL = {
  identity: [internalIdentity, internalAccess, internalChange],
  directory: [internalDirectory, internalAccess, internalChange, internalItem],
  discussions: [internalDiscussions, internalChange, internalItem],
};
const MEMBERS = { identity, directory, discussions };
const SERVICES = Object.keys(MEMBERS);
const OTHERS = (service) => SERVICES.filter((each) => each !== service);

// The way to the first process of a service, as the gateway and its peers go it.
function atService(service, headers = {}) {
  const path = stack.socket(`${service}-1`);
  return createGrpcTransport({
    baseUrl: 'http://localhost', nodeOptions: { createConnection: () => net.connect(path) },
    interceptors: [(next) => (request) => {
      for (const [name, value] of Object.entries(headers)) request.header.set(name, value);
      return next(request);
    }],
  });
}

// As libs/access/service_token.h makes them; now, unless said otherwise.
function serviceToken(audience, { key = stack.serviceKey, seconds = 0 } = {}) {
  const text = `s1.gateway.${audience}.${Math.floor(Date.now() / 1000) + seconds}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

const byService = (audience, options) => ({ 'guildhall-service': serviceToken(audience, options) });

// The tokens with which the gateway would call each service for a session.
async function memberTokens(sessionSecret) {
  const client = createClient(internalIdentity.InternalIdentityService,
      atService('identity', byService('identity')));
  const { tokens } = await client.issueTokens({ sessionSecret, audiences: SERVICES });
  return Object.fromEntries(tokens.map(({ audience, token }) => [audience, token]));
}

export function declareAudiences() {
  let tokens;
  let awake;
  before(async () => {
    // The library's sessions of HTTP/2 keep no program running: where nothing else does, Node ends it
    // in the middle of a call.
    awake = setInterval(() => {}, 60_000);
    tokens = await memberTokens((await Person.join()).secret);
  });
  after(() => clearInterval(awake));

  for (const service of SERVICES) {
    const own = methodsOf(MEMBERS[service]).map(({ name }) => name);
    describe(`${service}, called by a member`, () => {
      for (const each of FOR_MEMBERS.filter(({ name }) => own.includes(name))) {
        const [request] = REQUESTS[each.name];
        const ask = (headers) => outcome(each, request(NOTHING), atService(service, headers));
        test(`takes no token of another audience in ${each.name}`, async () => {
          for (const other of OTHERS(service)) {
            for (const headers of [{ 'guildhall-token': tokens[other] },
              { authorization: `Bearer ${tokens[other]}` }]) {
              assert.equal(await ask(headers), 'TOKEN_INVALID', other);
            }
          }
          assert.equal(await ask(byService(service)), 'SIGN_IN_REQUIRED');
          assert.notEqual(await ask({ 'guildhall-token': tokens[service] }), 'TOKEN_INVALID');
        });
      }
    });
    describe(`${service}, called by a service`, () => {
      for (const each of INTERNAL[service].flatMap(methodsOf)) {
        test(`takes no credential but one for itself in ${each.name}`, async () => {
          const ask = (headers) => outcome(each, {}, atService(service, headers));
          const wrong = [{}, { 'guildhall-token': tokens[service] },
            ...OTHERS(service).map((other) => byService(other)),
            byService(service, { key: 'x'.repeat(43) }), byService(service, { seconds: -180 }),
            byService(service, { seconds: 180 })];
          for (const headers of wrong) {
            assert.equal(await ask(headers), 'SERVICE_ONLY', JSON.stringify(headers));
          }
        });
      }
    });
  }

  test('every method for services alone is among them', () => {
    const asked = Object.values(INTERNAL).flat().flatMap(methodsOf).map(({ name }) => name);
    assert.deepEqual([...new Set(asked)].toSorted(), SERVICES_ALONE.toSorted());
  });

  test('a credential for itself is taken', async () => {
    const [keys] = methodsOf(internalIdentity).filter(({ name }) => name.endsWith('.GetKeys'));
    assert.equal(await outcome(keys, {}, atService('identity', byService('identity'))), 'OK');
  });

  describe('the gateway', () => {
    for (const each of FOR_MEMBERS) {
      test(`takes none of a service's credentials in ${each.name}`, async () => {
        const [request] = REQUESTS[each.name];
        for (const token of [...Object.values(tokens), serviceToken('directory')]) {
          assert.equal(await outcome(each, request(NOTHING), atGateway(token, nextAddress())),
              'HEADER_MALFORMED');
        }
      });
    }
  });
}
