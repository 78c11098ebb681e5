// A stream is taken up again after every kind of cut, and given up when there is no point.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { eventOf } from '../dist/live/events.js';
import { OwnStream } from '../dist/live/source.js';
import { Gateway, ManualClock, refused, settle } from './scripted.mjs';

const GATEWAY = 'guildhall.gateway.v1';

describe('a stream', () => {
  let gateway;
  let clock;
  let told;
  let phases;
  let end;

  beforeEach(() => {
    [gateway, clock, told, phases] = [new Gateway(), new ManualClock(), [], []];
    end = new AbortController();
  });

  function run({ token, communities = [] } = {}) {
    const stream = new OwnStream({ subscribe: gateway.subscribe, communities, clock }, token);
    const ended = stream.run({
      joined: (resumed) => told.push(resumed ? 'resumed' : 'started'),
      frame: (frame) => {
        const event = eventOf(frame);
        if (event) told.push(event.change?.name ?? event.type);
      },
      missed: () => assert.fail('it is alone'),
      phase: (phase) => phases.push(phase),
    }, end.signal);
    return { stream, ended };
  }

  test('goes on after a cut with the last token, and tells nothing twice', async () => {
    const { ended } = run({ communities: ['communities/1'] });
    await gateway.started();
    gateway.tell('topics/1');
    await settle();
    gateway.cut();
    await settle();
    assert.equal(phases.at(-1), 'waiting');
    gateway.tell('topics/2');
    clock.go(1000);
    await gateway.started();
    assert.deepEqual(told, ['started', 'topics/1', 'topics/2']);
    assert.deepEqual(gateway.resumedAt, ['', 'topics/1']);
    assert.deepEqual(gateway.streams[1].communities, ['communities/1']);
    end.abort();
    assert.equal(await ended, undefined);
  });

  test('goes on from a token that was kept, and says so', async () => {
    for (const name of ['topics/1', 'topics/2']) gateway.tell(name);
    run({ token: 'topics/1' });
    await gateway.started();
    assert.deepEqual(told, ['resumed', 'topics/2']);
    end.abort();
  });

  test('that says nothing for 45 seconds is given up', async () => {
    run();
    await gateway.started();
    clock.go(30_000);
    gateway.heartbeat();
    await settle();
    clock.go(44_000);
    await settle();
    assert.equal(gateway.streams.length, 1);
    clock.go(2000);
    await settle();
    clock.go(1000);
    await gateway.started();
    assert.equal(gateway.streams.length, 2);
    end.abort();
  });

  test('is tried less and less often, at least every 30 seconds', async () => {
    run();
    const pauses = [];
    for (let i = 0; i < 12; ++i) {
      await gateway.started();
      gateway.cut();
      await settle();
      const began = clock.now();
      while (gateway.streams.length === i + 1) {
        clock.go(50);
        await settle();
      }
      pauses.push(clock.now() - began);
    }
    assert.deepEqual(pauses.slice(0, 4), [250, 500, 1000, 2000]);
    assert.equal(pauses.at(-1), 15_000, 'half of 30 s, as the dice of this test fall');
    end.abort();
  });

  test('that stood is tried again soon', async () => {
    run();
    for (let i = 0; i < 5; ++i) {
      await gateway.started();
      clock.go(6000);
      gateway.cut(refused(Code.Unavailable, 'RESUME', GATEWAY));
      await settle();
      clock.go(250);
      await settle();
    }
    assert.equal(gateway.streams.length, 6);
    end.abort();
  });

  test('comes back when the gateway says', async () => {
    run();
    await gateway.started();
    gateway.cut(refused(Code.ResourceExhausted, 'RATE_LIMITED', GATEWAY, 700));
    await settle();
    clock.go(699);
    await settle();
    assert.equal(gateway.streams.length, 1);
    clock.go(300);
    await settle();
    assert.equal(gateway.streams.length, 2);
    end.abort();
  });

  test('ends with the session, in mid-stream too', async () => {
    const { ended } = run();
    await gateway.started();
    const error = refused(Code.Unauthenticated, 'SESSION_ENDED');
    gateway.cut(error);
    assert.equal(await ended, error);
    clock.go(100_000);
    assert.equal(gateway.streams.length, 1);
  });

  test('outlives a 404 of a proxy, which is no word of Guildhall', async () => {
    run();
    await gateway.started();
    const error = refused(Code.Unimplemented, 'METHOD_UNKNOWN');
    error.details.length = 0;
    gateway.cut(error);
    await settle();
    clock.go(1000);
    await settle();
    assert.equal(gateway.streams.length, 2);
    end.abort();
  });
});
