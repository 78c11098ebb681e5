// What goes on when something is locked, stopped or killed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Code } from '@connectrpc/connect';
import { discussions } from './contracts.mjs';
import { insist } from './insist.mjs';
import { Load } from './load.mjs';
import { holdRow } from './locks.mjs';
import { Person } from './people.mjs';
import { refusal } from './refusals.mjs';
import { alive, isGone, stack } from './stack.mjs';
import { pathOf, sendJson } from './wire.mjs';

// The gateway's deadline for calls that name none, and what a loaded machine adds.
const DEADLINE_MS = 5000;
const SLACK_MS = 2000;
const BACK_WITHIN_MS = 10_000;

async function timed(call) {
  const began = performance.now();
  const result = await call;
  return { result, tookMs: performance.now() - began };
}

async function until(condition, withinMs, what) {
  const end = Date.now() + withinMs;
  while (!await condition()) {
    assert.ok(Date.now() < end, `${what} took more than ${withinMs} ms`);
    await pause(50);
  }
}

describe('a locked row', () => {
  let author;
  let topic;

  before(async () => {
    author = await Person.join();
    topic = await author.open(await author.found());
  });

  test('answers BUSY, and the repeat has one effect', async (t) => {
    const requestId = randomUUID();
    const { lastPostNumber } = await author.discussions.getTopic({ name: topic.name });
    const release = await holdRow(t, 'discussions', 'topics', topic);
    const { result: found, tookMs } = await timed(refusal(
        author.post(topic, 'Wait for me', { requestId })));
    assert.deepEqual([found.code, found.reason], [Code.Aborted, 'BUSY']);
    assert.ok(tookMs < DEADLINE_MS, `${tookMs} ms`);
    release();
    const post = await insist(() => author.post(topic, 'Wait for me', { requestId }));
    assert.equal(post.number, lastPostNumber + 1);
    assert.deepEqual(await author.post(topic, 'Wait for me', { requestId, gateway: 1 }), post);
  });

  test('makes a call with a short deadline late, and the repeat has one effect', async (t) => {
    const requestId = randomUUID();
    const { lastPostNumber } = await author.discussions.getTopic({ name: topic.name });
    const release = await holdRow(t, 'discussions', 'topics', topic);
    const { status, json } = await sendJson({
      path: pathOf(discussions.DiscussionsService, 'CreatePost'), secret: author.secret,
      headers: { 'connect-timeout-ms': '300' },
      message: { parent: topic.name, post: { markdown: 'Late' }, requestId },
    });
    assert.deepEqual([status, json.code], [504, 'deadline_exceeded']);
    release();
    const post = await insist(() => author.post(topic, 'Late', { requestId }));
    assert.equal(post.number, lastPostNumber + 1);
  });

  test('does not hold up readers', async (t) => {
    await holdRow(t, 'discussions', 'topics', topic);
    assert.equal((await author.discussions.getTopic({ name: topic.name })).name, topic.name);
    assert.ok((await author.discussions.listPosts({ parent: topic.name })).posts.length > 0);
  });
});

describe('PostgreSQL', () => {
  let author;
  let topic;
  let pids;

  before(async () => {
    author = await Person.join();
    topic = await author.open(await author.found());
    pids = stack.pids();
  });

  const calls = (requestId) => [
    () => author.identity.getMe({}),
    () => author.directory.listCommunities({}),
    () => author.at[1].discussions.listPosts({ parent: topic.name }),
    () => author.at[1].discussions.createPost(
        { parent: topic.name, post: { markdown: 'Through it all' }, requestId }),
  ];

  // The service says so, or the gateway, when it could not have the session looked up.
  const AWAY = ['Unavailable DEPENDENCY_AWAY', 'Unavailable UPSTREAM_AWAY'];
  // While it hangs, either a statement or the caller's patience ends first.
  const HANGS = [...AWAY, 'DeadlineExceeded DEADLINE_PASSED'];

  async function assertAway(requestId, answers) {
    for (const call of calls(requestId)) {
      const { result: found, tookMs } = await timed(refusal(call()));
      const answer = `${Code[found.code]} ${found.reason}`;
      assert.ok(answers.includes(answer), `${answer}: ${found.message}`);
      assert.ok(tookMs < DEADLINE_MS + SLACK_MS, `${tookMs} ms`);
    }
  }

  async function assertBack(requestId) {
    await Promise.all(calls(requestId).map((call) =>
      insist(call, { seconds: BACK_WITHIN_MS / 1000 })));
    const { posts } = await author.discussions.listPosts({ parent: topic.name, pageSize: 100 });
    const written = posts.filter((post) => post.markdown === 'Through it all');
    assert.equal(written.length, 1);
    await author.discussions.deletePost({ name: written[0].name, requestId: randomUUID() });
    for (const [name, pid] of Object.entries(pids)) {
      if (name !== 'postgres') assert.ok(alive(pid), `${name} has ended`);
    }
  }

  test('that hangs is answered for within the deadline, and is back by itself', async () => {
    const requestId = randomUUID();
    stack.signal('postgres', 'SIGSTOP');
    try {
      await assertAway(requestId, HANGS);
    } finally {
      stack.signal('postgres', 'SIGCONT');
    }
    await assertBack(requestId);
  });

  test('that was killed is answered for within the deadline, and is back by itself', async () => {
    const requestId = randomUUID();
    const pid = stack.pid('postgres');
    stack.signal('postgres', 'SIGKILL');
    await until(() => isGone(pid), 5000, 'its end');
    try {
      await assertAway(requestId, AWAY);
    } finally {
      await stack.repair();
    }
    await assertBack(requestId);
  });
});

describe('one process of two', () => {
  for (const name of ['identity-1', 'directory-2', 'discussions-1']) {
    test(`is killed under load, and what insists has one effect: ${name}`, async (t) => {
      const load = await Load.begin(t, { insisting: true });
      const pid = stack.pid(name);
      stack.signal(name, 'SIGKILL');
      await until(() => isGone(pid), 5000, 'its end');
      await load.go(40);
      await stack.repair();
      await load.go(20);
      await load.conclude();
    });
  }

  for (const name of ['identity-2', 'directory-1', 'discussions-2']) {
    test(`drains under load, and no call fails: ${name}`, async (t) => {
      const load = await Load.begin(t);
      const pid = stack.pid(name);
      stack.signal(name, 'SIGTERM');
      await until(() => isGone(pid), 35_000, 'its drain');
      await load.go(20);
      await stack.repair();
      await load.go(20);
      await load.conclude();
    });
  }

  for (const signal of ['SIGTERM', 'SIGKILL']) {
    test(`is the gateway: ${signal} of the second fails no call at the first`, async (t) => {
      const load = await Load.begin(t, { gateway: 0 });
      const pid = stack.pid('gateway-2');
      stack.signal('gateway-2', signal);
      await until(() => isGone(pid), 35_000, 'its end');
      await load.go(20);
      await load.conclude();
      await stack.repair();
      await load.members[0].at[1].identity.getMe({});
    });
  }

  test('is the gateway: calls under way end before it does', async (t) => {
    const load = await Load.begin(t, { insisting: true, gateway: 1 });
    const pid = stack.pid('gateway-2');
    stack.signal('gateway-2', 'SIGTERM');
    await until(() => isGone(pid), 35_000, 'its drain');
    await stack.repair();
    await load.go(20);
    await load.conclude();
  });
});
