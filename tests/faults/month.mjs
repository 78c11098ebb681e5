// Two months in which members write: what is to go goes in its time and nothing before it, what
// counts is right, PostgreSQL keeps its tables small by itself, and who listens or was away goes on.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGuildhall } from '@guildhall/client';
import { Chance } from '../journeys/chance.mjs';
import { until } from '../journeys/listener.mjs';
import { stack } from '../journeys/stack.mjs';
import { Calendar } from './calendar.mjs';
import { OWNERS } from './fingerprints.mjs';
import { Ledger } from './ledger.mjs';
import { assertCounted, assertLast, assertOnce, assertTold, expectedOf, readTopics }
  from './reckoning.mjs';
import { Watcher } from './watchers.mjs';
import { settle, Writer } from './writers.mjs';

const DAYS = 56;
// Of who listens: two are there all along, one is away for less than changes are kept, one for more.
const BACK_ON_DAY = [0, 0, 21, 49];
const WRITERS = 4;
// Of a session, whose life is 30 days at most, and 14 unused.
const SIGN_IN_EVERY_DAYS = 7;
// Changes are kept 30 days, in partitions of a week, which go as a whole; so are ended sessions.
const KEPT_DAYS = 30;
const WEEK_DAYS = 7;
// Weeks that begin within 30 days, the one before, this one and two ahead, and what takes the rest.
const MOST_PARTITIONS = 5 + 1 + 2 + 1;
// One signs, one is next, one is no longer used.
const MOST_KEYS = 3;
// Of the size of a table with its indexes, written anew: what lives a day comes beside what has just
// gone, before that is vacuumed.
const MOST_BLOAT = 3;
// Smaller ones are mostly pages that an index has at the least.
const BLOAT_FROM_BYTES = 256 << 10;

// How each number that is kept beside what it counts goes wrong, by the metric that tells of it.
const DAMAGES = Object.entries({
  guildhall_directory_mended_member_counts_total: ['directory', `
    UPDATE communities SET member_count = member_count + 1
    WHERE id = (SELECT id FROM communities ORDER BY id LIMIT 1)`],
  guildhall_directory_mended_member_communities_total: ['directory', `
    UPDATE members SET community_ids = '{}'
    WHERE id = (SELECT id FROM members WHERE community_ids <> '{}' ORDER BY id LIMIT 1)`],
  guildhall_discussions_mended_topics_total: ['discussions', `
    UPDATE topics SET score = score + 7
    WHERE id = (SELECT id FROM topics ORDER BY id LIMIT 1)`],
  guildhall_discussions_mended_posts_total: ['discussions', `
    UPDATE posts SET reply_count = reply_count + 7
    WHERE (topic_id, number) = (SELECT topic_id, number FROM posts
                                ORDER BY topic_id, number LIMIT 1)`],
  guildhall_discussions_mended_tags_total: ['discussions', `
    UPDATE community_tags SET topic_count = topic_count + 7
    WHERE (community_id, tag) = (SELECT community_id, tag FROM community_tags
                                 ORDER BY community_id, tag LIMIT 1)`],
  guildhall_discussions_mended_polls_total: ['discussions', `
    UPDATE polls SET voter_count = voter_count + 7
    WHERE topic_id = (SELECT topic_id FROM polls ORDER BY topic_id LIMIT 1)`],
});

const FOLLOWER = 'hear_of_suspensions';

const AGE = (column) => `extract(day FROM now() - ${column})`;

// As autovacuum decides by its settings (PostgreSQL 15, 25.1.6).
const DUE = `
  SELECT string_agg(stat.relname || ' ' || n_dead_tup, ', ')
  FROM pg_stat_user_tables stat JOIN pg_class ON pg_class.oid = relid
  WHERE n_dead_tup > current_setting('autovacuum_vacuum_threshold')::integer
      + current_setting('autovacuum_vacuum_scale_factor')::float * greatest(reltuples, 0)`;

/** Two months in steps of some days, with so many writes at least after each. */
export async function month(t, { daysAtOnce, writes }) {
  const chance = new Chance();
  t.diagnostic(`GUILDHALL_SEED=${chance.seed}`);
  const hall = await Hall.open(t, chance);
  const { calendar, town } = hall;
  const wrote = [0];
  for (let step = 0; calendar.today < DAYS; ++step) {
    const [metric, [owner, damage]] = DAMAGES[step % DAMAGES.length];
    await stack.sql(owner, damage);
    await calendar.pass(daysAtOnce);
    await hall.greet(daysAtOnce);
    await hall.write(writes);
    wrote.push(calendar.today);
    await assertMended(metric);
    await assertKept(wrote.filter((day) => calendar.today - day < KEPT_DAYS).length);
    await assertVacuumed();
    await hall.assertFound();
  }
  await hall.reckon();
  t.diagnostic(`${town.acknowledged} acknowledged, ${town.refusals} repeated`);
  t.diagnostic(await assertSmall());
}

// What all processes count under a name, without those whose labels hold a word.
async function counted(metric, without) {
  let sum = 0;
  const sample = new RegExp(`^${metric}(\\{.*\\})? (\\S+)$`, 'gm');
  for (const name of stack.processes.filter((each) => /-\d$/.test(each))) {
    const text = await (await fetch(`${stack.admin(name)}/metrics`)).text();
    for (const [, labels, value] of text.matchAll(sample)) {
      if (!labels?.includes(without)) sum += Number(value);
    }
  }
  return sum;
}

// What was damaged is right again, nothing else was wrong, and no upkeep has failed.
async function assertMended(damaged) {
  await until(async () => await counted(damaged) > 0, damaged);
  for (const [metric] of DAMAGES) {
    assert.equal(await counted(metric), metric === damaged ? 1 : 0, metric);
  }
  // Who follows another service finds it away while that begins anew.
  assert.equal(await counted('guildhall_upkeep_failures_total', FOLLOWER), 0, 'upkeep failed');
}

// Changes and what ends are there as long as they are kept, in their places, and no longer.
async function assertKept(daysOfChanges) {
  for (const owner of OWNERS) {
    const [partitions, unplaced, days, oldestChange, oldestClaim] = (await stack.sql(owner, `
      SELECT (SELECT count(*) FROM pg_inherits WHERE inhparent = 'change_log'::regclass),
             (SELECT count(*) FROM change_log_rest),
             count(DISTINCT ${AGE('create_time')}) FILTER (WHERE ${AGE('create_time')} < ${KEPT_DAYS}),
             max(${AGE('create_time')}),
             (SELECT max(${AGE('create_time')}) FROM request_claims)
      FROM change_log`)).split('|').map(Number);
    assert.ok(partitions <= MOST_PARTITIONS, `${owner}: ${partitions} partitions`);
    assert.equal(unplaced, 0, `${owner}: changes without a partition`);
    if (owner === 'discussions') assert.equal(days, daysOfChanges, 'days of changes');
    assert.ok(oldestChange <= KEPT_DAYS + WEEK_DAYS, `${owner}: a change of ${oldestChange} days`);
    assert.ok(oldestClaim < 1, `${owner}: a claim of ${oldestClaim} days`);
  }
  const [ended, keys] = (await stack.sql('identity', `
    SELECT max(${AGE('expire_time')}), (SELECT count(*) FROM signing_keys) FROM sessions`))
      .split('|').map(Number);
  assert.ok(ended <= KEPT_DAYS, `a session that has ended ${ended} days ago`);
  assert.ok(keys <= MOST_KEYS, `${keys} signing keys`);
}

// PostgreSQL has vacuumed by itself whatever was due, and nothing kept it from what is dead.
async function assertVacuumed() {
  for (const owner of OWNERS) {
    await until(async () => (await stack.sql(owner, DUE)) === '', `vacuuming: ${owner}`);
  }
}

// No table has many more pages than it would have if it were written anew.
async function assertSmall() {
  const told = [];
  for (const owner of OWNERS) {
    const before = await sizes(owner);
    await stack.sql(owner, 'VACUUM FULL');
    const after = await sizes(owner);
    for (const [table, bytes] of before) {
      if (bytes < BLOAT_FROM_BYTES) continue;
      const bloat = bytes / after.get(table);
      told.push(`${table} ${bytes >> 10} KiB, ${bloat.toFixed(2)} of it anew`);
      assert.ok(bloat <= MOST_BLOAT, told.at(-1));
    }
  }
  return told.join('; ');
}

const sizes = async (owner) => new Map((await stack.sql(owner, `
  SELECT relname, pg_total_relation_size(oid) FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`))
    .split('\n').map((line) => line.split('|')).map(([table, bytes]) => [table, Number(bytes)]));

/** Members who write and listen, and some who were away. */
class Hall {
  static async open(t, chance) {
    const hall = new Hall();
    const folder = mkdtempSync(join(tmpdir(), 'guildhall-ledger-'));
    t.after(() => rmSync(folder, { recursive: true }));
    hall.path = join(folder, 'ledger.jsonl');
    Object.assign(hall, await settle(await Ledger.open(hall.path), WRITERS));
    t.after(() => hall.town.ledger.close());
    // Beside the communities of the ledger: what is not of it.
    hall.side = await hall.founder.found();
    await hall.founder.openPoll(hall.side);
    hall.searched = await hall.founder.open(hall.side);
    hall.writers = hall.people.map((person) =>
      new Writer(hall.town, person.name, person, chance.fork()));
    hall.calendar = await Calendar.begin();
    await hall.#watch(() => true);
    for (const [i, day] of BACK_ON_DAY.entries()) if (day > 0) hall.watchers[i].close();
    t.after(() => hall.watchers.forEach((each) => each.close()));
    return hall;
  }

  /** Once a week everybody signs in anew, and who was away may come back. */
  async greet(days) {
    const { today } = this.calendar;
    const week = (day) => Math.floor(day / SIGN_IN_EVERY_DAYS);
    if (week(today) === week(today - days)) return;
    for (const person of [this.founder, ...this.people]) {
      person.secret = (await person.signIn()).sessionSecret;
    }
    for (const [i, writer] of this.writers.entries()) writer.signInAs(this.people[i]);
    await this.#watch((day) => day <= today);
  }

  // Each of those who are there goes on where it has ended before.
  async #watch(isThere) {
    this.watchers = BACK_ON_DAY.map((day, i) => {
      const earlier = this.watchers?.[i];
      earlier?.close();
      return isThere(day) ? new Watcher(this.founder, i % 2, earlier) : earlier;
    });
    await Promise.all(this.watchers.map(({ started }) => started.promise));
  }

  async write(count) {
    const enough = this.town.acknowledged + count;
    const stopped = () => this.town.acknowledged >= enough;
    await Promise.all(this.writers.map((writer) => writer.run(stopped)));
  }

  /** A post of today is found by its words. */
  async assertFound() {
    const word = `day${this.calendar.today}`;
    const { name } = await this.founder.post(this.searched, word);
    await until(async () => {
      const { results } = await this.founder.postSearch.searchPosts(
          { query: word, communities: [this.side.name] });
      return results.some(({ post }) => post === name);
    }, `finding ${word}`);
  }

  /** What is there is what was acknowledged, and was told once. */
  async reckon() {
    const guildhall = createGuildhall(
        { baseUrl: stack.gateways[0], secret: this.founder.secret });
    const expected = await expectedOf(this.path);
    const topics = await readTopics(guildhall, this.town.communities);
    assertOnce(expected, topics);
    await assertLast(expected, topics, guildhall, this.town.halls);
    assertCounted(expected, topics);
    guildhall.close();
    for (const watcher of this.watchers.slice(0, -1)) {
      await until(() => watcher.hasHeard(topics), 'hearing of everything');
      assertTold(watcher.told, topics);
    }
    assert.equal(this.watchers.at(-1).told.resets, 1,
        'who was away for longer than changes are kept loads anew');
  }
}
