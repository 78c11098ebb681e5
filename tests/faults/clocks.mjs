// Wall clocks that jump: of the machine that everything runs on, and of one process alone, as where
// each runs on a machine of its own and one of these is put right. A process sees a jump up to 2 s
// later: Abseil counts cycles and asks the kernel now and then (absl/time/clock.cc).
import { after, before, describe, test } from 'node:test';
import { Chance } from '../journeys/chance.mjs';
import { until } from '../journeys/listener.mjs';
import { Callers, KINDS } from './callers.mjs';
import { AWAY, endure, LATE, long, USUAL_DEADLINE_MS } from './endure.mjs';
import { DEPENDENCIES, GatedHouse } from './gated_house.mjs';
import { WallClock } from './wall_clock.mjs';

const NAMES = Object.keys(DEPENDENCIES);
const HOUR = 3600;
const LASTS_MS = long ? 30_000 : 1500;

const clocks = new Map(NAMES.map((name) => [name, new WallClock(name)]));

const TIMES = { [HOUR]: 'an hour ahead', 0: 'the right time', [-HOUR]: 'an hour behind' };
const told = (seconds) => TIMES[seconds];

describe('a wall clock that jumps', () => {
  let house;
  let callers;
  before(async () => {
    house = await GatedHouse.raise(new Chance(),
        { environment: (name) => clocks.get(name).environment });
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
      for (const name of names) clocks.get(name).put(seconds);
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
        tryIt(t, [name], seconds, () => clocks.get(name).put(0)));
    }
  }

  test('no acknowledged write is lost or done twice', () => callers.conclude());
});
