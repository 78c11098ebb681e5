// What the tables of a stack hold, in a line each.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { stack } from '../journeys/stack.mjs';

export const OWNERS = ['identity', 'directory', 'discussions'];
// Who publishes is written down every second.
const ALWAYS = ['change_relay'];
// What running services write of themselves: who follows whom and how far, and which past this is.
const RUNNING = [...ALWAYS, 'access_changes', 'access_head', 'access_leases', 'change_log_head',
  'consumer_positions', 'search_progress', 'word_progress'];
const TRIES = 50;

// Of each table how many rows it has, and a hash over all of them.
const sqlWithout = (tables) => `
  SELECT name || ' ' || (xpath('//line/text()', query_to_xml(format(
      'SELECT count(*) || '' '' || md5(string_agg(md5(it::text), '''' ORDER BY md5(it::text)))'
      ' AS line FROM %I it', name), true, true, '')))[1]
  FROM (SELECT relname AS name FROM pg_class
        WHERE relkind IN ('r', 'p') AND NOT relispartition
          AND relnamespace = 'public'::regnamespace
          AND relname NOT IN (${tables.map((name) => `'${name}'`)})
        ORDER BY relname) tables`;

async function fingerprints(without) {
  const found = await Promise.all(OWNERS.map((owner) => stack.sql(owner, sqlWithout(without))));
  return OWNERS.flatMap((owner, i) => found[i].split('\n').map((line) => `${owner} ${line}`));
}

/** Of what services write while they run there is no telling; `without` that: of the rest. */
export const fingerprintsOfAll = () => fingerprints(ALWAYS);
export const fingerprintsOfContents = () => fingerprints(RUNNING);

/** A moment around which no table changes, in PostgreSQL's words, and what they hold then. */
export async function calmMoment() {
  for (let i = 0; i < TRIES; ++i) {
    const before = await fingerprintsOfAll();
    const moment = await stack.sql('identity', 'SELECT clock_timestamp()');
    const [all, contents] = [await fingerprintsOfAll(), await fingerprintsOfContents()];
    if (isDeepStrictEqual(before, all)) return { moment, all, contents };
  }
  assert.fail(`${TRIES} times something was written while nobody writes`);
}
