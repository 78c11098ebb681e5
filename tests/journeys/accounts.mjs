// Administrators of the organization, and what they decide about accounts: suspensions, resets of
// passwords, invitations.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { directory, identity as accounts } from './contracts.mjs';
import { holdStreams, until } from './held_streams.mjs';
import { clientsAt, CUSTOMERS, PASSWORD, Person } from './people.mjs';
import { assertNotFound, assertRefused, assertSessionEnded, DIRECTORY, IDENTITY, refusal }
  from './refusals.mjs';
import { stack } from './stack.mjs';

const { AccountOrder, AccountState, Affiliation } = accounts;
const about = ({ name }) => ({ member: name, requestId: randomUUID() });
const assertNotPermitted =
    (call) => assertRefused(call, Code.PermissionDenied, 'NOT_PERMITTED');

describe('an administrator', () => {
  let admin;
  before(async () => { admin = await Person.administrator(); });

  test("is made by an operator's secret, which holds once and for employees", async () => {
    const [person, late, customer] =
      [await Person.join(), await Person.join(), await Person.join({ domain: CUSTOMERS })];
    const secret = await stack.operate('identity', 'issue-administrator-secret');
    const claim = (who, gateway = 0) => who.at[gateway].accounts.claimAdministrator(
        { secret, requestId: randomUUID() });
    await assertRefused(claim(customer), Code.FailedPrecondition, 'NOT_AN_EMPLOYEE', IDENTITY);
    assert.equal((await claim(person)).administrator, true);
    await assertRefused(claim(late, 1), Code.FailedPrecondition, 'SECRET_SPENT', IDENTITY);
    assert.equal((await person.at[1].identity.getMe({})).administrator, true);
    await person.at[1].accounts.listAdministrators({});
  });

  test('makes another, who may at both gateways at once, and no longer once it is undone',
      async () => {
        const person = await Person.join();
        for (const { accounts } of person.at) {
          await assertNotPermitted(accounts.getAccount({ member: person.name }));
        }
        await admin.accounts.grantAdministrator(about(person));
        for (const { accounts } of person.at) {
          const account = await accounts.getAccount({ member: admin.name });
          assert.equal(account.email, admin.email);
        }
        await admin.at[1].accounts.revokeAdministrator(about(person));
        for (const { accounts } of person.at) {
          await assertNotPermitted(accounts.listAdministrators({}));
        }
      });

  test('takes words out of a profile, and its member reads why', async () => {
    const [person, reader] = [await Person.join(), await Person.join()];
    await person.directory.updateMember({ member: { name: person.name, headline: 'Rude' },
      updateMask: { paths: ['headline'] }, requestId: randomUUID() });
    const request = { member: { name: person.name }, updateMask: { paths: ['headline'] },
      reason: 'Insults a colleague.', requestId: randomUUID() };
    await assertNotPermitted(reader.memberModeration.moderateMember(request));
    const told = await admin.memberModeration.moderateMember(request);
    assert.equal(told.headline, '');
    assert.deepEqual(await admin.at[1].memberModeration.moderateMember(request), told);
    for (const { directory } of reader.at) {
      await until(async () => (await directory.getMember({ name: person.name })).headline === '',
          'word');
    }
    const { removals: [removal] } = await person.at[1].memberModeration.listMyProfileRemovals({});
    assert.deepEqual([removal.fields, removal.reason, removal.remover],
        [['headline'], request.reason, '']);
    const { removals } = await admin.memberModeration.listProfileRemovals({ parent: person.name });
    assert.deepEqual(removals.map(({ remover }) => remover), [admin.name]);
  });

  test('finds accounts by address and page by page', async () => {
    const person = await Person.join({ domain: CUSTOMERS });
    const found = await admin.accounts.getAccountByEmail({ email: person.email.toUpperCase() });
    assert.equal(found.member, person.name);
    await admin.accounts.suspendAccount(about(person));
    const seen = [];
    for (let pageToken = ''; ;) {
      const page = await admin.at[seen.length % 2].accounts.listAccounts({ pageSize: 2, pageToken,
        state: AccountState.SUSPENDED, affiliation: Affiliation.EXTERNAL,
        order: AccountOrder.NEWEST });
      seen.push(...page.accounts.map(({ member }) => member));
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    assert.ok(seen.includes(person.name));
    assert.equal(new Set(seen).size, seen.length);
    const employee = await Person.join();
    await assertNotPermitted(employee.accounts.listAccounts({}));
    await assertNotPermitted(employee.accounts.getAccountByEmail({ email: person.email }));
  });

  test('finds no account for a member who has none', async () => {
    await assertNotFound(admin.accounts.getAccount({ member: `members/${randomUUID()}` }));
  });

  test('reads no more of communities than any employee', async () => {
    const founder = await Person.join();
    const community = await founder.found({ visibility: directory.Visibility.SECRET });
    await assertNotFound(admin.directory.getCommunity({ name: community.name }));
  });
});

describe('a suspended account', () => {
  let admin;
  before(async () => { admin = await Person.administrator(); });

  test('ends its sessions and streams at both gateways, and its member stays', async () => {
    const [person, reader] = [await Person.join({ name: 'Otto Wend' }), await Person.join()];
    const community = await person.found();
    const topic = await person.open(community);
    const streams = await holdStreams(person);
    await admin.accounts.suspendAccount(about(person));
    for (const { identity, directory } of person.at) {
      await assertSessionEnded(identity.getMe({}));
      await assertSessionEnded(directory.getMember({ name: 'members/me' }));
    }
    await until(() => streams.every(({ end }) => end?.reason === 'SESSION_ENDED'), 'ending');
    assert.equal((await reader.directory.getMember({ name: person.name })).displayName,
        'Otto Wend');
    assert.equal((await reader.discussions.getTopic({ name: topic.name })).name, topic.name);
  });

  test('is told by its profile, found by no search and invited nowhere, until it is used again',
      async () => {
        const name = `Wanda ${randomUUID().slice(0, 8)}`;
        const [person, owner] = [await Person.join({ name }), await Person.join()];
        await person.directory.getMember({ name: 'members/me' });
        const community = await owner.found();
        const told = (gateway) => owner.at[gateway].directory.getMember({ name: person.name });
        const found = async () =>
          (await owner.memberSearch.searchMembers({ query: name })).members.length;
        const invite = () => owner.invitations.createInvitation({ parent: community.name,
          invitation: { member: person.name }, requestId: randomUUID() });
        assert.equal(await found(), 1);
        await admin.accounts.suspendAccount(about(person));
        await until(async () => (await told(0)).suspended && (await told(1)).suspended, 'word');
        assert.equal(await found(), 0);
        await assertRefused(invite(), Code.FailedPrecondition, 'MEMBER_SUSPENDED', DIRECTORY);
        await admin.accounts.reactivateAccount(about(person));
        await until(async () => !(await told(0)).suspended && !(await told(1)).suspended, 'word');
        assert.equal(await found(), 1);
        await invite();
      });

  test('leaves a community without an owner who can act; an operator appoints one', async () => {
    const [owner, heir] = [await Person.join(), await Person.join()];
    const community = await owner.found();
    await heir.memberships.joinCommunity({ name: community.name, requestId: randomUUID() });
    const appoint = () => stack.operate('directory', 'appoint-owner',
        `--community=${community.name}`, `--member=${heir.name}`);
    await assert.rejects(appoint(), /has an owner who can act/);
    await admin.accounts.suspendAccount(about(owner));
    await until(async () =>
      (await heir.directory.getMember({ name: owner.name })).suspended, 'word');
    const edit = (gateway) => heir.at[gateway].directory.updateCommunity({
      community: { name: community.name, description: 'We go on.' },
      updateMask: { paths: ['description'] }, requestId: randomUUID() });
    await assertNotPermitted(edit(0));
    assert.match(await appoint(), /owns now/);
    await edit(0);
    await edit(1);
  });

  test('is refused like an address that nobody has, and keeps its address', async () => {
    const person = await Person.join();
    await admin.accounts.suspendAccount(about(person));
    const suspended = await assertRefused(
        person.signIn(), Code.Unauthenticated, 'CREDENTIALS_WRONG', IDENTITY);
    const unknown = await refusal(person.signIn({ email: `${randomUUID()}@${CUSTOMERS}` }));
    assert.deepEqual(suspended, unknown);
    await assertRefused(clientsAt(0, { from: person.from }).identity.signUp({ email: person.email,
      password: PASSWORD, displayName: 'Another', requestId: randomUUID() }),
    Code.AlreadyExists, 'EMAIL_TAKEN', IDENTITY);
  });

  test('is used again with its password; what had ended stays ended', async () => {
    const person = await Person.join();
    await admin.accounts.suspendAccount(about(person));
    await admin.at[1].accounts.reactivateAccount(about(person));
    await assertSessionEnded(person.identity.getMe({}));
    person.secret = (await person.signIn()).sessionSecret;
    assert.equal((await person.at[1].identity.getMe({})).suspendTime, undefined);
  });

  test('tells administrators why, and is used again when its time has come', async () => {
    const person = await Person.join();
    const suspended = await admin.accounts.suspendAccount({ ...about(person), reason: 'On leave.',
      expireTime: timestampFromMs(Date.now() + 1000) });
    assert.equal(suspended.suspendReason, 'On leave.');
    await until(async () =>
      !(await admin.at[1].accounts.getAccount({ member: person.name })).suspendTime, 'the end');
    person.secret = (await person.signIn()).sessionSecret;
    const { suspendReason } = await admin.accounts.getAccount({ member: person.name });
    assert.equal(suspendReason, '');
    await person.at[1].directory.getMember({ name: 'members/me' });
  });

  test('is suspended once, however often it is asked for', async () => {
    const person = await Person.join();
    const request = about(person);
    const answers = await Promise.all([0, 1, 0, 1].map((gateway) =>
      admin.at[gateway].accounts.suspendAccount(request).catch((error) => error)));
    const done = answers.filter(({ suspendTime }) => suspendTime);
    assert.ok(done.length > 0, answers);
    for (const each of done) assert.deepEqual(each, done[0]);
  });
});

// The secret in somebody's letter, once it holds: the letter is put down before that.
async function secretOf({ email }) {
  await until(() => stack.letters(email).length === 1, 'a letter');
  const waiting = `SELECT count(*) FROM reset_requests WHERE email = '${email}'`;
  await until(async () => await stack.sql('identity', waiting) === '0', 'a secret that holds');
  return /guildhall_reset_[\w-]+/.exec(stack.letters(email)[0])[0];
}

describe('a forgotten password', () => {
  test('is set anew by a letter that an administrator has sent, and its owner is told', async () => {
    const [admin, person] = [await Person.administrator(), await Person.join()];
    const program = Object.assign(new Person(), await person.makeToken());
    await program.identity.getMe({});
    assert.equal((await admin.passwords.issuePasswordReset(about(person))).secret, '');
    const secret = await secretOf(person);
    const finish = (newPassword, gateway = 0, requestId = randomUUID()) =>
      clientsAt(gateway, { from: person.from }).passwords.finishPasswordReset(
          { secret, newPassword, requestId });
    await assertRefused(finish('short'), Code.InvalidArgument, 'PASSWORD_LENGTH', IDENTITY);
    const newPassword = 'the kettle hums in C sharp';
    const requestId = randomUUID();
    await finish(newPassword, 1, requestId);
    for (const gateway of [0, 1]) {
      await assertSessionEnded(person.at[gateway].identity.getMe({}));
      await assertSessionEnded(program.at[gateway].identity.getMe({}));
    }
    await finish(newPassword, 0, requestId);
    await assertRefused(finish(newPassword), Code.FailedPrecondition, 'SECRET_SPENT', IDENTITY);
    await assertRefused(person.signIn(), Code.Unauthenticated, 'CREDENTIALS_WRONG', IDENTITY);
    const begun = await person.signIn({ password: newPassword });
    assert.ok(begun.passwordResetTime);
    person.secret = begun.sessionSecret;
    const { passwordResets } = await person.passwords.listPasswordResets({});
    assert.deepEqual(passwordResets.map(({ issuer }) => issuer), [admin.name]);
  });

  test('is set anew by a letter; whoever has no account is answered alike and gets none',
      async () => {
        const person = await Person.join();
        const nobody = `${randomUUID()}@${CUSTOMERS}`;
        const { passwords } = clientsAt(1, { from: person.from });
        const begin = (email) => passwords.beginPasswordReset({ email, requestId: randomUUID() });
        assert.deepEqual(await begin(nobody), await begin(person.email));
        const secret = await secretOf(person);
        const newPassword = 'the kettle hums in C sharp';
        await passwords.finishPasswordReset({ secret, newPassword, requestId: randomUUID() });
        await person.signIn({ password: newPassword });
        assert.deepEqual(stack.letters(nobody), []);
      });
});

describe('an invitation to sign up', () => {
  test('is listed until the invited address has opened its account', async () => {
    const admin = await Person.administrator();
    const email = `${randomUUID()}@${CUSTOMERS}`;
    const { invitation, secret } = await admin.accountInvitations.createInvitation({
      invitation: { email, expireTime: timestampFromMs(Date.now() + 60_000) },
      requestId: randomUUID() });
    const listed = async () =>
      (await admin.at[1].accountInvitations.listInvitations({})).invitations
          .filter(({ name }) => name === invitation.name).length;
    assert.equal(await listed(), 1);
    const open = (address) => clientsAt(1, { from: admin.from }).identity.signUp({ email: address,
      password: PASSWORD, displayName: 'Guest', requestId: randomUUID(),
      invitationSecret: secret });
    await assertRefused(open(`${randomUUID()}@${CUSTOMERS}`), Code.FailedPrecondition,
        'SECRET_SPENT', IDENTITY);
    assert.equal((await open(email)).email, email);
    assert.equal(await listed(), 0);
  });

  test('goes to its address by one letter, and opens an account there', async () => {
    const admin = await Person.administrator();
    const email = `${randomUUID()}@${CUSTOMERS}`;
    const request = { invitation: { email, expireTime: timestampFromMs(Date.now() + 60_000) },
      byLetter: true, requestId: randomUUID() };
    const first = await admin.accountInvitations.createInvitation(request);
    assert.deepEqual(await admin.at[1].accountInvitations.createInvitation(request), first);
    assert.equal(first.secret, '');
    await until(() => stack.letters(email).length === 1, 'a letter');
    const [invitationSecret] = /guildhall_invitation_[\w-]+/.exec(stack.letters(email)[0]);
    const account = await clientsAt(0, { from: admin.from }).identity.signUp({ email,
      password: PASSWORD, displayName: 'Guest', requestId: randomUUID(), invitationSecret });
    assert.equal(account.email, email);
    assert.equal(stack.letters(email).length, 1);
  });
});
