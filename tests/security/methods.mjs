// All methods that somebody outside may call, and how one is asked.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Code, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-node';
import { directory, discussions, identity, live, search } from '../journeys/contracts.mjs';
import { bearer } from '../journeys/people.mjs';
import { described } from '../journeys/refusals.mjs';
import { stack } from '../journeys/stack.mjs';
import { ANYONE } from './permissions.mjs';
import { REQUESTS } from './requests.mjs';

export const methodsOf = (contracts) => Object.values(contracts).filter(({ kind }) => kind === 'service')
    .flatMap((service) => service.methods.map((method) =>
      ({ name: `${service.name}.${method.name}`, service, method })));

export const METHODS = [identity, directory, discussions, live, search].flatMap(methodsOf);
// Those with a request; that all have one is a test.
export const ASKED = METHODS.filter(({ name }) => name in REQUESTS);
export const FOR_MEMBERS = ASKED.filter(({ name }) => !ANYONE.includes(name));

const CODES = {
  NOT_PERMITTED: 'PermissionDenied', NOT_FOUND: 'NotFound', FIELD_INVALID: 'InvalidArgument',
  PASSWORD_LENGTH: 'InvalidArgument', SIGN_IN_REQUIRED: 'Unauthenticated',
  SESSION_ENDED: 'Unauthenticated', TOKEN_READ_ONLY: 'PermissionDenied',
  SESSION_REQUIRED: 'PermissionDenied', COMMUNITY_ARCHIVED: 'PermissionDenied',
  MEMBER_MUTED: 'PermissionDenied', TOKEN_INVALID: 'Unauthenticated',
  SERVICE_ONLY: 'PermissionDenied', HEADER_MALFORMED: 'InvalidArgument',
  RATE_LIMITED: 'ResourceExhausted',
};
// A session's burst is filled again within seconds.
const PATIENCE_MS = 20_000;
const PAUSE_MS = 200;

// The way to a gateway of whoever has this secret, if any. Who is not recognised is limited by the
// address that it calls from.
export const atGateway = (secret, from) => createGrpcWebTransport({ httpVersion: '1.1',
  baseUrl: stack.gateways[0], interceptors: secret ? [bearer(secret)] : [],
  nodeOptions: { localAddress: from } });

// The reason for which a call is refused, with the code that goes with it, or "OK". Personas call as
// fast as the stack answers: who is told to slow down asks again.
export async function outcome(each, request, transport) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const reason = await outcomeOfOne(each, request, transport);
    if (reason !== 'RATE_LIMITED' || Date.now() > end) return reason;
    await pause(PAUSE_MS);
  }
}

async function outcomeOfOne({ service, method }, request, transport) {
  const controller = new AbortController();
  try {
    const answer = createClient(service, transport)[method.localName](
        request, { signal: controller.signal });
    if (method.methodKind === 'unary') {
      await answer;
    } else {
      // Allowed is what begins.
      for await (const _ of answer) break;
      controller.abort();
    }
    return 'OK';
  } catch (error) {
    const { code, reason } = described(error);
    assert.equal(Code[code], CODES[reason], error.message);
    return reason;
  }
}
