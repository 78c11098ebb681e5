// The npm package in tabs of a real browser: one session for all of them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { openBrowser, openTab } from './chromium.mjs';
import { PASSWORD, Person } from './people.mjs';
import { stack } from './stack.mjs';

const signIn = (tab, person) => tab.evaluate(
    async ({ email, password }) => (await guildhall.session.signIn(email, password)).member,
    { email: person.email, password: PASSWORD });

const statusOf = (tab) => tab.evaluate(() => guildhall.session.state.get().status);

describe('a browser', () => {
  test('holds one session for all of its tabs, which no script can read', async (t) => {
    const person = await Person.join();
    const browser = await openBrowser(t);
    const [first, second] = [await openTab(browser, stack.gateways[0]),
      await openTab(browser, stack.gateways[0])];
    assert.equal(await signIn(first, person), person.name);
    assert.equal(await first.evaluate(() => document.cookie), '');
    await second.waitForFunction(() => guildhall.session.account);
    await second.reload();
    await second.waitForFunction(() => window.guildhall);
    assert.equal(await second.evaluate(async () => (await guildhall.session.restore()).status),
        'signedIn');
    const community = await second.evaluate((displayName) => guildhall.directory.createCommunity(
        { community: { displayName, kind: 1, visibility: 1 } }).then(({ name }) => name),
    `Choir ${randomUUID()}`);
    assert.equal((await person.directory.getCommunity({ name: community })).name, community);
    await first.evaluate(() => guildhall.session.signOut());
    await second.waitForFunction(() => guildhall.session.state.get().status === 'signedOut');
    assert.equal(await statusOf(first), 'signedOut');
  });
});
