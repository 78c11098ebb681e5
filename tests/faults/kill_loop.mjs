// Processes end at any moment while people write and listen: nothing acknowledged is lost, nothing
// happens twice, everything is told once.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from '../journeys/chance.mjs';
import { insist } from '../journeys/insist.mjs';
import { Person } from '../journeys/people.mjs';
import { stack } from '../journeys/stack.mjs';
import { Ledger } from './ledger.mjs';
import { reckon } from './reckoning.mjs';
import { troubles } from './troubles.mjs';
import { Watcher } from './watchers.mjs';
import { PATIENCE_SECONDS, oneByOne, settle, Writer } from './writers.mjs';

// Suspensions of a round of troubles.
const PROVOKED = 2;
const TOLD_WITHIN_MS = 30_000;
// Between two troubles.
const SHORTEST_MS = 100;
const SPREAD_MS = 900;

/**
 * Until so many writes of so many writers are acknowledged, with so many troubles at least, of which
 * each comes once before one comes again. GUILDHALL_SEED repeats the choices; not when each is made.
 */
export async function killLoop(t, { writes, writers, least }) {
  const chance = new Chance(Number(process.env.GUILDHALL_SEED ?? randomInt(2 ** 31)));
  t.diagnostic(`GUILDHALL_SEED=${chance.seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-ledger-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ledger.jsonl');
  const { founder, town, people } = await settle(await Ledger.open(path), writers);
  t.after(() => town.ledger.close());
  const watchers = [0, 1].map((gateway) => new Watcher(founder, gateway));
  t.after(() => watchers.forEach((each) => each.close()));
  await Promise.all(watchers.map(({ started }) => started.promise));
  try {
    const suspended = await writeThrough(t, chance, people, town,
        (count) => count >= least && town.acknowledged >= writes);
    await reckon(path, founder, town, watchers);
    await assertSuspended(suspended);
  } catch (error) {
    error.message = `GUILDHALL_SEED=${chance.seed}: ${error.message}`;
    throw error;
  }
  t.diagnostic(`${town.acknowledged} acknowledged, ${town.refusals} repeated`);
}

// People write until there have been `enough(count)` troubles; gives who was suspended by them.
async function writeThrough(t, chance, people, town, enough) {
  let stopped = false;
  const writing = Promise.all(people.map((person) =>
    new Writer(town, person.name, person, chance.fork()).run(() => stopped)))
    .finally(() => { stopped = true; });
  writing.catch(() => {}); // whoever fails is heard below
  try {
    return await trouble(t, town, chance, (count) => stopped || enough(count));
  } finally {
    stopped = true;
    await writing;
  }
}

// Causes one after the other until `enough(count)`; gives who was suspended by that.
async function trouble(t, town, chance, enough) {
  const administrator = await Person.administrator();
  const [victims, suspended] = [[], []];
  const suspend = async () => {
    const { name } = victims.pop();
    suspended.push(name);
    await insist((requestId, attempt) => administrator.at[attempt % 2].accounts.suspendAccount(
        { member: name, requestId }), { seconds: PATIENCE_SECONDS });
  };
  let bag = [];
  for (let count = 0; !enough(count); ++count) {
    if (bag.length === 0) {
      bag = troubles(suspend);
      victims.push(...await oneByOne(PROVOKED, () => Person.join()));
    }
    const [{ name, cause }] = bag.splice(chance.below(bag.length), 1);
    const [before, began] = [town.acknowledged, performance.now()];
    await cause(chance.fork());
    await pause(SHORTEST_MS + chance.below(SPREAD_MS));
    t.diagnostic(`${name}: ${town.acknowledged - before} acknowledged in ${
      Math.round(performance.now() - began)} ms`);
  }
  return suspended;
}

// Directory has heard of every suspension.
async function assertSuspended(names) {
  const ids = names.map((name) => name.split('/')[1]).join();
  const missing = `SELECT count(*) FROM members WHERE id = ANY ('{${ids}}') AND NOT suspended`;
  const end = Date.now() + TOLD_WITHIN_MS;
  while (await stack.sql('directory', missing) !== '0') {
    assert.ok(Date.now() < end, 'directory has not heard of a suspension');
    await pause(50);
  }
}
