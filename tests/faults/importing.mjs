// The importer, as a platform team runs it, and what it leaves.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { state } from '../journeys/places.mjs';
import { stack } from '../journeys/stack.mjs';

const PROGRAM = join(state, 'build/release/tools/import/guildhall-import');

/** Runs it: `begun` is its process, `ended` its exit status (null: it was killed) and what it said. */
export function startImporter(source, path, settings = {}) {
  // As the demo organization was imported: addresses and key.
  const config = join(stack.home, 'configs', 'import.conf');
  const flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  const begun = spawn(PROGRAM, [source, path, `--config=${config}`, ...flags],
      { env: { PATH: process.env.PATH } });
  let said = '';
  for (const stream of [begun.stdout, begun.stderr]) stream.on('data', (text) => { said += text; });
  const ended = new Promise((resolve, reject) => {
    begun.once('error', reject);
    begun.once('close', (status) => resolve({ status, said }));
  });
  return { begun, ended };
}

/** A report: its kinds by name, and its lines. */
export function readReport(path) {
  const [, table, list] = readFileSync(path, 'utf8').trimEnd().split('\n\n');
  const cells = (line) => line.split('\t');
  const [head, ...rows] = table.split('\n').map(cells);
  const kinds = new Map(rows.map((row) =>
    [row[0], Object.fromEntries(row.map((value, i) => [head[i], value]))]));
  const lines = list.split('\n').slice(1).map((line) => {
    const [word, kind, key, address, count, what] = cells(line);
    return { word, kind, key, address, count: Number(count), what };
  });
  return { kinds, lines };
}

const hashOf = (lines) => `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(line), ''
    ORDER BY md5(line))), '') FROM (${lines}) all_lines(line)`;
const CHANGES = `SELECT concat_ws(' ', kind, key, key_seq, resource, version, origin)
    FROM change_log WHERE origin = 2`;

/** What an import of such an archive left, a hash for each table, without when it was. */
export async function fingerprintsOfImport() {
  const communities = await stack.sql('directory',
      `SELECT string_agg(quote_literal(id), ',') FROM communities
       WHERE display_name LIKE 'Imported stream %'`);
  assert.ok(communities, 'nothing was imported');
  const members = "SELECT id FROM members WHERE display_name LIKE 'Imported person %'";
  const topics = `SELECT id FROM topics WHERE community_id IN (${communities})`;
  const posts = `SELECT id FROM posts WHERE topic_id IN (${topics})`;
  const questions = {
    members: ['directory', `SELECT (to_jsonb(it) - 'community_ids')::text FROM members it
      WHERE id IN (${members})`],
    communities: ['directory', `SELECT it::text FROM communities it WHERE id IN (${communities})`],
    memberships: ['directory', `SELECT it::text FROM memberships it
      WHERE community_id IN (${communities})`],
    told_of_members: ['directory', `${CHANGES}
      AND (key IN (${communities}) OR key IN (${members}))`],
    topics: ['discussions', `SELECT it::text FROM topics it WHERE id IN (${topics})`],
    posts: ['discussions', `SELECT it::text FROM posts it WHERE topic_id IN (${topics})`],
    words: ['discussions', `SELECT it::text FROM post_words it WHERE post_id IN (${posts})`],
    told_of_topics: ['discussions', `${CHANGES} AND key IN (${topics})`],
  };
  const found = {};
  for (const [name, [service, lines]] of Object.entries(questions)) {
    found[name] = await stack.sql(service, hashOf(lines));
  }
  return found;
}
