// Names and faces: members resolved in batches.
import type { Client } from '@connectrpc/connect';
import { type Clock, SYSTEM } from './clock.js';
import type { DirectoryService, Member }
  from './contracts/guildhall/directory/v1/directory_service_pb.js';

/** What BatchGetMembers takes. */
const BATCH = 200;

export interface MembersOptions {
  /** How many are kept; the least recently used goes first. About 1 KiB each. */
  readonly capacity?: number;
  /** How long one is taken for true. With live changes an edit is seen at once. */
  readonly freshMs?: number;
  /** How long it is taken for true that there is nobody to see under a name. */
  readonly absentMs?: number;
  /** When to ask: everything asked for until `run` is called goes into the same question. */
  readonly gather?: (run: () => void) => void;
  readonly clock?: Clock;
}

interface Known {
  readonly member: Member | undefined;
  readonly until: number;
}

interface Waiting {
  readonly promise: Promise<Member | undefined>;
  readonly resolve: (member: Member | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The members of `members/{id}` names. All that is asked for in one go (by default until the
 * current microtasks are done: a list that is being drawn) is one call for each 200, and nothing is
 * asked twice at a time.
 */
export class Members {
  readonly #known = new Map<string, Known>();
  #gathering = new Map<string, Waiting>();
  readonly #asked = new Map<string, Waiting>();
  readonly #capacity: number;
  readonly #freshMs: number;
  readonly #absentMs: number;
  readonly #gather: (run: () => void) => void;
  readonly #clock: Clock;

  constructor(private readonly directory: Pick<Client<typeof DirectoryService>, 'batchGetMembers'>,
      options: MembersOptions = {}) {
    this.#capacity = options.capacity ?? 5000;
    this.#freshMs = options.freshMs ?? 5 * 60_000;
    this.#absentMs = options.absentMs ?? 30_000;
    this.#gather = options.gather ?? queueMicrotask;
    this.#clock = options.clock ?? SYSTEM;
  }

  /**
   * The member of a name; undefined if there is none that the caller may see. Fails like
   * BatchGetMembers; a failure is not remembered.
   */
  get(name: string): Promise<Member | undefined> {
    // That name answers with another one.
    if (name === 'members/me') return Promise.reject(new TypeError('ask for account.member'));
    const known = this.#fresh(name);
    if (known) return Promise.resolve(known.member);
    const waiting = this.#asked.get(name) ?? this.#gathering.get(name);
    return waiting ? waiting.promise : this.#enqueue(name);
  }

  /** What is known of a name without asking: for drawing; undefined also if nothing is known. */
  peek(name: string): Member | undefined {
    return this.#fresh(name)?.member;
  }

  /** Asks anew the next time; also what is being asked now is not remembered. */
  forget(name: string): void {
    this.#known.delete(name);
    this.#asked.delete(name);
  }

  /** Forgets everybody: what one may see is not for the next who signs in. */
  clear(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  #fresh(name: string): Known | undefined {
    const known = this.#known.get(name);
    if (!known) return undefined;
    this.#known.delete(name);
    if (known.until <= this.#clock.now()) return undefined;
    // To the end: the first one is the least recently used.
    this.#known.set(name, known);
    return known;
  }

  #enqueue(name: string): Promise<Member | undefined> {
    if (this.#gathering.size === 0) this.#gather(() => this.#ask());
    let resolve!: Waiting['resolve'];
    let reject!: Waiting['reject'];
    const promise = new Promise<Member | undefined>((...both) => ([resolve, reject] = both));
    this.#gathering.set(name, { promise, resolve, reject });
    return promise;
  }

  #ask(): void {
    const all = [...this.#gathering];
    this.#gathering = new Map();
    for (const [name, waiting] of all) this.#asked.set(name, waiting);
    for (let first = 0; first < all.length; first += BATCH) {
      void this.#askFor(all.slice(first, first + BATCH));
    }
  }

  async #askFor(batch: [string, Waiting][]): Promise<void> {
    try {
      const names = batch.map(([name]) => name);
      const { members } = await this.directory.batchGetMembers({ names });
      const found = new Map(members.map((member) => [member.name, member]));
      for (const [name, waiting] of batch) this.#answer(name, waiting, found.get(name));
    } catch (error) {
      for (const [name, waiting] of batch) {
        this.#settle(name, waiting);
        waiting.reject(error);
      }
    }
  }

  #answer(name: string, waiting: Waiting, member: Member | undefined): void {
    if (this.#settle(name, waiting)) {
      const until = this.#clock.now() + (member ? this.#freshMs : this.#absentMs);
      this.#known.set(name, { member, until });
      for (const oldest of this.#known.keys()) {
        if (this.#known.size <= this.#capacity) break;
        this.#known.delete(oldest);
      }
    }
    waiting.resolve(member);
  }

  /** Whether the answer is still wanted: nothing was forgotten since it was asked for. */
  #settle(name: string, waiting: Waiting): boolean {
    return this.#asked.get(name) === waiting && this.#asked.delete(name);
  }
}
