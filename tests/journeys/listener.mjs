// Somebody who loads once and then listens, whose streams break and move to another gateway.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createGuildhall } from '@guildhall/client';
import { leaveRoom } from './rates.mjs';
import { Replica, View } from './replica.mjs';
import { stack } from './stack.mjs';

// A change is told within a second of its commit; what a busy machine adds.
const TOLD_WITHIN_MS = 15_000;

/** The package of a program whose streams can be cut and sent to another gateway. */
export class Listener {
  gateway;
  streams = 0;
  #calls = new Set();

  // `choices` are those of `live()`.
  constructor(t, person, gateway = 0, choices = {}) {
    this.gateway = gateway;
    this.guildhall = createGuildhall({ baseUrl: stack.gateways[0], secret: person.secret,
      fetch: (input, init) => this.#fetch(String(input), init) });
    this.replica = new Replica(this.guildhall, this.guildhall.live(choices));
    t.after(() => this.guildhall.close());
  }

  #fetch(url, init) {
    const elsewhere = url.replace(stack.gateways[0], stack.gateways[this.gateway]);
    if (!url.endsWith('/Subscribe')) return this.#ask(elsewhere, init);
    ++this.streams;
    const call = new AbortController();
    this.#calls.add(call);
    return fetch(elsewhere, { ...init, signal: AbortSignal.any([init.signal, call.signal]) });
  }

  // Loading all there is must leave the session calls of the test's own.
  async #ask(url, init) {
    const response = await fetch(url, init);
    await leaveRoom(response.headers.get('ratelimit-remaining'));
    return response;
  }

  /** Breaks the connection under the stream. */
  cut() {
    for (const call of this.#calls) call.abort(new TypeError('the connection broke'));
    this.#calls.clear();
  }

  switchGateway() {
    this.gateway = 1 - this.gateway;
    this.cut();
  }
}

export async function until(condition, what, withinMs = TOLD_WITHIN_MS) {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await condition();
    if (found) return found;
    assert.ok(Date.now() < end, `${what} took more than ${withinMs} ms`);
    await pause(20);
  }
}

/** Tries a check again until it holds, or until it is late: then it fails as it did. */
export async function untilHolds(check) {
  for (const end = Date.now() + TOLD_WITHIN_MS; ; await pause(100)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** Waits until what a listener knows of `communities` is what is there. */
export async function assertSame(listener, communities, when) {
  const end = Date.now() + TOLD_WITHIN_MS;
  const scope = new Set(communities);
  for (;;) {
    const there = new View();
    await there.load(listener.guildhall);
    const [expected, known] = [there.lines(scope), (await listener.replica.view()).lines(scope)];
    try {
      assert.deepEqual(known, expected);
      return expected.length;
    } catch (error) {
      if (Date.now() < end) {
        // What is read may be a second old, and everybody has a rate.
        await pause(500);
        continue;
      }
      const { phase } = listener.replica.live.status.get();
      assert.fail(`${when}, the stream being ${phase}: ${error.message}`);
    }
  }
}
