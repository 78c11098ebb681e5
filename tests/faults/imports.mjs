// An import is repeated until it ends, whatever ends it: then everything is there once, as if nothing
// had happened, and the report can say so.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from '../journeys/chance.mjs';
import { until } from '../journeys/held_streams.mjs';
import { stack } from '../journeys/stack.mjs';
import { fingerprintsOfImport, readReport, startImporter } from './importing.mjs';
import { ZulipArchive } from './zulip_archive.mjs';

const SERVICES = ['directory-1', 'directory-2', 'discussions-1', 'discussions-2'];
const ATTEMPTS = 200;

/**
 * Imports an archive of so many messages without trouble, and into a fresh house again with so many
 * ends of the importer and of services; then a later export of it. GUILDHALL_SEED repeats the archive
 * and the choices; not when each is made.
 */
export async function importThroughEnds(t, { messages, ends }) {
  const chance = new Chance(Number(process.env.GUILDHALL_SEED ?? randomInt(2 ** 31)));
  t.diagnostic(`GUILDHALL_SEED=${chance.seed}`);
  const place = mkdtempSync(join(tmpdir(), 'guildhall-import-'));
  t.after(() => rmSync(place, { recursive: true }));
  const import_ = new Import(place, new ZulipArchive(chance.fork(),
      { streams: 6, topics: 10, people: 40, messages }));
  try {
    await import_.dryRun();
    const took = await import_.complete();
    const undisturbed = await import_.fingerprints();
    await stack.renew();
    const attempts = await endures(import_, chance, took, ends);
    t.diagnostic(`${took} ms undisturbed; ${attempts} attempts with ${ends} ends`);
    assert.deepEqual(await import_.fingerprints(), undisturbed);
    import_.assertProof();
    await damage(import_);
    await grow(import_, chance);
  } catch (error) {
    error.message = `GUILDHALL_SEED=${chance.seed}: ${error.message}`;
    throw error;
  }
}

class Import {
  constructor(place, archive) {
    this.archive = archive;
    this.folder = join(place, 'archive');
    this.settings = { report: join(place, 'report'), redirects: join(place, 'redirects'),
      zulip_site: 'https://chat.example' };
    archive.write(this.folder);
  }

  start() {
    return startImporter('zulip', this.folder, this.settings);
  }

  report() {
    return readReport(this.settings.report);
  }

  /** Runs it to its end, which must be `status`; gives how long it took. */
  async complete(status = 0) {
    const began = performance.now();
    const ended = await this.start().ended;
    assert.equal(ended.status, status, ended.said);
    return Math.round(performance.now() - began);
  }

  async dryRun() {
    const before = await stack.sql('discussions', 'SELECT count(*) FROM topics');
    const { ended } = startImporter('zulip', this.folder, { ...this.settings, dry_run: true });
    const { status, said } = await ended;
    assert.equal(status, 0, said);
    assert.equal(this.report().kinds.get('message')['would be created'],
        `${this.archive.count}`);
    assert.equal(await stack.sql('discussions', 'SELECT count(*) FROM topics'), before);
  }

  async fingerprints() {
    await until(async () => {
      const { posts, words } = await fingerprintsOfImport();
      return posts.split(' ')[0] === words.split(' ')[0];
    }, 'finding all posts');
    return fingerprintsOfImport();
  }

  /** `withdrawn`: the ids of messages that earlier exports had and this one lacks. */
  assertProof(withdrawn = []) {
    const { kinds, lines } = this.report();
    for (const [name, kind] of kinds) {
      assert.equal(kind.equal, 'equal', name);
      assert.equal(kind['hash of the source'], kind['hash of what stands'], name);
    }
    const { count, topics } = this.archive;
    assert.equal(kinds.get('message').stands, `${count}`);
    assert.equal(kinds.get('thread').stands, `${topics.size}`);
    assert.deepEqual(
        lines.filter(({ word }) => word !== 'LATE')
            .map(({ word, kind, address }) => `${word} ${kind} ${address.split('/near/')[1]}`),
        withdrawn.map((id) => `WITHDRAWN message ${id}`));
    const redirects = readFileSync(this.settings.redirects, 'utf8').trimEnd().split('\n');
    assert.equal(redirects.length, count + topics.size + 6 + withdrawn.length);
    assert.ok(redirects.every((line, i) => i === 0 || redirects[i - 1] < line), 'sorted');
    assert.match(redirects[0], /^https:\/\/chat\.example\/#narrow\/stream\/1-\S+\tcommunities\//);
  }
}

// Ends the importer or a service at a moment of an import, until there were so many ends.
async function endures(import_, chance, took, ends) {
  for (let attempt = 1, ended = 0; attempt <= ATTEMPTS; ++attempt) {
    const { begun, ended: over } = import_.start();
    if (ended < ends) {
      await Promise.race([pause(chance.below(took)), over]);
      // By turns, so that each comes.
      if (ended % 2 === 0) {
        ended += begun.kill('SIGKILL') ? 1 : 0;
      } else {
        await end(chance.pick(SERVICES));
        ++ended;
      }
    }
    const { status, said } = await over;
    if (status === 0 && ended >= ends) return attempt;
    assert.ok(status === 0 || status === null || /away|UNAVAILABLE|DEADLINE/i.test(said), said);
  }
  assert.fail(`${ATTEMPTS} attempts and no end`);
}

async function end(name) {
  await stack.end(name, 'SIGKILL');
  assert.ok(await stack.restart(name), `${name} ended at once`);
}

const IMPORTED = "topic_id IN (SELECT id FROM topics WHERE imported_mark IS NOT NULL)";

// A report that could not say no would prove nothing.
async function damage(import_) {
  const one = `FROM posts WHERE ${IMPORTED} AND number = 2 ORDER BY id LIMIT 1`;
  const [id, text] = (await stack.sql('discussions', `SELECT id || '|' || markdown ${one}`))
      .split('|');
  await stack.sql('discussions', `UPDATE posts SET markdown = 'damaged' WHERE id = '${id}'`);
  await import_.complete(1);
  const { kinds, lines } = import_.report();
  assert.equal(kinds.get('message').equal, 'differs');
  assert.equal(kinds.get('message').kept, '1');
  assert.deepEqual(lines.map(({ word, kind }) => `${word} ${kind}`), ['KEPT message']);
  await stack.sql('discussions', `UPDATE posts SET markdown = '${text}' WHERE id = '${id}'`);
  await import_.complete();
  import_.assertProof();
}

// Of a later export the difference is written, and nothing else.
async function grow(import_, chance) {
  const { archive } = import_;
  const places = [...archive.topics.values()].filter((posts) => posts.length > 3);
  const [edited, inserted, shortened] = [0, 1, 2].map((i) => places[i]);
  edited[1].content = '<p>Edited at the source.</p>';
  // Of somebody who was there before: people begin with their first messages.
  const { timestamp, sender_full_name } = inserted[1];
  inserted.splice(2, 0, { ...archive.message(), timestamp, sender_full_name });
  const withdrawn = shortened.pop().id;
  archive.topics.set('1-Imported-stream-1/A.20new.20one.json', [archive.message()]);
  archive.write(import_.folder);
  const rows = `SELECT string_agg(id || ' ' || xmin, ',' ORDER BY id) FROM posts
    WHERE ${IMPORTED}`;
  const told = 'SELECT count(*) FROM change_log WHERE origin = 2';
  const before = new Set((await stack.sql('discussions', rows)).split(','));
  const [log, members] = [await stack.sql('discussions', told), await stack.sql('directory', told)];
  await import_.complete();
  const after = (await stack.sql('discussions', rows)).split(',');
  // One edited, one new in the middle, one with its topic.
  assert.equal(after.filter((row) => !before.has(row)).length, 3);
  assert.equal(Number(await stack.sql('discussions', told)) - Number(log), 4);
  const joined = Number(await stack.sql('directory', told)) - Number(members);
  assert.ok(joined <= 1, `${joined} changes in directory`);
  const { kinds } = import_.report();
  assert.equal(kinds.get('message').updated, '1');
  assert.equal(kinds.get('message').created, '2');
  assert.equal(kinds.get('message').equal, 'equal');
  import_.assertProof([withdrawn]);
}
