// How a call is refused: code, reason, domain, fields, as the contracts promise them.
import assert from 'node:assert/strict';
import { Code, ConnectError } from '@connectrpc/connect';
import { rpc } from './contracts.mjs';

// The packages in which reasons are declared.
export const POLICY = 'guildhall.policy.v1';
export const IDENTITY = 'guildhall.identity.v1';
export const DIRECTORY = 'guildhall.directory.v1';
export const DISCUSSIONS = 'guildhall.discussions.v1';
export const GATEWAY = 'guildhall.gateway.v1';

// The typed refusal of a call; fails when the call is answered, or fails without a reason.
export async function refusal(call) {
  let answer;
  try {
    answer = await call;
  } catch (error) {
    assert.ok(error instanceof ConnectError, `no refusal but ${error.stack}`);
    return described(error);
  }
  assert.fail(`answered: ${JSON.stringify(answer, (_, v) => typeof v === 'bigint' ? `${v}` : v)}`);
}

export function described(error) {
  const [info] = error.findDetails(rpc.ErrorInfoSchema);
  const [badRequest] = error.findDetails(rpc.BadRequestSchema);
  const [retry] = error.findDetails(rpc.RetryInfoSchema);
  return {
    code: error.code,
    message: error.rawMessage,
    reason: info?.reason,
    domain: info?.domain,
    metadata: info?.metadata,
    fields: badRequest?.fieldViolations.map((violation) => violation.field),
    retryMs: retry && Number(retry.retryDelay.seconds) * 1000 + retry.retryDelay.nanos / 1e6,
  };
}

// Asserts that a call is refused with a code and a reason; answers the whole refusal.
export async function assertRefused(call, code, reason, domain = POLICY) {
  const found = await refusal(call);
  assert.deepEqual({ code: Code[found.code], reason: found.reason, domain: found.domain },
      { code: Code[code], reason, domain }, found.message);
  return found;
}

export const assertNotFound = (call) => assertRefused(call, Code.NotFound, 'NOT_FOUND');
export const assertSessionEnded =
    (call) => assertRefused(call, Code.Unauthenticated, 'SESSION_ENDED');

// Asserts FIELD_INVALID for just these fields.
export async function assertFieldInvalid(call, ...fields) {
  const found = await assertRefused(call, Code.InvalidArgument, 'FIELD_INVALID');
  assert.deepEqual(found.fields, fields, found.message);
}
