// What months leave in the databases: what is kept and what has gone, what reconcilers find, and how
// much room it takes.
import assert from 'node:assert/strict';
import { untilHolds } from '../journeys/listener.mjs';
import { stack } from '../journeys/stack.mjs';
import { OWNERS } from './fingerprints.mjs';
import { SESSION_DAYS } from './household.mjs';

// Changes and ended sessions; changes go by partitions of a week.
export const KEPT_DAYS = 30;
const WEEK_DAYS = 7;
// Five past weeks in which something may be younger than 30 days, the one that may go tomorrow, this
// one, two ahead, and what takes the rest.
const MOST_PARTITIONS = 5 + 1 + 1 + 2 + 1;
// One signs, one is next, one has signed what is valid for some minutes.
const MOST_KEYS = 3;
// Of the size of a table with its indexes, written anew: what lives a day comes beside what has just
// gone, before that is vacuumed.
const MOST_BLOAT = 3;
// Besides, what lies dead until PostgreSQL looks again, once a minute (autovacuum_naptime): some 3,000
// writes, each of which leaves a row of 250 bytes and as much in indexes.
const DEAD_OF_A_MINUTE_BYTES = 2 << 20;
// Where several write at once PostgreSQL adds pages to a table by dozens
// (RelationAddExtraBlocks in hio.c): smaller ones say nothing.
const BLOAT_FROM_BYTES = 1 << 20;
// It finds the other service away while that begins anew.
const FOLLOWER = 'hear_of_suspensions';

const FIRST_TAG = 'SELECT community_id, tag FROM community_tags ORDER BY community_id, tag LIMIT 1';
const FIRST_POST = 'SELECT topic_id, number FROM posts ORDER BY topic_id, number LIMIT 1';

// How each number that is kept beside what it counts goes wrong, and the metric that tells of it.
export const DAMAGES = [
  { metric: 'guildhall_directory_mended_member_counts_total', owner: 'directory', damage: `
    UPDATE communities SET member_count = member_count + 7
    WHERE id = (SELECT id FROM communities ORDER BY id LIMIT 1)` },
  { metric: 'guildhall_directory_mended_member_communities_total', owner: 'directory', damage: `
    UPDATE members SET community_ids = '{}'
    WHERE id = (SELECT id FROM members WHERE community_ids <> '{}' ORDER BY id LIMIT 1)` },
  { metric: 'guildhall_discussions_mended_topics_total', owner: 'discussions', damage: `
    UPDATE topics SET score = score + 7 WHERE id = (SELECT id FROM topics ORDER BY id LIMIT 1)` },
  { metric: 'guildhall_discussions_mended_posts_total', owner: 'discussions', damage: `
    UPDATE posts SET reply_count = reply_count + 7 WHERE (topic_id, number) = (${FIRST_POST})` },
  { metric: 'guildhall_discussions_mended_tags_total', owner: 'discussions', damage: `
    UPDATE community_tags SET topic_count = topic_count + 7
    WHERE (community_id, tag) = (${FIRST_TAG})` },
  { metric: 'guildhall_discussions_mended_polls_total', owner: 'discussions', damage: `
    UPDATE polls SET voter_count = voter_count + 7
    WHERE topic_id = (SELECT topic_id FROM polls ORDER BY topic_id LIMIT 1)` },
];

/**
 * What was damaged is right again, and of what reconcilers look at first nothing else was wrong: of
 * the rest `reckon()` counts what members see. No upkeep has failed.
 */
export async function assertMended(damaged) {
  for (const { metric } of DAMAGES) {
    assert.deepEqual(await counted(metric), metric === damaged ? [[metric, 1]] : []);
  }
  const failures = await counted('guildhall_upkeep_failures_total');
  assert.deepEqual(failures.filter(([labels]) => !labels.includes(FOLLOWER)), []);
}

// What processes count under a name, with its labels, unless it is 0.
async function counted(metric) {
  const found = [];
  const sample = new RegExp(`^(${metric}(?:\\{.*\\})?) (\\S+)$`, 'gm');
  for (const name of stack.processes.filter((each) => /-\d$/.test(each))) {
    const text = await (await fetch(`${stack.admin(name)}/metrics`)).text();
    for (const [, labelled, value] of text.matchAll(sample)) {
      if (Number(value) > 0) found.push([labelled, Number(value)]);
    }
  }
  return found;
}

// In whole days; what is to come has a negative one.
const ageOf = (column) => `floor(extract(epoch FROM now() - ${column}) / 86400)`;

/**
 * Changes, claims, sessions and keys are there as long as they are kept, each change in its
 * partition, and no longer. `writes` at least were acknowledged today.
 */
export async function assertKept(today, { writes, wroteOn, signedInOn }) {
  const days = wroteOn.filter((day) => today - day < KEPT_DAYS).length;
  let claims = 0;
  for (const owner of OWNERS) {
    const log = await logOf(owner);
    const told = `${owner}: ${JSON.stringify(log)}`;
    assert.ok(log.partitions <= MOST_PARTITIONS && log.unplaced === 0, told);
    assert.ok(log.oldest <= KEPT_DAYS + WEEK_DAYS && log.oldestClaim < 1, told);
    // Nothing happens to accounts for weeks.
    if (owner !== 'identity') assert.equal(log.days, days, told);
    claims += log.claims;
  }
  assert.ok(claims >= writes, `${claims} claims of ${writes} writes`);
  const [longestEnded, keys, next] = (await stack.sql('identity', `
    SELECT (SELECT max(${ageOf('expire_time')}) FROM sessions), count(*),
           count(*) FILTER (WHERE sign_from > now()) FROM signing_keys`)).split('|').map(Number);
  assert.ok(keys <= MOST_KEYS && next === 1, `${keys} keys, ${next} of them to come`);
  const ended = signedInOn.map((day) => today - day - SESSION_DAYS)
      .filter((age) => age >= 0 && age < KEPT_DAYS);
  assert.equal(Math.max(-1, longestEnded), Math.max(-1, ...ended), 'days since a session ended');
}

// Of the change log and of claims; ages in days.
async function logOf(owner) {
  const [partitions, unplaced, days, oldest, claims, oldestClaim] = (await stack.sql(owner, `
    SELECT (SELECT count(*) FROM pg_inherits WHERE inhparent = 'change_log'::regclass),
           (SELECT count(*) FROM change_log_rest),
           count(DISTINCT ${ageOf('create_time')}) FILTER (WHERE ${ageOf('create_time')} < ${
             KEPT_DAYS}),
           max(${ageOf('create_time')}),
           (SELECT count(*) FROM request_claims),
           (SELECT max(${ageOf('create_time')}) FROM request_claims)
    FROM change_log`)).split('|').map(Number);
  return { partitions, unplaced, days, oldest, claims, oldestClaim };
}

// What autovacuum finds due by its settings (PostgreSQL 15, 25.1.6).
const DUE = `
  SELECT stat.relname || ': dead ' || n_dead_tup
  FROM pg_stat_user_tables stat JOIN pg_class ON pg_class.oid = relid
  WHERE n_dead_tup > current_setting('autovacuum_vacuum_threshold')::integer
      + current_setting('autovacuum_vacuum_scale_factor')::float * greatest(reltuples, 0)`;
// What statistics lack: they come a second after a statement, and ten from who is idle.
const UNTOLD = `
  SELECT 'posts: told ' || n_tup_ins FROM pg_stat_user_tables
  WHERE relname = 'posts' AND n_tup_ins < (SELECT count(*) FROM posts)`;

/**
 * PostgreSQL has vacuumed by itself whatever was due, and nothing kept it from what is dead: as far
 * as it has been told, or once it has been `told` everything.
 */
export async function assertVacuumed({ told = false } = {}) {
  if (told) await untilHolds(async () => assert.equal(await stack.sql('discussions', UNTOLD), ''));
  for (const owner of OWNERS) {
    await untilHolds(async () => assert.equal(await stack.sql(owner, DUE), '', owner));
  }
}

/** No table has many more pages than it would have if it were written anew. Says how many. */
export async function assertSmall() {
  const told = [];
  for (const owner of OWNERS) {
    const before = await sizes(owner);
    await stack.sql(owner, 'VACUUM FULL');
    const after = await sizes(owner);
    for (const [table, bytes] of before) {
      if (bytes < BLOAT_FROM_BYTES) continue;
      const anew = after.get(table);
      told.push(`${table} ${bytes >> 10} KiB, ${(bytes / anew).toFixed(2)} of it anew`);
      assert.ok(bytes <= MOST_BLOAT * anew + DEAD_OF_A_MINUTE_BYTES, told.at(-1));
    }
  }
  assert.ok(told.length > 0, 'no table has grown');
  return told.join('; ');
}

const sizes = async (owner) => new Map((await stack.sql(owner, `
  SELECT relname, pg_total_relation_size(oid) FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`))
    .split('\n').map((line) => line.split('|')).map(([table, bytes]) => [table, Number(bytes)]));
