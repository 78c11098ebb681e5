// A gateway, a clock, tabs and their locks, as a test wants them.
import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorInfoSchema, RetryInfoSchema } from '@guildhall/client/contracts/google/rpc/status_pb';
import { SubscribeResponseSchema }
  from '@guildhall/client/contracts/guildhall/gateway/v1/live_service_pb';
import { eventOf } from '../dist/live/events.js';
import { SharedStream } from '../dist/live/tabs.js';

/** Until everything that is under way has come to rest: messages between tabs take turns. */
export async function settle() {
  for (let i = 0; i < 20; ++i) await new Promise((resolve) => setImmediate(resolve));
}

export class ManualClock {
  #now = 0;
  #timers = new Set();

  now = () => this.#now;
  random = () => 0.5;

  after = (ms, run) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Lets time pass; whatever is due then happens, in order. */
  go(ms) {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due);
      this.#now = due.at;
      due.run();
    }
    this.#now = end;
  }
}

export function refused(code, reason, domain = 'guildhall.policy.v1', retryMs = undefined) {
  const details = [{ desc: ErrorInfoSchema, value: { reason, domain } }];
  if (retryMs !== undefined) {
    details.push({ desc: RetryInfoSchema, value: { retryDelay: { seconds: 0n,
      nanos: retryMs * 1e6 } } });
  }
  return new ConnectError(reason, code, undefined, details);
}

/** Tells what a test says; a token is the name of what was told last. */
export class Gateway {
  streams = [];
  resumedAt = [];
  #log = [];
  #waiting = [];

  /** As a client's method. */
  subscribe = ({ resumeToken, communities }, { signal }) => {
    const stream = { frames: [], communities, wake: () => {}, done: false, error: undefined };
    this.streams.push(stream);
    this.resumedAt.push(resumeToken);
    const behind = this.#log.slice(this.#log.indexOf(resumeToken) + 1);
    stream.frames.push(frameOf('started', resumeToken || (this.#log.at(-1) ?? 'begin')));
    if (resumeToken) stream.frames.push(...behind.map((name) => frameOf('changed', name)));
    for (const waiter of this.#waiting.splice(0)) waiter();
    signal.addEventListener('abort', () => stream.wake());
    return read(stream, signal);
  };

  /** Once there is a stream that stands. */
  async started() {
    if (!this.#current) await new Promise((resolve) => this.#waiting.push(resolve));
    await settle();
  }

  get #current() {
    return this.streams.findLast(({ done }) => !done);
  }

  tell(name) {
    this.#log.push(name);
    this.say(frameOf('changed', name));
  }

  /** What a stream that is taken up again is not told. */
  forget(name) {
    this.#log = this.#log.filter((each) => each !== name);
  }

  say(frame) {
    this.#current?.frames.push(frame);
    this.#current?.wake();
  }

  heartbeat() {
    this.say(frameOf('heartbeat', this.#log.at(-1) ?? 'begin'));
  }

  /** Ends the stream as a lost connection does, or with an error. */
  cut(error = new ConnectError('the connection broke', Code.Unavailable)) {
    const stream = this.#current;
    stream.done = true;
    stream.error = error;
    stream.wake();
  }
}

async function* read(stream, signal) {
  for (;;) {
    if (signal.aborted) {
      stream.done = true;
      throw new ConnectError('hung up', Code.Canceled);
    }
    const frame = stream.frames.shift();
    if (frame) {
      yield frame;
    } else if (stream.done) {
      if (stream.error) throw stream.error;
      return;
    } else {
      await new Promise((resolve) => (stream.wake = resolve));
    }
  }
}

export function frameOf(what, token) {
  const value = what === 'changed' ? { name: token } : {};
  return create(SubscribeResponseSchema, { resumeToken: token, frame: { case: what, value } });
}

/** Locks of one origin, as the Web Locks specification has them. */
export class LocksOfAPage {
  #held = new Map();
  #queue = [];

  request(name, { signal, steal = false }, run) {
    return new Promise((resolve, reject) => {
      const request = { name, run, resolve, reject };
      if (steal) {
        this.#held.get(name)?.reject(new DOMException('stolen', 'AbortError'));
        this.#grant(request);
        return;
      }
      signal?.addEventListener('abort', () => {
        const at = this.#queue.indexOf(request);
        if (at < 0) return;
        this.#queue.splice(at, 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
      if (signal?.aborted) return reject(new DOMException('aborted', 'AbortError'));
      if (this.#held.has(name)) this.#queue.push(request);
      else this.#grant(request);
    });
  }

  query() {
    return Promise.resolve({ pending: this.#queue.map(({ name }) => ({ name })) });
  }

  async #grant(request) {
    this.#held.set(request.name, request);
    try {
      request.resolve(await request.run());
    } catch (error) {
      request.reject(error);
    }
    // A stolen lock is another's now.
    if (this.#held.get(request.name) !== request) return;
    this.#held.delete(request.name);
    const next = this.#queue.findIndex(({ name }) => name === request.name);
    if (next >= 0) this.#grant(this.#queue.splice(next, 1)[0]);
  }
}

/** A tab with a shared stream, and what it was told. */
export class Tab {
  told = [];
  phases = [];
  /** Loses what the others say. */
  deaf = false;
  /** Frozen: neither hears nor says anything; it hears all of it later. */
  #mute = false;
  #kept = [];
  #end = new AbortController();

  constructor(gateway, clock, locks, name) {
    const way = { subscribe: gateway.subscribe, communities: [], clock };
    this.stream = new SharedStream(name, way, { locks, channel: (of) => this.#channel(of) });
    this.ended = this.stream.run({
      joined: () => this.told.push('started'),
      frame: (frame) => {
        const event = eventOf(frame);
        if (event) this.told.push(event.change?.name ?? event.type);
      },
      missed: () => this.told.push('reset'),
      phase: (phase) => this.phases.push(phase),
    }, this.#end.signal);
  }

  close() {
    this.#end.abort();
  }

  set mute(mute) {
    this.#mute = mute;
    if (!mute) for (const deliver of this.#kept.splice(0)) deliver();
  }

  #channel(name) {
    const real = new BroadcastChannel(name);
    const channel = {
      onmessage: null,
      postMessage: (message) => this.#pass(() => real.postMessage(message)),
      close: () => real.close(),
    };
    real.onmessage = ({ data }) => {
      if (!this.deaf) this.#pass(() => channel.onmessage?.({ data }));
    };
    return channel;
  }

  #pass(deliver) {
    if (this.#mute) this.#kept.push(deliver);
    else deliver();
  }
}
