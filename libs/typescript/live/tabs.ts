// One stream for all tabs: one of them reads it and passes the frames on to the others.
import { fromBinary } from '@bufbuild/protobuf';
import type { Clock } from '../clock.js';
import { pause } from '../clock.js';
import { SubscribeResponseSchema } from '../contracts/guildhall/gateway/v1/live_service_pb.js';
import { newRequestId } from '../repeats.js';
import type { Channel } from '../session.js';
import { follow, type Way } from './connection.js';
import type { Phase } from './events.js';
import { type Entry, Log } from './log.js';
import type { Sink, Source } from './source.js';

/** What is used of the browser's LockManager. */
export interface Locks {
  request<Result>(name: string, options: { signal?: AbortSignal; steal?: boolean },
      run: () => Promise<Result>): Promise<Result>;
  query(): Promise<{ pending?: { name?: string }[] }>;
}

/** What tabs of one origin have in common. */
export interface Commons {
  readonly locks: Locks;
  readonly channel: (name: string) => Channel;
}

/** How long a new leader waits for what the others know. */
const ROLL_CALL_MS = 100;
/** A leader that says nothing for so long is frozen; throttled timers of hidden tabs take 60 s. */
const LEADER_SILENCE_MS = 180_000;
/** A newcomer loads what may be so old (caches are at most a second old), so it hears this much. */
export const OVERLAP_MS = 2000;

type Told = readonly { readonly seq: number; readonly bytes: Uint8Array }[];

/** `leader` is the moment at which a tab began to lead: the latest one counts. */
type News =
  /** A newcomer asks to be let in; the leader answers. */
  | { readonly type: 'hello'; readonly from: string }
  | { readonly type: 'welcome'; readonly to: string; readonly leader: number;
      readonly seq: number; readonly token: string; readonly told: Told;
      readonly phase: Phase }
  /** The leader passes frames on; `base` is where it began to lead. */
  | { readonly type: 'told'; readonly leader: number; readonly base: number; readonly told: Told }
  | { readonly type: 'phase'; readonly leader: number; readonly phase: Phase }
  /** Somebody has a gap; the leader tells again, or says that it cannot. */
  | { readonly type: 'missed'; readonly from: string; readonly after: number }
  | { readonly type: 'gone'; readonly to: string; readonly leader: number; readonly seq: number;
      readonly token: string }
  /** A new leader asks how far everybody is; all answer. */
  | { readonly type: 'who'; readonly from: string; readonly after: number }
  | { readonly type: 'here'; readonly to: string; readonly leader: number; readonly seq: number;
      readonly token: string; readonly told: Told };

/**
 * The frames of a stream that this tab or another one reads.
 *
 * The tab that holds the lock leads. Frames are numbered by it; a tab takes each number once, in
 * order, asks again for what it missed, and when the leader has gone, the next one goes on from the
 * furthest that any tab has heard.
 */
export class SharedStream implements Source {
  readonly log: Log;
  readonly #clock: Clock;
  readonly #id = newRequestId();
  #sink!: Sink;
  #channel!: Channel;
  #joined = false;
  #leading = false;
  // The latest leader that we know of: this tab or another one.
  #leader = 0;
  #phase: Phase = 'connecting';
  #base = 0;
  // What we had heard beyond the point where a new leader went on: it will be told again.
  #ahead = new Set<string>();
  #asked = false;
  #lastHeardMs = 0;
  #steal = false;

  constructor(private readonly name: string, private readonly way: Way,
      private readonly commons: Commons) {
    this.#clock = way.clock;
    this.log = new Log(way.clock);
  }

  async run(sink: Sink, signal: AbortSignal): Promise<unknown> {
    this.#sink = sink;
    this.#channel = this.commons.channel(this.name);
    this.#channel.onmessage = ({ data }) => this.#hear(data as News);
    this.#lastHeardMs = this.#clock.now();
    sink.phase('connecting');
    this.#post({ type: 'hello', from: this.#id });
    try {
      while (!signal.aborted) {
        const { led, error } = await this.#holdLock(signal);
        if (led) return error;
      }
      return undefined;
    } finally {
      this.#channel.close();
    }
  }

  /** Leads once it is our turn; answers without having led when the lock was stolen, either way. */
  async #holdLock(signal: AbortSignal): Promise<{ led: boolean; error?: unknown }> {
    const turn = new AbortController();
    const give = (): void => turn.abort();
    signal.addEventListener('abort', give);
    const unwatch = this.#watchLeader(give);
    const options = this.#steal ? { steal: true } : { signal: turn.signal };
    this.#steal = false;
    try {
      return await this.commons.locks.request(this.name, options, async () => {
        unwatch();
        try {
          return { led: true, error: await this.#lead(turn.signal) };
        } finally {
          this.#leading = false;
        }
      });
    } catch (error) {
      if (signal.aborted || turn.signal.aborted || isAbort(error)) return { led: false };
      throw error;
    } finally {
      unwatch();
      // If it was stolen, what it ran goes on until told.
      give();
      signal.removeEventListener('abort', give);
    }
  }

  /** Takes the lock away from a leader that has fallen silent. */
  #watchLeader(give: () => void): () => void {
    let unwatch = (): void => {};
    const look = (): void => {
      const leftMs = this.#lastHeardMs + LEADER_SILENCE_MS - this.#clock.now();
      if (leftMs > 0) {
        unwatch = this.#clock.after(leftMs, look);
      } else {
        this.#steal = true;
        give();
      }
    };
    // Not all at once.
    unwatch = this.#clock.after(LEADER_SILENCE_MS * (1 + this.#clock.random() / 10), look);
    return () => unwatch();
  }

  async #lead(signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) return undefined;
    const { pending = [] } = await this.commons.locks.query();
    if (pending.some(({ name }) => name === this.name)) {
      this.#post({ type: 'who', from: this.#id, after: this.log.seq });
      await pause(this.#clock, ROLL_CALL_MS, signal);
    }
    this.#leading = true;
    this.#leader = Math.max(this.#leader + 1, Date.now());
    this.#base = this.log.seq;
    this.#ahead.clear();
    return follow(this.way, {
      token: () => this.log.token,
      phase: (phase) => {
        this.#phase = phase;
        this.#sink.phase(phase);
        this.#post({ type: 'phase', leader: this.#leader, phase });
      },
      frame: (frame) => {
        const entry = this.log.append(frame);
        this.#tell([entry]);
        this.#join();
        this.#sink.frame(frame);
      },
    }, signal);
  }

  #hear(news: News): void {
    if ('to' in news && news.to !== this.#id) return;
    switch (news.type) {
      case 'hello':
        if (this.#leading && this.#joined) this.#welcome(news.from);
        break;
      case 'missed':
        if (this.#leading) this.#tellAgain(news.from, news.after);
        break;
      case 'who':
        this.#answer(news.from, news.after);
        break;
      case 'here':
        this.#leader = Math.max(this.#leader, news.leader);
        // One that comes late is told what it knows already.
        if (!this.#leading) this.#adopt(news.seq, news.token, news.told);
        break;
      default:
        // One that was replaced may not know it yet.
        if (this.#leading || news.leader < this.#leader) break;
        this.#lastHeardMs = this.#clock.now();
        this.#hearLeader(news);
    }
  }

  #hearLeader(news: Exclude<Extract<News, { leader: number }>, { type: 'here' }>): void {
    switch (news.type) {
      case 'welcome':
        this.#leader = news.leader;
        this.#adopt(news.seq, news.token, news.told);
        this.#sink.phase(news.phase);
        break;
      case 'told':
        this.#follow(news.leader, news.base);
        for (const { seq, bytes } of news.told) this.#take(seq, bytes);
        break;
      case 'phase':
        this.#sink.phase(news.phase);
        break;
      case 'gone':
        this.#asked = false;
        this.log.moveTo(news.seq, news.token);
        this.#sink.missed();
        break;
    }
  }

  /** Goes on with another leader, which may have gone back a little. */
  #follow(leader: number, base: number): void {
    if (leader === this.#leader) return;
    this.#leader = leader;
    this.#asked = false;
    if (!this.#joined || base >= this.log.seq) return;
    this.#ahead = new Set(this.log.after(base)?.map(contentOf));
    this.log.moveTo(base, this.log.token);
  }

  #take(seq: number, bytes: Uint8Array): void {
    if (!this.#joined || seq > this.log.seq + 1) {
      this.#ask();
    } else if (seq === this.log.seq + 1) {
      this.#asked = false;
      const frame = fromBinary(SubscribeResponseSchema, bytes);
      const entry = this.log.append(frame);
      if (!this.#ahead.delete(contentOf(entry))) this.#sink.frame(frame);
    }
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    // Asks again with the next frame if no answer comes: the leader may have changed.
    this.#clock.after(1000, () => (this.#asked = false));
    this.#post(this.#joined ? { type: 'missed', from: this.#id, after: this.log.seq }
      : { type: 'hello', from: this.#id });
  }

  #welcome(to: string): void {
    const { seq, token } = this.log;
    this.#post({ type: 'welcome', to, leader: this.#leader, seq, token,
      told: told(this.log.within(OVERLAP_MS)), phase: this.#phase });
  }

  #tellAgain(to: string, after: number): void {
    const missed = this.log.after(after);
    const { seq, token } = this.log;
    if (missed) this.#tell(missed);
    else this.#post({ type: 'gone', to, leader: this.#leader, seq, token });
  }

  #answer(to: string, after: number): void {
    if (!this.#joined || this.log.seq <= after) return;
    const entries = this.log.after(after) ?? this.log.within(OVERLAP_MS);
    this.#post({ type: 'here', to, leader: this.#leader, seq: this.log.seq,
      token: this.log.token, told: told(entries) });
  }

  /** Takes what another tab has heard and this one has not. */
  #adopt(seq: number, token: string, frames: Told): void {
    const first = frames[0]?.seq ?? seq + 1;
    if (this.#joined && first > this.log.seq + 1) {
      // Too far behind.
      this.log.moveTo(seq, token);
      this.#sink.missed();
      return;
    }
    if (!this.#joined) {
      this.log.moveTo(first - 1, token);
      this.#join();
    }
    for (const frame of frames) this.#take(frame.seq, frame.bytes);
  }

  #join(): void {
    if (this.#joined) return;
    this.#joined = true;
    this.#asked = false;
    this.#sink.joined(false);
  }

  #tell(entries: readonly Entry[]): void {
    this.#post({ type: 'told', leader: this.#leader, base: this.#base, told: told(entries) });
  }

  #post(news: News): void {
    this.#channel.postMessage(news);
  }
}

const told = (entries: readonly Entry[]): Told => entries.map(({ seq, bytes }) => ({ seq, bytes }));

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** What a frame says, without its token, which another stream writes differently. */
function contentOf({ frame }: Entry): string {
  return JSON.stringify(frame.frame, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value);
}
