// How far a stream has been read, and the last of it.
import { toBinary } from '@bufbuild/protobuf';
import type { Clock } from '../clock.js';
import { type SubscribeResponse, SubscribeResponseSchema }
  from '../contracts/guildhall/gateway/v1/live_service_pb.js';

/** A frame and its number among those of the tabs that share a stream. */
export interface Entry {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly frame: SubscribeResponse;
  readonly atMs: number;
}

/** A tab that missed more of the others' frames than this loads anew. */
const ENTRIES = 256;
const BYTES = 4 << 20;

/** The position in a stream, and frames before it. */
export class Log {
  #seq = 0;
  #token: string;
  #recent: Entry[] = [];
  #bytes = 0;

  constructor(private readonly clock: Clock, token = '') {
    this.#token = token;
  }

  /** The number of the last frame. */
  get seq(): number {
    return this.#seq;
  }

  /** What takes the stream up again after that frame. */
  get token(): string {
    return this.#token;
  }

  append(frame: SubscribeResponse): Entry {
    const entry = { seq: ++this.#seq, bytes: toBinary(SubscribeResponseSchema, frame), frame,
      atMs: this.clock.now() };
    this.#token = frame.resumeToken;
    this.#recent.push(entry);
    this.#bytes += entry.bytes.length;
    while (this.#recent.length > ENTRIES || this.#bytes > BYTES) {
      this.#bytes -= this.#recent.shift()!.bytes.length;
    }
    return entry;
  }

  /** Goes to another position; what came before it is forgotten. */
  moveTo(seq: number, token: string): void {
    this.#seq = seq;
    this.#token = token;
    this.#recent = [];
    this.#bytes = 0;
  }

  /** All frames after number `seq`; undefined if some of them are forgotten. */
  after(seq: number): readonly Entry[] | undefined {
    const count = this.#seq - seq;
    if (count <= 0) return [];
    return count <= this.#recent.length ? this.#recent.slice(-count) : undefined;
  }

  /** The frames of the last `ms`, as far as they are remembered. */
  within(ms: number): readonly Entry[] {
    const from = this.clock.now() - ms;
    return this.#recent.filter(({ atMs }) => atMs >= from);
  }
}
