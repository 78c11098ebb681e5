// An archive of another system, seen by members: imported while people work, then browsed, read and
// answered as if it had always been here.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { Code } from '@connectrpc/connect';
import { discussions } from './contracts.mjs';
import { demoMember } from './demo_members.mjs';
import { holdStreams, until } from './held_streams.mjs';
import { CUSTOMERS, Person } from './people.mjs';
import { folder, root } from './places.mjs';
import { refusal } from './refusals.mjs';
import { stack } from './stack.mjs';
import { pathOf, sendJson } from './wire.mjs';

const run = promisify(execFile);
const POSTS = 45;
const STREAM = `Kiln talk ${randomUUID().slice(0, 8)}`;

// What Zulip's own export of a stream looks like: a folder a stream, a file a topic, escaped names.
function writeArchive(place) {
  const stream = join(place, 'zulip_json', `7${Date.now()}-${STREAM.replaceAll(' ', '-')}`);
  mkdirSync(stream, { recursive: true });
  const first = Date.now() % 1e7 * 100;
  const message = (id, sender, content) => ({
    id, sender_full_name: sender, timestamp: 1_500_000_000 + id - first, content,
  });
  const glazes = Array.from({ length: POSTS }, (_, i) =>
    message(first + i, i % 2 ? 'Odile' : 'Tam', `<p>Glaze <strong>${i + 1}</strong></p>`));
  writeFileSync(join(stream, 'Ash.20glazes.3F.json'), JSON.stringify(glazes));
  writeFileSync(join(stream, 'Cones.json'),
      JSON.stringify([message(first + 90, 'Tam', '<p>Cone 6 or <code>10</code>?</p>')]));
}

const importArchive = (place) =>
  run(join(root, 'tools/dev'), ['import', `--state=${folder}`, 'zulip', place]);

describe('an imported archive', () => {
  let place;
  let marit;
  let said;
  let community;
  let streams;

  before(async () => {
    place = mkdtempSync(join(tmpdir(), 'guildhall-archive-'));
    writeArchive(place);
    streams = await holdStreams(await Person.join());
    said = (await importArchive(place)).stdout;
    marit = await demoMember('Marit Hoekstra');
    const { communities } = await marit.directory.listCommunities({ pageSize: 100 });
    community = communities.find((each) => each.displayName.includes(STREAM.split(' ')[2]));
  });

  after(() => rmSync(place, { recursive: true, force: true }));
  after(() => streams.forEach((stream) => stream.close()));

  test('is counted, and a second run writes nothing', async () => {
    assert.ok(community, said);
    const again = (await importArchive(place)).stdout;
    const total = POSTS + 1;
    assert.ok(said.includes(`2 topics (2 new, 0 changed), ${total} posts (${total} new, 0 changed)`), said);
    assert.ok(again.includes(`2 topics (0 new, 0 changed), ${total} posts (0 new, 0 changed)`), again);
    const { topics } = await marit.discussions.listTopics({ parent: community.name });
    assert.deepEqual(topics.map((topic) => [topic.title, topic.lastPostNumber]).toSorted(),
        [['Ash glazes?', POSTS], ['Cones', 1]]);
  });

  test('comes into sight in pages that are open, each topic before its posts', async () => {
    const { topics } = await marit.discussions.listTopics({ parent: community.name });
    for (const { told } of streams) {
      for (const { name, lastPostNumber } of topics) {
        const heard = () => told.filter(({ value }) => value?.name?.startsWith(name));
        await until(() => heard().length === lastPostNumber + 1, 'telling a topic and its posts');
        const [{ value }, ...posts] = heard();
        assert.deepEqual([value.name, value.resource.case], [name, 'topic']);
        assert.deepEqual(posts.map((post) => post.value.resource.value.number),
            Array.from({ length: lastPostNumber }, (_, i) => i + 1));
      }
    }
  });

  test('is read page by page, and counts as read', async () => {
    const { topics } = await marit.discussions.listTopics({ parent: community.name });
    const topic = topics.find((each) => each.title === 'Ash glazes?');
    const numbers = [];
    for (let pageToken = ''; ;) {
      const page = await marit.at[1].discussions.listPosts(
          { parent: topic.name, pageSize: 20, pageToken });
      numbers.push(...page.posts.map((post) => post.number));
      assert.equal(page.posts[0].html, `<p>Glaze <strong>${page.posts[0].number}</strong></p>\n`);
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    assert.deepEqual(numbers, Array.from({ length: POSTS }, (_, i) => i + 1));
    const { readStates } = await marit.discussions.batchGetReadStates({ topics: [topic.name] });
    assert.equal(readStates[0].unreadCount, 0);
  });

  test('is answered by connect-node and by curl, and tells what went wrong', async () => {
    const { topics } = await marit.discussions.listTopics({ parent: community.name });
    const topic = topics.find((each) => each.title === 'Cones');
    await marit.join(community);
    assert.equal((await marit.post(topic, 'Ten.')).number, 2);
    const { status, json } = await sendJson({
      path: pathOf(discussions.DiscussionsService, 'CreatePost'), secret: marit.secret,
      message: { parent: topic.name, post: { markdown: 'Six.' }, requestId: randomUUID() },
    });
    assert.deepEqual([status, json.number], [200, 3]);
    const found = await refusal(marit.post(topic, ''));
    assert.deepEqual([found.code, found.reason], [Code.InvalidArgument, 'FIELD_INVALID']);
  });

  test('does not exist for customers', async () => {
    const customer = await Person.join({ domain: CUSTOMERS });
    const found = await refusal(customer.discussions.listTopics({ parent: community.name }));
    assert.deepEqual([found.code, found.reason], [Code.NotFound, 'NOT_FOUND']);
  });
});
