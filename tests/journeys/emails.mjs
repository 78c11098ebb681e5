// Another address for an account: by its owner, who has the letter, and by an administrator.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { holdStreams, until } from './held_streams.mjs';
import { EMPLOYEES, PASSWORD, Person } from './people.mjs';
import { assertRefused, assertSessionEnded, IDENTITY } from './refusals.mjs';
import { stack } from './stack.mjs';

const newEmail = () => `${randomUUID()}@${EMPLOYEES}`;
const begin = (person, email, gateway = 0) => person.at[gateway].emailChanges.beginEmailChange(
    { newEmail: email, currentPassword: PASSWORD, requestId: randomUUID() });
const letterTo = async (email) => {
  await until(() => stack.letters(email).length === 1, 'a letter');
  return stack.letters(email)[0];
};
const secretTo = async (email) => /guildhall_email_[\w-]+/.exec(await letterTo(email))[0];
const signInAs = (person, email) => person.signIn({ email });
const assertWrong = (call) =>
  assertRefused(call, Code.Unauthenticated, 'CREDENTIALS_WRONG', IDENTITY);

describe('another address', () => {
  test('is had by whoever shows the secret of its letter; what else called in its name ends',
      async () => {
        const [person, email] = [await Person.join(), newEmail()];
        const phone = Object.assign(new Person(), { email: person.email });
        phone.secret = (await phone.signIn()).sessionSecret;
        const program = Object.assign(new Person(), await person.makeToken());
        const streams = await holdStreams(phone);
        await begin(person, email);
        const secret = await secretTo(email);
        const request = { secret, requestId: randomUUID() };
        const account = await person.at[1].emailChanges.finishEmailChange(request);
        assert.equal(account.email, email);
        for (const gateway of [0, 1]) {
          await assertSessionEnded(phone.at[gateway].identity.getMe({}));
          await assertSessionEnded(program.at[gateway].identity.getMe({}));
          assert.equal((await person.at[gateway].identity.getMe({})).email, email);
        }
        await until(() => streams.every(({ end }) => end?.reason === 'SESSION_ENDED'), 'ending');
        assert.deepEqual(await person.emailChanges.finishEmailChange(request), account);
        await assertWrong(signInAs(person, person.email));
        await signInAs(person, email);
        assert.ok(!(await letterTo(person.email)).includes(email));
        const { emailChanges } = await person.at[1].emailChanges.listEmailChanges({});
        assert.deepEqual(emailChanges.map(({ changer }) => changer), ['']);
      });

  test('that somebody has is answered like any, and its owner gets a letter without a secret',
      async () => {
        const [person, owner] = [await Person.join(), await Person.join()];
        const answer = await begin(person, owner.email);
        assert.ok(!(await letterTo(owner.email)).includes('guildhall_email_'));
        assert.deepEqual(await begin(person, newEmail(), 1), answer);
        assert.equal((await person.identity.getMe({})).email, person.email);
      });

  test("is another's neither by its secret nor by being first to ask", async () => {
    const [person, other, email] = [await Person.join(), await Person.join(), newEmail()];
    await begin(person, email);
    const secret = await secretTo(email);
    const finish = (who) => who.at[1].emailChanges.finishEmailChange(
        { secret, requestId: randomUUID() });
    await assertRefused(finish(other), Code.FailedPrecondition, 'SECRET_SPENT', IDENTITY);
    assert.equal((await finish(person)).email, email);
  });

  test('is given by an administrator, of which the owner is told', async () => {
    const [admin, person] = [await Person.administrator(), await Person.join()];
    const email = newEmail();
    const given = await admin.at[1].emailChanges.changeAccountEmail({ member: person.name,
      newEmail: email, currentPassword: PASSWORD, requestId: randomUUID() });
    assert.equal(given.email, email);
    for (const { identity } of person.at) await assertSessionEnded(identity.getMe({}));
    await assertWrong(signInAs(person, person.email));
    person.secret = (await signInAs(person, email)).sessionSecret;
    const { emailChanges } = await person.emailChanges.listEmailChanges({});
    assert.deepEqual(emailChanges.map(({ changer }) => changer), [admin.name]);
    for (const address of [person.email, email]) {
      assert.match(await letterTo(address), /An administrator has given/);
    }
    await assertRefused(person.emailChanges.changeAccountEmail({ member: admin.name,
      newEmail: newEmail(), requestId: randomUUID() }), Code.PermissionDenied, 'NOT_PERMITTED');
  });
});
