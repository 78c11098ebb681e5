// How somebody's programs call: access tokens, at both gateways, in every protocol.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { identity } from './contracts.mjs';
import { holdStreams, until } from './held_streams.mjs';
import { CUSTOMERS, Person, signedInAt, WAYS } from './people.mjs';
import { assertFieldInvalid, assertNotFound, assertRefused, assertSessionEnded }
  from './refusals.mjs';

const { AccessTokenScope } = identity;
// Somebody who calls by a token alone.
const programOf = ({ secret }, { name }) => Object.assign(new Person(), { secret, name });
const assertReadOnly = (call) => assertRefused(call, Code.PermissionDenied, 'TOKEN_READ_ONLY');
const assertSessionRequired =
    (call) => assertRefused(call, Code.PermissionDenied, 'SESSION_REQUIRED');

describe('an access token', () => {
  for (const way of Object.keys(WAYS)) {
    test(`does what its owner may (${way})`, async () => {
      const person = await Person.join();
      const { secret } = await person.makeToken();
      const program = signedInAt(1, secret, { way });
      assert.equal((await program.identity.getMe({})).email, person.email);
      const community = await program.directory.createCommunity({ requestId: randomUUID(),
        community: { displayName: `Bots ${randomUUID()}`, kind: 2, visibility: 1, admits: 1 } });
      const { communities } = await person.directory.listMyCommunities({});
      assert.deepEqual(communities.map((each) => each.community.name), [community.name]);
    });
  }

  test('that reads sees what its owner sees, and changes nothing', async () => {
    const person = await Person.join();
    const community = await person.found();
    const topic = await person.open(community);
    const program = programOf(await person.makeToken({ scope: AccessTokenScope.READ }), person);
    for (const { discussions } of program.at) {
      assert.equal((await discussions.listPosts({ parent: topic.name })).posts.length, 1);
    }
    await assertReadOnly(program.post(topic, 'By a program'));
    await assertReadOnly(program.found());
    await assertReadOnly(program.discussions.updateReadState(
        { readState: { topic: topic.name, lastReadNumber: 1 } }));
    // Nor does it learn what there is by what it is refused.
    const nothing = { name: `topics/${randomUUID()}` };
    await assertReadOnly(program.post(nothing, 'x'));
    await assertNotFound(program.discussions.getTopic(nothing));
    assert.equal((await person.discussions.listPosts({ parent: topic.name })).posts.length, 1);
  });

  test('manages no session, password, token or account, not even as an administrator', async () => {
    const admin = await Person.administrator();
    const program = programOf(await admin.makeToken(), admin);
    for (const { identity, accounts, accessTokens } of program.at) {
      await assertSessionRequired(identity.listSessions({}));
      await assertSessionRequired(identity.revokeSessions({ scope: 2 }));
      await assertSessionRequired(identity.signOut({}));
      await assertSessionRequired(accessTokens.listAccessTokens({}));
      await assertSessionRequired(accounts.listAdministrators({}));
    }
    await assertSessionRequired(program.makeToken());
    await admin.accounts.listAdministrators({});
  });

  test('is revoked: calls and streams with it end at both gateways, the owner goes on', async () => {
    const person = await Person.join();
    const token = await person.makeToken({ scope: AccessTokenScope.READ });
    const program = programOf(token, person);
    const streams = await holdStreams(program);
    await person.at[1].accessTokens.revokeAccessToken({ name: token.accessToken.name });
    for (const { identity, directory } of program.at) {
      await assertSessionEnded(identity.getMe({}));
      await assertSessionEnded(directory.getMember({ name: 'members/me' }));
    }
    await until(() => streams.every(({ end }) => end?.reason === 'SESSION_ENDED'), 'ending');
    await person.identity.getMe({});
    const { accessTokens } = await person.accessTokens.listAccessTokens({});
    assert.deepEqual(accessTokens, []);
  });

  test('is listed with when it was last used, and by its owner alone', async () => {
    const [person, other] = [await Person.join(), await Person.join({ domain: CUSTOMERS })];
    const token = await person.makeToken();
    await programOf(token, person).identity.getMe({});
    const listed = async () =>
      (await person.at[1].accessTokens.listAccessTokens({})).accessTokens[0];
    await until(async () => (await listed()).lastUsedTime, 'noting a use');
    assert.equal((await listed()).name, token.accessToken.name);
    assert.deepEqual((await other.accessTokens.listAccessTokens({})).accessTokens, []);
    const { name } = token.accessToken;
    await assertNotFound(other.accessTokens.revokeAccessToken({ name }));
  });

  test('that would outlive a year is refused', async () => {
    const person = await Person.join();
    await assertFieldInvalid(person.makeToken({ seconds: 367 * 24 * 3600 }),
        'access_token.expire_time');
  });

  test('ends with its owner', async () => {
    const [admin, person] = [await Person.administrator(), await Person.join()];
    const program = programOf(await person.makeToken(), person);
    await program.identity.getMe({});
    const about = () => ({ member: person.name, requestId: randomUUID() });
    await admin.accounts.suspendAccount(about());
    for (const { identity } of program.at) await assertSessionEnded(identity.getMe({}));
    await admin.accounts.reactivateAccount(about());
    await assertSessionEnded(program.identity.getMe({}));
  });
});
