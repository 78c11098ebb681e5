// How long to wait before the next attempt.
import type { Clock } from './clock.js';

/**
 * Delays that double from `firstMs` to `capMs`, each drawn between nothing and its bound ("full
 * jitter"): clients that lost the same gateway do not come back in step.
 */
export class Backoff {
  #failures = 0;

  constructor(private readonly clock: Clock,
      private readonly firstMs = 500, private readonly capMs = 30_000) {}

  /** After a failure: how long to wait; never less than what the server asked for. */
  next(askedMs = 0): number {
    const bound = Math.min(this.capMs, this.firstMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return askedMs + this.clock.random() * bound;
  }

  /** After a success. */
  reset(): void {
    this.#failures = 0;
  }
}
