// What was written when, and whether what somebody reads may be what they read.

// The value of something that is not there.
export const GONE = 'gone';

// When a call began and when it was answered, by performance.now().
export async function timed(call) {
  const began = performance.now();
  return { answer: await call(), began, ended: performance.now() };
}

// Runs `write`, after which each of these cells has its value.
export async function change(cells, write) {
  const sent = performance.now();
  const versions = cells.map(([cell, value]) => {
    const version = { value, sent, acked: Infinity };
    cell.add(version);
    return version;
  });
  const answer = await write();
  const acked = performance.now();
  for (const version of versions) version.acked = acked;
  return answer;
}

// One thing that changes, such as the title of a topic. One write at a time, so that the values come
// in the order of their commits.
export class Cell {
  #versions;

  constructor(value) {
    this.#versions = [{ value, sent: -Infinity, acked: -Infinity }];
  }

  get value() { return this.#versions.at(-1).value; }

  add(version) { this.#versions.push(version); }

  // How old a reading is: undefined if it shows what never stood there, or not any more `oldestMs`
  // before the call began; 0 if nothing newer had been acknowledged by then. `fits` tells of a
  // value whether the reading shows it.
  age(fits, { began, ended }, oldestMs) {
    const newest = this.#versions.findLastIndex((version) =>
      version.sent <= ended && fits(version.value));
    if (newest < 0) return undefined;
    const next = this.#versions[newest + 1];
    const age = next ? Math.max(0, began - next.acked) : 0;
    return age <= oldestMs ? age : undefined;
  }

  // The last values and how long before `at` each was written and acknowledged, for messages.
  told(at) {
    return this.#versions.slice(-6).map(({ value, sent, acked }) =>
      `${JSON.stringify(value)} ${Math.round(at - sent)}..${Math.round(at - acked)} ms`).join(', ');
  }
}
