// What somebody uses up: connections, descriptors, the one thread, a pool, a row. Whoever calls as
// people do notices nothing, or is told.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { discussions } from '../journeys/contracts.mjs';
import { insist } from '../journeys/insist.mjs';
import { until } from '../journeys/listener.mjs';
import { holdRow } from '../journeys/locks.mjs';
import { Person } from '../journeys/people.mjs';
import { authorization, pathOf, send } from '../journeys/wire.mjs';
import { KINDS } from './callers.mjs';
import { AWAY, BUSY, endure, FULL, LATE, long, USUAL_DEADLINE_MS } from './endure.mjs';
import { Sockets } from './sockets.mjs';

const LASTS_MS = long ? 15_000 : 1000;
const SLOW = 300;
const IDLE = long ? 10_000 : 2000;
// services/gateway/settings.cpp: of a connection at rest; the kernel's part is not the process's.
const REST_BYTES = 20 << 10;
const WRITERS = 32;
const PEOPLE = 4;
// Logs, and what a process waits with. No less than what poll(2) is asked to wait for at once.
const FIRST_DESCRIPTORS = 5;
// The size of discussions' pool for writes.
const POOL = 4;
// What each service asks its own database for, each time.
const HURT = { identity: ['me'], directory: ['community'], discussions: ['read', 'write'] };
const LIST = pathOf(discussions.DiscussionsService, 'ListPosts');
const HEAD = `POST ${LIST} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;
// Half of what JSON may be long.
const DEPTH = 200_000;

export function declareResources(house, callers) {
  const unhurt = (t, what, more) =>
    tryIt(house, callers, t, { what, hurt: [], answers: [], ...more });

  describe('who calls well', () => {
    test('is answered while heads and bodies come slowly', async (t) => {
      const [heads, bodies] = [new Sockets(t, house.gateway), new Sockets(t, house.gateway)];
      await unhurt(t, 'slow heads and bodies', {
        begin: async () => {
          await Promise.all([heads.open(SLOW), bodies.open(SLOW)]);
          heads.drip(HEAD + 'x-slow: 1\r\n'.repeat(1000));
          bodies.sendAll(`${HEAD}content-length: 100000\r\n\r\n`);
          bodies.drip(' '.repeat(100_000));
        },
        end: () => { heads.close(); bodies.close(); },
      });
      // After 10 s, libs/http/server.h.
      if (long) assert.deepEqual([heads.said('408'), bodies.said('408')], [SLOW, SLOW]);
    });

    test('is answered while JSON comes that is deep', async (t) => {
      const { secret } = await Person.join();
      const body = `{"parent":${'['.repeat(DEPTH)}`;
      const answers = [];
      let stopped = false;
      t.after(() => { stopped = true; });
      const ask = async () => {
        while (!stopped) {
          answers.push((await send({ gateway: house.gateway, path: LIST, body,
            headers: { 'content-type': 'application/json', ...authorization(secret) } })).status);
        }
      };
      await unhurt(t, 'deep JSON', {
        begin: () => { for (let i = 0; i < PEOPLE; ++i) ask(); },
        end: () => { stopped = true; },
      });
      // 429: more than a session may ask.
      assert.deepEqual([...new Set(answers)].toSorted().filter((each) => each !== 429), [400]);
    });

    test(`is answered while ${IDLE} connections are idle`, async (t) => {
      const idle = new Sockets(t, house.gateway);
      await unhurt(t, 'idle connections', {
        begin: () => idle.open(IDLE), memoryBytes: IDLE * REST_BYTES, lastsMs: 1000,
        end: () => { assert.equal(idle.ended, 0); idle.close(); },
      });
    });
  });

  describe('a process without descriptors', () => {
    test('serves whoever is connected, and the others later: gateway', async (t) => {
      const newcomers = new Sockets(t, house.gateway);
      let restore;
      let waited;
      await unhurt(t, 'a gateway without descriptors', {
        begin: async () => {
          restore = limitDescriptors(t, house, 'gateway');
          await newcomers.open(SLOW);
          newcomers.sendAll('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
        },
        end: () => {
          restore();
          waited = SLOW - newcomers.said('200');
        },
      });
      assert.equal(waited, SLOW);
      await newcomers.allSay('200');
    });

    for (const [name, hurt] of Object.entries(HURT)) {
      test(`says that its database is away, and finds it again: ${name}`, async (t) => {
        const gate = house.gates[`${name}>postgres`];
        const isHurt = (kind, moment) =>
          callers.since(moment, [kind]).some(({ answer }) => answer !== 'OK');
        let restore;
        let limited;
        await tryIt(house, callers, t, {
          what: `${name} without descriptors`, hurt: KINDS, answers: AWAY,
          begin: async () => {
            const moment = performance.now();
            await gate.order('refuse');
            await until(() => hurt.every((kind) => isHurt(kind, moment)), 'noticing it');
            restore = limitDescriptors(t, house, name);
            await gate.pass();
            limited = performance.now();
          },
          end: () => {
            for (const kind of hurt) {
              const answers = callers.since(limited, [kind]).map(({ answer }) => answer);
              assert.ok(answers.length > 0 && !answers.includes('OK'), `${kind}: ${answers}`);
            }
            restore();
          },
        });
      });
    }
  });

  describe('a database in demand', () => {
    test('answers whoever needs nothing of it: a pool that is taken', async (t) => {
      const author = await Person.join();
      await author.join(callers.community);
      const topics = await Promise.all(
          Array.from({ length: POOL }, () => author.open(callers.community)));
      const releases = await Promise.all(
          topics.map((topic) => holdRow(t, 'discussions', 'topics', topic)));
      const writing = topics.flatMap((topic) => [topic, topic]).map((topic) =>
        insist((requestId) =>
          author.post(topic, 'At last', { requestId, gateway: house.gateway }), { seconds: 60 }));
      const moment = performance.now();
      await tryIt(house, callers, t, {
        what: 'a pool that is taken', hurt: ['write'], answers: [LATE, BUSY, FULL],
        begin: () => {}, end: () => { for (const release of releases) release(); },
      });
      // Who waited behind writes would be answered once a second (lock_timeout).
      const [reads, others] = ['read', 'me'].map((kind) => callers.since(moment, [kind]).length);
      assert.ok(reads > others / 2, `${reads} reads beside ${others} other calls`);
      await Promise.all(writing);
    });

    test(`answers others while ${WRITERS} write to one row`, async (t) => {
      const people = await Promise.all(Array.from({ length: PEOPLE }, () => Person.join()));
      await Promise.all(people.map((person) => person.join(callers.community)));
      const topic = await people[0].open(callers.community);
      let stopped = false;
      t.after(() => { stopped = true; });
      let written = 0;
      const write = async (person) => {
        for (; !stopped; ++written) {
          await insist((requestId) =>
            person.post(topic, 'Me, too', { requestId, gateway: house.gateway }), { seconds: 60 });
        }
      };
      let writing;
      await unhurt(t, 'a hot row', {
        begin: () => {
          writing = Array.from({ length: WRITERS }, (_, i) => write(people[i % PEOPLE]));
        },
        end: async () => { stopped = true; await Promise.all(writing); },
      });
      const { lastPostNumber } = await people[0].discussions.getTopic({ name: topic.name });
      assert.equal(lastPostNumber, written + 1);
      t.diagnostic(`${written} posts`);
    });
  });
}

async function tryIt(house, callers, t, trouble) {
  t.diagnostic(await endure(house, callers,
      { lastsMs: LASTS_MS, deadlineMs: USUAL_DEADLINE_MS, ...trouble }));
}

// Takes a running process's right to open any descriptor beside those it has (prlimit(1)); gives
// the function that gives it back.
function limitDescriptors(t, house, name) {
  const pid = house.pid(name);
  const prlimit = (...words) => execFileSync('prlimit', ['--pid', pid, ...words],
      { encoding: 'utf8', ...house.account }).trim();
  const limit = (soft) => prlimit(`--nofile=${soft}:`);
  const before = prlimit('--nofile', '--output=SOFT', '--noheadings');
  // It is numbers that are limited (getrlimit(2)): of those of what it opened first none comes free.
  limit(FIRST_DESCRIPTORS);
  t.after(() => limit(before));
  return () => limit(before);
}
