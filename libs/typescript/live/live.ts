// Changes as they happen, for whoever listens in this page.
import { guarded, type Observable, Variable } from '../observable.js';
import { ended } from '../session.js';
import { eventOf, type LiveEvent, type LiveStatus } from './events.js';
import type { Source } from './source.js';
import { OVERLAP_MS } from './tabs.js';

/** An iteration that falls behind by so many events starts anew. */
const BUFFERED = 10_000;

/** What a Live is made of; `createGuildhall` makes it. */
export interface LiveParts {
  /** Where frames come from; called once, with the first listener. */
  readonly source: () => Promise<Source>;
  /** Where they come from if that one cannot be used in this page. */
  readonly fallback: () => Source;
  /** Hears each event before the listeners do. */
  readonly heard: (event: LiveEvent) => void;
  readonly ended: (error: unknown) => void;
}

interface Entry {
  readonly tell: (event: LiveEvent) => void;
  started: boolean;
}

/**
 * The changes that the signed-in person may see.
 *
 * The stream is opened with the first listener, goes on through cuts, other gateways and other
 * tabs, and ends with `close`, with the session, or with a refusal: `status` tells. Each listener
 * is told `started` once, loads what it shows, and applies what comes; each frame comes once. A
 * late listener is also told what came in the two seconds before it: what it loads may be so old.
 */
export class Live {
  readonly #status = new Variable<LiveStatus>({ phase: 'idle' });
  readonly #listeners = new Set<Entry>();
  readonly #end = new AbortController();
  #source: Source | undefined;
  #opened = false;
  #joined = false;
  #resumed = false;

  constructor(private readonly parts: LiveParts) {}

  /** Whether the stream stands; for a small sign in the corner of the page. */
  get status(): Observable<LiveStatus> {
    return this.#status;
  }

  /** What takes the stream up again after the last event that was told; empty before the first. */
  get resumeToken(): string {
    return this.#source?.log.token ?? '';
  }

  /** Tells each event, in order; the answer ends that. */
  listen(listener: (event: LiveEvent) => void): () => void {
    const entry: Entry = { tell: listener, started: false };
    this.#listeners.add(entry);
    this.#open();
    // Not before this call has answered.
    if (this.#joined) queueMicrotask(() => this.#catchUp(entry));
    return () => void this.#listeners.delete(entry);
  }

  /**
   * The events as an iteration, which ends with `signal`, with the stream and with the session; if
   * the stream was refused otherwise, it throws why. Who takes too long to use them is told `reset` instead.
   */
  async *events(signal?: AbortSignal): AsyncGenerator<LiveEvent, void, undefined> {
    let events: LiveEvent[] = [];
    let wake = (): void => {};
    const woken = (): void => wake();
    const unlisten = this.listen((event) => {
      if (events.length >= BUFFERED) events = [{ type: 'reset' }];
      else events.push(event);
      wake();
    });
    const unwatch = this.#status.watch(woken);
    signal?.addEventListener('abort', woken);
    try {
      while (!signal?.aborted) {
        const event = events.shift();
        if (event) {
          yield event;
          continue;
        }
        const status = this.#status.get();
        if (status.phase === 'ended') {
          if (status.error === undefined || ended(status.error)) return;
          throw status.error;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      unlisten();
      unwatch();
      signal?.removeEventListener('abort', woken);
    }
  }

  /** Ends the stream for good; another tab that shares it goes on. */
  close(error?: unknown): void {
    if (this.#status.get().phase === 'ended') return;
    this.#end.abort();
    this.#status.set({ phase: 'ended', error });
    this.#listeners.clear();
    this.parts.ended(error);
  }

  #open(): void {
    if (this.#opened || this.#end.signal.aborted) return;
    this.#opened = true;
    this.#run().then((error) => this.close(error), (error: unknown) => this.close(error));
  }

  async #run(): Promise<unknown> {
    this.#status.set({ phase: 'connecting' });
    this.#source = await this.parts.source();
    try {
      return await this.#read(this.#source);
    } catch (error) {
      // A page without an origin of its own has locks that refuse.
      if (!(error instanceof Error && error.name === 'SecurityError')) throw error;
      this.#source = this.parts.fallback();
      return this.#read(this.#source);
    }
  }

  #read(source: Source): Promise<unknown> {
    return source.run({
      joined: (resumed) => this.#join(resumed),
      frame: (frame) => {
        const event = eventOf(frame);
        if (event) this.#tell(event);
      },
      missed: () => this.#tell({ type: 'reset' }),
      phase: (phase) => {
        if (!this.#end.signal.aborted) this.#status.set({ phase });
      },
    }, this.#end.signal);
  }

  #join(resumed: boolean): void {
    this.#joined = true;
    this.#resumed = resumed;
    guarded(() => this.parts.heard({ type: 'started', resumed }));
    for (const entry of [...this.#listeners]) this.#start(entry, resumed);
  }

  #start(entry: Entry, resumed: boolean): void {
    if (entry.started) return;
    entry.started = true;
    guarded(() => entry.tell({ type: 'started', resumed }));
  }

  /** A listener that comes while the stream stands. */
  #catchUp(entry: Entry): void {
    if (entry.started || !this.#listeners.has(entry)) return;
    this.#start(entry, this.#resumed);
    for (const { frame } of this.#source!.log.within(OVERLAP_MS)) {
      const event = eventOf(frame);
      if (event) guarded(() => entry.tell(event));
    }
  }

  #tell(event: LiveEvent): void {
    guarded(() => this.parts.heard(event));
    for (const entry of [...this.#listeners]) {
      if (entry.started) guarded(() => entry.tell(event));
    }
  }
}
