// Days that pass for a whole stack: its PostgreSQL and its processes have a wall clock of their own
// (clock_jumps.cpp), and each day begins with a new start of every process, as where a version is
// rolled out. So every upkeep of theirs runs at least once a day, whatever its period.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { state } from '../journeys/places.mjs';
import { isGone, stack } from '../journeys/stack.mjs';

const LIBRARY = join(state, 'build/release/tests/faults/libclock_jumps.so');
const DAY_SECONDS = 24 * 3600;
// PostgreSQL looks once a minute for what to vacuum; a day is a few seconds here.
const VACUUMS = ['-c', 'autovacuum_naptime=1s'];
const GONE_WITHIN_MS = 60_000;
// Redis keeps its clock: it holds nothing but what expires.
const TIMELESS = ['redis'];

export class Calendar {
  today = 0;
  #folder = mkdtempSync(join(tmpdir(), 'guildhall-calendar-'));
  #file = join(this.#folder, 'ahead');
  #ahead = openSync(this.#file, 'w');
  // Lent once: who has mapped a file that gets shorter is ended by it (mmap(2), SIGBUS).
  #library = stack.lend(LIBRARY);

  /** Takes the clocks of the stack into its own hand. */
  static async begin() {
    const calendar = new Calendar();
    process.once('exit', () => rmSync(calendar.#folder, { recursive: true }));
    chmodSync(calendar.#folder, 0o755);
    calendar.#put(0);
    await Promise.all(ours().map((name) => end(name)));
    await end('postgres', 'SIGINT');
    await calendar.#start('postgres', VACUUMS);
    await Promise.all(ours().map((name) => calendar.#start(name)));
    return calendar;
  }

  /** Lets days pass; then each process begins anew, while the other of its kind takes the calls. */
  async pass(days) {
    this.today += days;
    this.#put(this.today * DAY_SECONDS);
    for (const number of [1, 2]) {
      const half = ours().filter((name) => name.endsWith(`-${number}`));
      await Promise.all(half.map(async (name) => {
        await end(name);
        await this.#start(name);
      }));
    }
  }

  async #start(name, flags = []) {
    const environment = { LD_PRELOAD: this.#library, CLOCK_AHEAD: this.#file };
    assert.ok(await stack.restart(name, environment, flags), `${name}: ${stack.log(name)}`);
  }

  #put(seconds) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(seconds));
    writeSync(this.#ahead, bytes, 0, bytes.length, 0);
  }
}

const ours = () => stack.processes.filter((name) => ![...TIMELESS, 'postgres'].includes(name));

async function end(name, signal = 'SIGTERM') {
  const pid = stack.pid(name);
  stack.signal(name, signal);
  for (const late = Date.now() + GONE_WITHIN_MS; !isGone(pid);) {
    assert.ok(Date.now() < late, `${name} did not end`);
    await pause(5);
  }
}
