// Time and chance, which tests replace.

/** What waits and what throws dice. */
export interface Clock {
  /** Milliseconds from some moment on, never going back. */
  now(): number;
  /** Calls once after `ms`; the answer calls it off. */
  after(ms: number, run: () => void): () => void;
  /** From 0 to 1, without 1. */
  random(): number;
}

export const SYSTEM: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Waits; ends early, without an error, when `signal` aborts or `wake` is called. */
export function pause(clock: Clock, ms: number, signal: AbortSignal,
    onWake: (wake: () => void) => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener('abort', end);
    onWake(end);
    if (signal.aborted) end();
  });
}
