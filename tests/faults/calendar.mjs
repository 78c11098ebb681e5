// Days that pass for a whole stack: its PostgreSQL and its processes have a wall clock of their own,
// and begin anew after some days, as where a version is rolled out. So whatever the period of an
// upkeep, it runs after each step.
import assert from 'node:assert/strict';
import { stack } from '../journeys/stack.mjs';
import { WallClock } from './wall_clock.mjs';

const DAY_SECONDS = 24 * 3600;
// PostgreSQL looks once a minute for what to vacuum; a day is a few seconds here.
const VACUUMS = ['-c', 'autovacuum_naptime=1s'];
// Redis keeps the machine's clock: it holds nothing but what expires.
const SERVERS = ['postgres', 'redis'];

const ours = () => stack.processes.filter((name) => !SERVERS.includes(name));

export class Calendar {
  today = 0;
  #clock = new WallClock('stack');

  /** Gives the stack a clock of its own. */
  static async begin() {
    const calendar = new Calendar();
    await Promise.all(ours().map((name) => stack.end(name)));
    await stack.end('postgres', 'SIGINT');
    await calendar.#start('postgres', VACUUMS);
    await Promise.all(ours().map((name) => calendar.#start(name)));
    return calendar;
  }

  /**
   * Lets days pass; then one process of each kind begins anew, and after `between()` the other. So
   * what comes in between meets one that has just begun.
   */
  async pass(days, between) {
    this.today += days;
    this.#clock.put(this.today * DAY_SECONDS);
    await this.#renew(1);
    await between();
    await this.#renew(2);
  }

  async #renew(number) {
    const half = ours().filter((name) => name.endsWith(`-${number}`));
    await Promise.all(half.map(async (name) => {
      await stack.end(name);
      await this.#start(name);
    }));
  }

  async #start(name, flags) {
    assert.ok(await stack.restart(name, this.#clock.environment, flags),
        `${name} ended at once: ${stack.log(name).slice(-2000)}`);
  }
}
