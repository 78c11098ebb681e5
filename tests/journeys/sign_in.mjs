// Accounts, sessions and profiles.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { directory, identity } from './contracts.mjs';
import { browserAt } from './browsers.mjs';
import { CUSTOMERS, clientsAt, EMPLOYEES, PASSWORD, Person, signedInAt, WAYS } from './people.mjs';
import { assertRefused, assertSessionEnded, IDENTITY, refusal } from './refusals.mjs';
import { stack } from './stack.mjs';

const { Affiliation } = directory;
const { RevocationScope } = identity;

describe('sign-in', () => {
  for (const way of Object.keys(WAYS)) {
    test(`a member signs in, is known and signs out (${way})`, async () => {
      const person = await Person.join();
      const { sessionSecret } = await clientsAt(0, { way }).identity.signIn({
        email: person.email, password: PASSWORD,
        delivery: identity.SessionDelivery.BEARER, requestId: randomUUID(),
      });
      const mine = signedInAt(0, sessionSecret, { way });
      assert.equal((await mine.identity.getMe({})).email, person.email);
      assert.equal((await mine.directory.getMember({ name: 'members/me' })).name, person.name);
      await mine.identity.signOut({});
      await assertSessionEnded(mine.identity.getMe({}));
    });
  }

  test('the first call makes the member, an employee by the domain of the address', async () => {
    const employee = await Person.join({ domain: EMPLOYEES, name: 'Ines Ro' });
    const customer = await Person.join({ domain: CUSTOMERS });
    const member = await employee.directory.getMember({ name: 'members/me' });
    assert.equal(member.name, employee.name);
    assert.equal(member.displayName, 'Ines Ro');
    assert.equal(member.affiliation, Affiliation.EMPLOYEE);
    assert.equal((await customer.directory.getMember({ name: customer.name })).affiliation,
        Affiliation.EXTERNAL);
  });

  test('first calls at both gateways at once make one member', async () => {
    const person = await Person.join();
    const members = await Promise.all(Array.from({ length: 8 }, (_, i) =>
        person.at[i % 2].directory.getMember({ name: 'members/me' })));
    assert.deepEqual(new Set(members.map((member) => member.etag)).size, 1);
  });

  test('a session that was signed out is dead at both gateways at once', async () => {
    const person = await Person.join();
    for (const { directory } of person.at) await directory.getMember({ name: 'members/me' });
    await person.identity.signOut({});
    for (const { identity, directory, discussions } of person.at) {
      await assertSessionEnded(identity.getMe({}));
      await assertSessionEnded(directory.getMember({ name: 'members/me' }));
      await assertSessionEnded(discussions.batchGetReadStates({ topics: [] }));
    }
  });

  test('a wrong password and an unknown address are answered alike', async () => {
    const person = await Person.join();
    const wrong = await assertRefused(person.signIn({ password: 'not the kettle at all' }),
        Code.Unauthenticated, 'CREDENTIALS_WRONG', IDENTITY);
    const unknown = await refusal(person.signIn({ email: `${randomUUID()}@${EMPLOYEES}` }));
    assert.deepEqual(unknown, wrong);
  });

  test('an address has one account', async () => {
    const person = await Person.join();
    await assertRefused(clientsAt(1).identity.signUp({
      email: person.email.toUpperCase(), password: PASSWORD, displayName: 'Another',
      requestId: randomUUID(),
    }), Code.AlreadyExists, 'EMAIL_TAKEN', IDENTITY);
  });

  test('a secret is shown once: a repeated sign-in is refused', async () => {
    const person = await Person.join();
    const requestId = randomUUID();
    await person.signIn({ requestId });
    await assertRefused(person.signIn({ requestId, gateway: 1 }), Code.AlreadyExists,
        'SECRET_ALREADY_ISSUED');
  });
});

describe('a session in a cookie', () => {
  test('the browser never sees the secret, and signing out takes the cookie away', async () => {
    const person = await Person.join();
    const browser = browserAt(stack.gateways[0]);
    const answer = await browser.identity.signIn({
      email: person.email, password: PASSWORD, delivery: identity.SessionDelivery.COOKIE,
      requestId: randomUUID(),
    });
    assert.equal(answer.sessionSecret, '');
    assert.match(browser.setCookie, /; HttpOnly/);
    assert.match(browser.setCookie, /; SameSite=Lax/);
    assert.equal((await browser.identity.getMe({})).member, person.name);
    await browser.identity.signOut({});
    assert.equal(browser.cookie, '');
    await assertRefused(browser.identity.getMe({}), Code.Unauthenticated, 'SIGN_IN_REQUIRED');
  });
});

describe('sessions', () => {
  test('are listed newest first, the calling one marked', async () => {
    const person = await Person.join();
    const { session } = await person.signIn({ gateway: 1 });
    const { sessions } = await person.identity.listSessions({});
    assert.equal(sessions.length, 2);
    assert.equal(sessions[0].name, session.name);
    assert.deepEqual(sessions.map((each) => each.current), [false, true]);
    assert.equal(sessions[0].addressPrefix, person.from.replace(/\.\d+$/, '.0/24'));
  });

  test('one is revoked: it is dead everywhere, the others live', async () => {
    const person = await Person.join();
    const other = await person.signIn();
    const others = [0, 1].map((gateway) => signedInAt(gateway, other.sessionSecret));
    for (const { identity } of others) await identity.getMe({});
    await person.identity.revokeSession({ name: other.session.name });
    for (const { directory } of others) {
      await assertSessionEnded(directory.getMember({ name: 'members/me' }));
    }
    await person.identity.getMe({});
  });

  test("another account's session is not found", async () => {
    const [person, stranger] = [await Person.join(), await Person.join()];
    const [theirs] = (await stranger.identity.listSessions({})).sessions;
    const found = await refusal(person.identity.revokeSession({ name: theirs.name }));
    const missing = await refusal(
        person.identity.revokeSession({ name: `sessions/${randomUUID()}` }));
    assert.deepEqual(found, missing);
    assert.equal(found.reason, 'NOT_FOUND');
    await stranger.identity.getMe({});
  });

  for (const [scope, lives] of [['OTHERS', true], ['ALL', false]]) {
    test(`${scope.toLowerCase()} are revoked`, async () => {
      const person = await Person.join();
      const other = signedInAt(1, (await person.signIn()).sessionSecret);
      await other.identity.getMe({});
      const answer = await person.identity.revokeSessions({ scope: RevocationScope[scope] });
      assert.equal(answer.revokedCount, lives ? 1 : 2);
      await assertSessionEnded(other.identity.getMe({}));
      if (lives) await person.identity.getMe({});
      else await assertSessionEnded(person.at[1].identity.getMe({}));
    });
  }

  test('a change of password ends the others, and the old password', async () => {
    const person = await Person.join();
    const other = signedInAt(1, (await person.signIn()).sessionSecret);
    await other.directory.getMember({ name: 'members/me' });
    const newPassword = 'the kettle hums in C sharp';
    await person.identity.changePassword({
      currentPassword: PASSWORD, newPassword, requestId: randomUUID(),
    });
    await assertSessionEnded(other.directory.getMember({ name: 'members/me' }));
    await person.identity.getMe({});
    await assertRefused(person.signIn(), Code.Unauthenticated, 'CREDENTIALS_WRONG', IDENTITY);
    await person.signIn({ password: newPassword });
  });
});

describe('a profile', () => {
  test('is edited field by field and seen by others', async () => {
    const [person, other] = [await Person.join(), await Person.join()];
    const edited = await person.directory.updateMember({
      member: { name: person.name, headline: 'Bell founder', skills: ['casting', 'listening'],
        timeZone: 'Europe/Lisbon', languages: ['pt-BR'], pronouns: 'she/her',
        workingHours: [{ startMinute: 9 * 60, endMinute: 17 * 60 }] },
      updateMask: { paths: ['headline', 'skills', 'time_zone', 'languages', 'pronouns',
        'working_hours'] },
      requestId: randomUUID(),
    });
    assert.equal(edited.displayName, 'Ada Quist');
    const seen = await other.at[1].directory.getMember({ name: person.name });
    assert.deepEqual(seen, edited);
    const { members } = await other.directory.batchGetMembers({ names: [person.name] });
    assert.deepEqual(members, [edited]);
  });

  test('an edit of what was read before somebody else edited it is refused', async () => {
    const person = await Person.join();
    const { etag } = await person.directory.getMember({ name: 'members/me' });
    const edit = (headline) => person.directory.updateMember({
      member: { name: person.name, headline, etag },
      updateMask: { paths: ['headline'] },
      requestId: randomUUID(),
    });
    await edit('First');
    await assertRefused(edit('Second'), Code.Aborted, 'ETAG_STALE');
  });
});
