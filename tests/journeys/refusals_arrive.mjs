// What a service refuses arrives typed in every protocol: reason, fields at fault, when to return.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { clientsAt, Person, signedInAt, WAYS } from './people.mjs';
import {
  assertFieldInvalid, assertNotFound, assertRefused, IDENTITY, refusal,
} from './refusals.mjs';
import { reasonIn, sendJson } from './wire.mjs';

describe('a refusal', () => {
  let person;
  before(async () => { person = await Person.join(); });

  for (const way of Object.keys(WAYS)) {
    test(`carries its reason and the fields at fault (${way})`, async () => {
      const { directory, discussions } = signedInAt(0, person.secret, { way });
      await assertNotFound(directory.getCommunity({ name: `communities/${randomUUID()}` }));
      await assertFieldInvalid(directory.getCommunity({ name: 'communities/Größe' }), 'name');
      await assertFieldInvalid(discussions.listPosts({ parent: 'topics/7' }), 'parent');
      await assertRefused(clientsAt(0, { way }).directory.getMember({ name: 'members/me' }),
          Code.Unauthenticated, 'SIGN_IN_REQUIRED');
    });
  }

  test('names an unknown path of a field mask', async () => {
    await assertFieldInvalid(person.directory.updateMember({
      member: { name: person.name }, updateMask: { paths: ['affiliation'] },
      requestId: randomUUID(),
    }), 'update_mask');
  });

  test('names a request id that is none', async () => {
    await assertFieldInvalid(person.directory.updateMember({
      member: { name: person.name, headline: 'x' }, updateMask: { paths: ['headline'] },
      requestId: 'again',
    }), 'request_id');
  });

  test('of a session in a hurry says when to come back, and slows nobody else', async () => {
    const [hasty, other] = [await Person.join(), await Person.join()];
    await hasty.identity.getMe({});
    const answers = await Promise.all(Array.from({ length: 400 }, () => sendJson({
      path: '/guildhall.identity.v1.IdentityService/GetMe', secret: hasty.secret })));
    const late = answers.filter(({ status }) => status !== 200);
    assert.ok(late.length > 0, 'all were answered');
    for (const answer of late) {
      assert.deepEqual([answer.status, reasonIn(answer)], [429, 'RATE_LIMITED']);
      assert.ok(Number(answer.headers['retry-after']) >= 1);
      assert.equal(answer.headers['ratelimit-remaining'], '0');
    }
    await other.identity.getMe({});
  });

  test('of a guesser says when to come back', async () => {
    const message = { email: person.email, password: 'the kettle hums in A minor',
      delivery: 'SESSION_DELIVERY_BEARER', requestId: randomUUID() };
    const guess = () => refusal(person.signIn({ password: message.password }));
    let guesses = 0;
    let found = await guess();
    for (; found.reason === 'CREDENTIALS_WRONG' && guesses < 10; ++guesses) found = await guess();
    assert.deepEqual([found.code, found.reason, found.domain],
        [Code.ResourceExhausted, 'SIGN_IN_THROTTLED', IDENTITY]);
    assert.ok(guesses >= 5, `closed after ${guesses}`);
    assert.ok(found.retryMs > 0 && found.retryMs <= 5 * 60 * 1000, `${found.retryMs} ms`);
    const { status, headers } = await sendJson({
      path: '/guildhall.identity.v1.IdentityService/SignIn', message, from: person.from });
    assert.equal(status, 429);
    assert.ok(Number(headers['retry-after']) >= 1);
  });
});
