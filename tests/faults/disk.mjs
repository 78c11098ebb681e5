// Disks that are full: of PostgreSQL, which then refuses to write, or ends; of the programs' logs.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Chance } from '../journeys/chance.mjs';
import { discussions } from '../journeys/contracts.mjs';
import { Person } from '../journeys/people.mjs';
import { leaveRoom } from '../journeys/rates.mjs';
import { isGone, stack } from '../journeys/stack.mjs';
import { authorization, pathOf, send } from '../journeys/wire.mjs';
import { Callers, KINDS } from './callers.mjs';
import { AWAY, endure, LATE, long, USUAL_DEADLINE_MS } from './endure.mjs';
import { GatedHouse } from './gated_house.mjs';
import { cannotMount, SmallDisk } from './small_disk.mjs';

const LASTS_MS = long ? 30_000 : 1000;
// Less than a post of the length below takes with its index and its change.
const LEFT_BYTES = 256 << 10;
const LONG_BYTES = 60_000;
// As long as those of the callers: these find room in pages where the long ones no longer do.
const SHORT_BYTES = 10;
// What PostgreSQL has room for in files that are there already is no more than this, of each.
const MOST_POSTS = 2000;
const MOST_SEGMENTS = 200;

const chance = new Chance();
let house;
let callers;

// Writes posts from `begin()` on until even a short one is refused, since there is no room for it.
async function fill(begin) {
  const author = await Person.join();
  await author.join(callers.community);
  const topic = await author.open(callers.community);
  begin();
  await writeUntilRefused(author, topic, LONG_BYTES);
  await writeUntilRefused(author, topic, SHORT_BYTES);
}

async function writeUntilRefused(author, topic, bytes) {
  const path = pathOf(discussions.DiscussionsService, 'CreatePost');
  for (let i = 0; i < MOST_POSTS; ++i) {
    const { status, headers, body } = await send({ gateway: house.gateway, path,
      headers: { 'content-type': 'application/json', ...authorization(author.secret) },
      body: JSON.stringify({ parent: topic.name, requestId: randomUUID(),
        // Nothing that could be compressed.
        post: { markdown: randomBytes(bytes / 2).toString('hex') } }) });
    if (status === 503) return;
    assert.equal(status, 200, body.toString());
    await leaveRoom(headers['ratelimit-remaining']);
  }
  assert.fail(`there was room for ${MOST_POSTS} posts of ${bytes} bytes`);
}

// Lets PostgreSQL begin new files of its write-ahead log until it has no room for one.
async function fillLog() {
  const pid = stack.pid('postgres');
  for (let i = 0; i < MOST_SEGMENTS && !isGone(pid); ++i) {
    const answered = await stack.sql('identity',
        "SELECT pg_logical_emit_message(true, 'guildhall', 'full'); SELECT pg_switch_wal()")
        .then(() => true, () => false);
    if (!answered) return;
  }
  assert.ok(isGone(pid), `there was room for ${MOST_SEGMENTS} segments`);
}

describe('where a disk is full', () => {
  let disk;
  before(async () => {
    house = await GatedHouse.raise(chance);
    callers = await Callers.begin(house.gateway);
  });
  after(async () => {
    await callers.stop();
    await house.lower();
    await disk?.remove();
  });

  const tryIt = (t, what, begin) => endure(house, callers, {
    what, hurt: KINDS, answers: [...AWAY, LATE], lastsMs: LASTS_MS, deadlineMs: USUAL_DEADLINE_MS,
    begin, end: () => disk.makeRoom(), felt: true,
  }).then((told) => t.diagnostic(told));

  test('PostgreSQL is moved onto a small one', { skip: cannotMount }, async () => {
    disk = await SmallDisk.underPostgres();
    await stack.repair();
    await callers.areWell(performance.now(), 'the move');
  });

  test('that of its tables: writes are refused until there is room', { skip: cannotMount }, (t) =>
    tryIt(t, 'a disk without room for tables', async () => {
      await fill(() => disk.leave(LEFT_BYTES));
    }));

  test('that of its log: it ends, and all are well once it is back', { skip: cannotMount }, (t) =>
    tryIt(t, 'a disk without room for the log', async () => {
      disk.leave(LEFT_BYTES);
      await fillLog();
    }));

  test('that of the logs: nobody notices', async (t) => {
    const silent = await GatedHouse.raise(chance, { log: '/dev/full' });
    const people = await Callers.begin(silent.gateway);
    t.after(async () => {
      await people.stop();
      await silent.lower();
    });
    t.diagnostic(await endure(silent, people, {
      what: 'a disk without room for logs', hurt: [], answers: [], lastsMs: LASTS_MS,
      begin: () => {}, end: () => {},
    }));
  });

  test('no acknowledged write is lost or done twice', () => callers.conclude());
});
