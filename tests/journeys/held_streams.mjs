// Streams that stay open while something is taken from their reader, and somebody who goes on
// writing meanwhile.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { insist } from './insist.mjs';
import { described } from './refusals.mjs';
import { stack } from './stack.mjs';

// After these a client subscribes again with its last token; so it does when a connection breaks.
const PASSING = [undefined, 'RESUME', 'UPSTREAM_AWAY', 'DEPENDENCY_AWAY', 'RATE_LIMITED'];
const WITHIN_MS = 20_000;
// Between two posts: far below what a session may do in a second.
const BREATH_MS = 40;

export async function until(condition, what) {
  for (const end = Date.now() + WITHIN_MS; !await condition(); await pause(20)) {
    assert.ok(Date.now() < end, `${what} takes too long`);
  }
}

/** One stream of a person at a gateway, taken up again whenever it breaks. */
class HeldStream {
  told = [];
  end;
  #token = '';
  #hungUp = new AbortController();

  constructor({ live }, communities) {
    this.done = this.#follow((options) =>
      live.subscribe({ communities, resumeToken: this.#token }, options));
  }

  async #follow(subscribe) {
    for (const { signal } = this.#hungUp; !signal.aborted; await pause(50)) {
      try {
        for await (const { frame, resumeToken } of subscribe({ signal })) {
          this.#token = resumeToken;
          this.told.push(frame);
        }
      } catch (error) {
        if (signal.aborted) return;
        const { reason } = described(error);
        if (PASSING.includes(reason)) continue;
        this.end = { at: performance.now(), reason };
        return;
      }
    }
  }

  hears(name) { return this.told.some(({ value }) => value?.name === name); }
  close() { this.#hungUp.abort(); }
}

/** The streams of a person at every gateway, once they stand; all communities if none is named. */
export async function holdStreams(person, ...communities) {
  const streams = stack.gateways.map((_, gateway) =>
    new HeldStream(person.at[gateway], communities.map(({ name }) => name)));
  await until(() => streams.every(({ told }) => told.length > 0), 'subscribing');
  return streams;
}

/** Posts in a topic again and again, through both gateways, until it is told to stop. */
export class Writer {
  posts = [];
  #stopped = false;

  constructor(author, topic) {
    this.done = this.#write(author, topic);
    // Whoever waits for it hears of a failure.
    this.done.catch(() => {});
  }

  async #write(author, topic) {
    for (let i = 0; !this.#stopped; ++i) {
      const began = performance.now();
      const { name } = await insist((requestId) =>
        author.post(topic, `Verse ${i}`, { gateway: i % stack.gateways.length, requestId }));
      this.posts.push({ began, name });
      await pause(BREATH_MS);
    }
  }

  /** What was begun after a moment; waits until there is some of it. */
  async since(moment) {
    const found = () => this.posts.filter(({ began }) => began > moment);
    await Promise.race([this.done, until(() => found().length >= 2, 'writing')]);
    return found();
  }

  stop() { this.#stopped = true; }
}

/**
 * Asserts that `streams` end for `trial`'s reason, or are told that its community is lost, and that
 * nothing which was written after `moment` was told to them, though all of it is to `witnesses`, at
 * the same gateways. Answers how long after the moment they ended.
 */
export async function assertSilent(streams, { writer, witnesses, moment, trial, told }) {
  const posts = await writer.since(moment);
  writer.stop();
  await writer.done;
  const last = posts.at(-1).name;
  await until(() => witnesses.every((witness) => witness.hears(last)), `${told}: telling others`);
  for (const stream of streams) {
    const ends = trial.reason === 'SESSION_ENDED';
    const lost = () => stream.told.findLastIndex((frame) => frame.case === 'accessLost');
    await until(() => stream.end || (!ends && lost() >= 0), `${told}: a stream's end`);
    assert.equal(stream.end?.reason, ends ? trial.reason : undefined, told);
    for (const { name, began } of posts) {
      assert.ok(!stream.hears(name), `${told}: told of what began ${began - moment} ms after`);
    }
    const later = ends ? [] : stream.told.slice(lost() + 1).filter(({ value }) => value?.community);
    assert.deepEqual(later, [], `${told}: told after it was lost`);
  }
  return streams.filter(({ end }) => end).map(({ end }) => Math.max(0, end.at - moment));
}
