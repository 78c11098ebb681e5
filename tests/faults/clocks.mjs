// Wall clocks that jump: of the machine that everything runs on, and of one process alone, as where
// each runs on a machine of its own and one of these is put right. A process sees a jump up to 2 s
// later: Abseil counts cycles and asks the kernel now and then (absl/time/clock.cc).
import { chmodSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Chance } from '../journeys/chance.mjs';
import { until } from '../journeys/listener.mjs';
import { state } from '../journeys/places.mjs';
import { stack } from '../journeys/stack.mjs';
import { Callers, KINDS } from './callers.mjs';
import { AWAY, endure, LATE, long, USUAL_DEADLINE_MS } from './endure.mjs';
import { DEPENDENCIES, GatedHouse } from './gated_house.mjs';

const LIBRARY = join(state, 'build/release/tests/faults/libclock_jumps.so');
const NAMES = Object.keys(DEPENDENCIES);
const HOUR = 3600;
const LASTS_MS = long ? 30_000 : 1500;

const folder = mkdtempSync(join(tmpdir(), 'guildhall-clocks-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
const fileOf = (name) => join(folder, name);

const files = new Map(NAMES.map((name) => [name, openSync(fileOf(name), 'w')]));

// Puts the clocks of some processes so many seconds ahead of the machine's.
function put(names, seconds) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(seconds));
  // In place: whoever has mapped a file that gets shorter is ended by it (mmap(2), SIGBUS).
  for (const name of names) writeSync(files.get(name), bytes, 0, bytes.length, 0);
}

const TIMES = { [HOUR]: 'an hour ahead', 0: 'the right time', [-HOUR]: 'an hour behind' };
const told = (seconds) => TIMES[seconds];

put(NAMES, 0);
chmodSync(folder, 0o755);

describe('a wall clock that jumps', () => {
  let house;
  let callers;
  before(async () => {
    const preload = stack.lend(LIBRARY);
    house = await GatedHouse.raise(new Chance(),
        { environment: (name) => ({ LD_PRELOAD: preload, CLOCK_AHEAD: fileOf(name) }) });
    callers = await Callers.begin(house.gateway);
  });
  after(async () => {
    await callers.stop();
    await house.lower();
  });

  const tryIt = (t, names, seconds, end = () => {}) => endure(house, callers, {
    what: `a jump of ${names} to ${told(seconds)}`, hurt: KINDS, answers: [...AWAY, LATE],
    lastsMs: LASTS_MS, deadlineMs: USUAL_DEADLINE_MS,
    begin: async () => {
      put(names, seconds);
      for (const name of names) {
        await until(async () => Math.abs(await house.clock(name) - Date.now() - seconds * 1000) < 60_000,
            `seeing the jump: ${name}`);
      }
    },
    end,
  }).then((how) => t.diagnostic(how));

  // One after the other, and the clock stays where it has jumped to.
  for (const seconds of [HOUR, 0, -HOUR, 0]) {
    test(`of the machine: to ${told(seconds)}`, (t) => tryIt(t, NAMES, seconds));
  }

  for (const name of NAMES) {
    for (const seconds of [HOUR, -HOUR]) {
      test(`of ${name} alone: to ${told(seconds)}, and back`, (t) =>
        tryIt(t, [name], seconds, () => put([name], 0)));
    }
  }

  test('no acknowledged write is lost or done twice', () => callers.conclude());
});
