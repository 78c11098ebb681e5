// A value that others may watch.

/**
 * A value that changes. `get` answers the same object until it does, so that it suits React's
 * `useSyncExternalStore(state.watch, state.get)` and the like; both may be passed on unbound.
 */
export interface Observable<Value> {
  readonly get: () => Value;
  /** Calls after each change; the answer ends that. */
  readonly watch: (changed: (value: Value) => void) => () => void;
}

export class Variable<Value> implements Observable<Value> {
  #value: Value;
  readonly #watchers = new Listeners<Value>();

  constructor(value: Value) {
    this.#value = value;
  }

  readonly get = (): Value => this.#value;
  readonly watch = (changed: (value: Value) => void): (() => void) => this.#watchers.add(changed);

  set(value: Value): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#watchers.tell(value);
  }
}

/** Those who are told; one that throws keeps nothing from the others. */
export class Listeners<Value> {
  readonly #listeners = new Set<{ readonly tell: (value: Value) => void }>();

  get size(): number {
    return this.#listeners.size;
  }

  add(tell: (value: Value) => void): () => void {
    const entry = { tell };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  tell(value: Value): void {
    for (const { tell } of [...this.#listeners]) guarded(() => tell(value));
  }
}

/** Calls what others wrote; an error in it is reported as one that nobody caught. */
export function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => { throw error; });
  }
}
