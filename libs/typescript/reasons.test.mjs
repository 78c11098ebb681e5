// Every reason of the contracts is known by its name, and nothing else is.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Code, ConnectError } from '@connectrpc/connect';
import { isReason, reasonOf, REASONS, refusalOf } from '@guildhall/client';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema }
  from '@guildhall/client/contracts/google/rpc/status_pb';

const POLICY = 'guildhall.policy.v1';
const protos = new URL('../../protos/guildhall/', import.meta.url);

function declared() {
  const found = [];
  for (const area of readdirSync(protos)) {
    if (!readdirSync(new URL(`${area}/v1/`, protos)).includes('reason.proto')) continue;
    const text = readFileSync(new URL(`${area}/v1/reason.proto`, protos), 'utf8');
    for (const [, name] of text.matchAll(/^ {2}REASON_(\w+) = [1-9]/gm)) {
      found.push([`guildhall.${area}.v1`, name]);
    }
  }
  return found;
}

function refused(domain, reason, more = []) {
  return new ConnectError('no', Code.Aborted, undefined,
      [{ desc: ErrorInfoSchema, value: { domain, reason } }, ...more]);
}

describe('a reason', () => {
  test('is known if a contract declares it', () => {
    const all = declared();
    assert.ok(all.length > 40, `${all.length}`);
    for (const [domain, name] of all) assert.equal(reasonOf(refused(domain, name)), name, name);
    const domains = new Set(all.map(([domain]) => domain));
    assert.deepEqual(new Set(Object.keys(REASONS)), domains);
  });

  test('is told from others', () => {
    const error = refused(POLICY, 'NOT_PERMITTED');
    assert.ok(isReason(error, 'NOT_PERMITTED'));
    assert.ok(isReason(error, 'NOT_FOUND', 'NOT_PERMITTED'));
    assert.ok(!isReason(error, 'NOT_FOUND'));
  });

  test('of a newer server is kept as it was sent', () => {
    for (const [domain, reason] of [[POLICY, 'MOON_IS_FULL'], ['guildhall.events.v1', 'FULL'],
      [POLICY, 'UNSPECIFIED'], [POLICY, '4'], [POLICY, 'toString'], ['constructor', 'name']]) {
      const found = refusalOf(refused(domain, reason));
      assert.deepEqual([found.reason, found.sent], [undefined, { reason, domain }]);
    }
  });

  test('is not found where Guildhall did not refuse', () => {
    for (const error of [new Error('x'), undefined, null, 'NOT_FOUND',
      new ConnectError('the connection broke', Code.Unavailable)]) {
      assert.equal(refusalOf(error), undefined);
      assert.ok(!isReason(error, 'NOT_FOUND'));
    }
  });

  test('comes with fields and with the time of a repeat', () => {
    const found = refusalOf(refused(POLICY, 'FIELD_INVALID', [
      { desc: BadRequestSchema, value: { fieldViolations: [{ field: 'member.display_name',
        description: 'is empty' }] } },
      { desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n, nanos: 500_000_000 } } },
    ]));
    assert.deepEqual(found.fields, [{ field: 'member.displayName', description: 'is empty' }]);
    assert.equal(found.retryAfterMs, 2500);
    assert.equal(found.message, 'no');
  });
});
