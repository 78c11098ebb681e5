// The npm package in tabs of a real browser: one session, one stream.
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

// The names of posts that a tab is told of.
const listen = (tab) => tab.evaluate(() => new Promise((resolve) => {
  window.told = [];
  guildhall.live().listen((event) => {
    if (event.type === 'started') resolve();
    if (event.change?.resource.case === 'post') window.told.push(event.change.name);
  });
}));

const heard = (tab, post) =>
  tab.waitForFunction((name) => window.told.includes(name), post.name);

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

  test('reads one stream for all of its tabs, and goes on when the reading one is closed',
      async (t) => {
        const [author, reader] = [await Person.join(), await Person.join()];
        const topic = await author.open(await author.found());
        const browser = await openBrowser(t);
        let streams = 0;
        browser.on('request', (request) => (streams += request.url().endsWith('/Subscribe')));
        const tabs = [];
        for (let i = 0; i < 3; ++i) {
          tabs.push(await openTab(browser, stack.gateways[0]));
          if (i === 0) await signIn(tabs[0], reader);
          await listen(tabs[i]);
        }
        const first = await author.post(topic, 'For all three');
        for (const tab of tabs) await heard(tab, first);
        assert.equal(streams, 1);
        // Whichever it is that reads: the first is closed in the middle.
        await tabs.shift().close();
        const second = await author.post(topic, 'For who is left');
        for (const tab of tabs) await heard(tab, second);
        assert.equal(streams, 2);
        for (const tab of tabs) {
          assert.deepEqual(await tab.evaluate(() => window.told), [first.name, second.name]);
        }
      });
});
