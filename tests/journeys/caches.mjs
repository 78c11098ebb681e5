// What services keep of their replies: no reply lacks what was acknowledged a second before it was
// asked for, nor what the caller wrote, nor what was written before the caller's stream began; and
// none is somebody else's. Through two gateways and two processes of every service, under random
// writes, while Redis hangs, is flushed, slow, dead and back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from './chance.mjs';
import { Hall } from './hall.mjs';
import { slowRedis } from './slow_redis.mjs';
import { stack } from './stack.mjs';

// What the services keep, as their metrics name it.
const KEPT = ['GetTopic', 'GetPost', 'ListTopics', 'ListPosts', 'GetCommunity', 'GetMember',
  'BatchGetMembers'];
const PROCESSES = ['directory-1', 'directory-2', 'discussions-1', 'discussions-2'];
// Each stretch has so many writes and replies at least.
const WRITES = 80;
const REPLIES = 600;

// What happens to Redis; each answers what ends it.
const TROUBLES = {
  'nothing happens': async () => async () => {},
  'Redis is flushed': async () => {
    await stack.redis('FLUSHALL');
    return async () => {};
  },
  'Redis hangs': async () => {
    stack.signal('redis', 'SIGSTOP');
    return async () => stack.signal('redis', 'SIGCONT');
  },
  'Redis is slow': async (chance) => slowRedis(() => chance.below(30)),
  'Redis is dead': async () => {
    stack.signal('redis', 'SIGKILL');
    return () => stack.repair();
  },
  'Redis is back': async () => async () => {},
};

// The sum of a counter of all processes, over lines with these labels.
async function counted(metric, ...labels) {
  let sum = 0;
  for (const name of PROCESSES) {
    const text = await (await fetch(`${stack.admin(name)}/metrics`)).text();
    for (const line of text.split('\n')) {
      if (line.startsWith(`${metric}{`) && labels.every((label) => line.includes(label))) {
        sum += Number(line.split(' ').at(-1));
      }
    }
  }
  return sum;
}
const hits = (method) => counted('guildhall_cache_requests_total', `${method}"`, '"hit"');
const used = () => counted('guildhall_cache_shared_total', '"used"');

// Declares the journey: each trouble once in the short form, so many at random in the long one.
export function declareCaches({ stretches } = {}) {
  describe('what is kept of replies', () => {
    const chance = new Chance();
    let hall;
    const known = {};

    before(async () => {
      hall = new Hall(chance);
      await hall.furnish();
      for (const method of KEPT) known[method] = await hits(method);
      known.used = await used();
      hall.begin();
    });
    after(async () => {
      await hall?.end();
      await stack.repair();
    });

    async function stretch(trouble) {
      const end = await TROUBLES[trouble](chance);
      try {
        const [writes, replies] = [hall.writes + WRITES, hall.replies + REPLIES];
        while (!hall.failure && (hall.writes < writes || hall.replies < replies)) await pause(20);
      } finally {
        await end();
      }
      if (hall.failure) {
        throw new Error(`${trouble}, GUILDHALL_SEED=${chance.seed}: ${hall.failure.message}`,
            { cause: hall.failure });
      }
    }

    for (const trouble of stretches ? [] : Object.keys(TROUBLES)) {
      test(`is no older than a second and nobody else's while ${trouble}`, () => stretch(trouble));
    }
    if (stretches) {
      test(`is no older than a second in ${stretches} stretches`, async () => {
        for (let i = 0; i < stretches; ++i) await stretch(chance.pick(Object.keys(TROUBLES)));
      });
    }

    test('was given out, by every method and from Redis, too', async (t) => {
      t.diagnostic(`GUILDHALL_SEED=${chance.seed}: ${hall.writes} writes, ${hall.replies} replies, `
        + `${hall.fresh} of them past what is kept, `
        + `the oldest ${Math.round(hall.oldestMs)} ms`);
      for (const method of KEPT) {
        assert.ok(await hits(method) > known[method], `${method} was never answered from memory`);
      }
      assert.ok(await used() > known.used, 'nothing was answered from Redis');
      assert.ok(hall.fresh > 0, 'nothing had to be answered past what is kept');
    });
  });
}
