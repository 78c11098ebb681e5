// Processes that stand still (SIGSTOP) and go on: as they do on a machine that swaps, is moved, or
// is looked into.
import { describe, test } from 'node:test';
import { stack } from '../journeys/stack.mjs';
import { KINDS } from './callers.mjs';
import { endure, HANGS, long } from './endure.mjs';

const SECONDS = long ? [1, 5, 30] : [1.2];

// Who needs a process. A gateway answers nothing while it stands still, and all of it after that.
const HURT = {
  identity: KINDS,
  directory: ['community', 'read', 'write'],
  discussions: ['read', 'write'],
  gateway: KINDS,
  postgres: KINDS,
  redis: [],
};

export function declareStops(house, callers) {
  const signal = (name, what) => (name === 'postgres' || name === 'redis'
    ? stack.signal(name, what) : house.signal(name, what));

  describe('a process', () => {
    for (const [name, hurt] of Object.entries(HURT)) {
      for (const seconds of SECONDS) {
        test(`that stands still for ${seconds} s: ${name}`, async (t) => {
          t.diagnostic(await endure(house, callers, {
            what: `${name} that stands still for ${seconds} s`, hurt, answers: HANGS,
            begin: () => signal(name, 'SIGSTOP'), end: () => signal(name, 'SIGCONT'),
            lastsMs: seconds * 1000, heldUpMs: name === 'gateway' ? seconds * 1000 : 0,
          }));
        });
      }
    }
  });
}
