// What ends the processes of a stack, and begins them anew: at any moment by SIGKILL, or at a point
// that crash_points.cpp knows.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { state } from '../journeys/places.mjs';
import { ended, stack } from '../journeys/stack.mjs';

const LIBRARY = join(state, 'build/release/tests/faults/libcrash_points.so');
// Under load the Nth time comes within a second or two.
const LATEST = 40;

async function begin(name) {
  assert.ok(await stack.restart(name), `${name} ended at once`);
}

const killed = (name) => ({
  name: `${name} is killed`,
  cause: async () => {
    await stack.end(name, 'SIGKILL');
    await begin(name);
  },
});

// PostgreSQL and Redis, which a command starts.
const repaired = (name) => ({
  name: `${name} is killed`,
  cause: async () => {
    await stack.end(name, 'SIGKILL');
    await stack.repair();
  },
});

// Both processes of a service run towards the point, so that it is reached whichever does the work.
// `provoke` makes work that the load does not make, once.
const crashed = (service, point, provoke) => ({
  name: `${service} ends ${point}`,
  cause: async (chance) => {
    const names = [`${service}-1`, `${service}-2`];
    const time = provoke ? 1 : 1 + chance.below(LATEST);
    const environment = { LD_PRELOAD: stack.lend(LIBRARY), CRASH_POINT: `${point} ${time}` };
    for (const name of names) {
      await stack.end(name, 'SIGKILL');
      await stack.restart(name, environment);
    }
    const pids = names.map((name) => stack.pid(name));
    const provoked = provoke?.();
    await Promise.any(pids.map((pid) => ended(pid, `${service} ${point}`)));
    for (const name of names) {
      await stack.end(name, 'SIGKILL');
      await begin(name);
    }
    await provoked;
  },
});

/** All troubles; `suspend()` suspends an account, of which directory is told. */
export const troubles = (suspend) => [
  ...['identity', 'directory', 'discussions', 'gateway'].flatMap((service) =>
    [1, 2].map((number) => killed(`${service}-${number}`))),
  repaired('postgres'),
  repaired('redis'),
  crashed('discussions', 'before commit'),
  crashed('discussions', 'committed append_change'),
  crashed('discussions', 'published'),
  crashed('directory', 'before commit'),
  crashed('directory', 'committed append_change'),
  crashed('directory', 'published'),
  // The consumer's position has moved, and its effect is to come.
  crashed('directory', 'before note_suspensions', suspend),
  crashed('identity', 'committed set_suspension', suspend),
];
