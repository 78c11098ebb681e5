// What the network does to the house: each process's way to each of its dependencies through each
// fault.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KINDS } from './callers.mjs';
import { AWAY, BUSY, endure, FULL, HANGS, LATE, long } from './endure.mjs';
import { FAULTS } from './gate.mjs';
import { DEPENDENCIES } from './gated_house.mjs';

// In short: everything once for the dependency that matters most, and a few of the rest.
const DRAWN = 4;
const LASTS_MS = long ? 2000 : 1000;
// Longer than a caller's patience.
const HANGS_MS = long ? 7000 : 1200;
// So that what is lost is missed: longer than the lease of 2 s.
const LOST_MS = long ? 7000 : 3000;

// What is hurt by trouble between a process and a dependency. Nobody needs Redis. Without identity,
// nobody believes for longer than the lease of 2 s that a session lives.
const HURT = {
  'identity>postgres': KINDS,
  'directory>postgres': ['community', 'read', 'write'],
  'directory>identity': ['community'],
  'discussions>postgres': ['read', 'write'],
  'discussions>identity': ['read', 'write'],
  'discussions>directory': ['read', 'write'],
  'gateway>identity': ['me'],
  'gateway>directory': ['community'],
  'gateway>discussions': ['read', 'write'],
};
// How those who are hurt may be answered, beside OK.
const ANSWERS = {
  close: AWAY, refuse: AWAY, cut: AWAY, delay: [], drip: [...AWAY, LATE, FULL],
  hold: HANGS, lose: [...HANGS, BUSY],
};

const ALL = Object.entries(DEPENDENCIES)
  .flatMap(([name, needs]) => needs.map((need) => `${name}>${need}`))
  .flatMap((dependency) => FAULTS.map((fault) => ({ dependency, fault })));

function choose(chance) {
  if (long) return ALL;
  const first = ALL.filter(({ dependency }) => dependency === 'discussions>postgres');
  const rest = ALL.filter((each) => !first.includes(each));
  return [...first, ...Array.from({ length: DRAWN }, () =>
    rest.splice(chance.below(rest.length), 1)[0])];
}

export function declareNetwork(house, callers, chance) {
  describe('a network', () => {
    for (const { dependency, fault } of choose(chance)) {
      test(`faulty by ${fault}: ${dependency}`, async (t) => {
        const gate = house.gates[dependency];
        t.diagnostic(await endure(house, callers, {
          what: `${fault} of ${dependency}`, hurt: HURT[dependency] ?? [], answers: ANSWERS[fault],
          begin: () => gate.order(fault), end: () => gate.pass(), crowd: fault === 'hold',
          lastsMs: { lose: LOST_MS, hold: HANGS_MS, refuse: HANGS_MS, drip: HANGS_MS }[fault]
            ?? LASTS_MS,
        }));
        assert.ok(gate.met > 0, 'it met nobody');
      });
    }
  });
}
