// Exports of other systems, as their administrators get them: each is tried, imported and imported
// again, and its proof holds; what came gets an owner who can act.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { demoMember } from './demo_members.mjs';
import { Person } from './people.mjs';
import { stack } from './stack.mjs';

// What another run imported has another name, and so has its source's key.
const MARK = randomUUID().slice(0, 8);
const NUMBER = Date.now();

const table = (name, columns, ...rows) => [`COPY public.${name} (${columns}) FROM stdin;`,
  ...rows.map((row) => row.join('\t')), '\\.', '', ''].join('\n');
const T = '2020-01-01 00:00:00';
const [CATEGORY, TOPIC, POST] = [NUMBER, NUMBER + 1, NUMBER + 2];

const DISCOURSE = {
  'dump.sql': "SET client_encoding = 'UTF8';\n\n"
    + table('users', 'id, username, name, created_at, admin, moderator',
        [NUMBER, 'ada', 'Ada', T, 't', 'f'], [NUMBER + 1, 'ben', 'Ben', T, 'f', 'f'])
    + table('categories', 'id, name, slug, description, parent_category_id, user_id, created_at, '
        + 'read_restricted', [CATEGORY, `Help ${MARK}`, 'help', '\\N', '\\N', NUMBER, T, 'f'])
    + table('topics', 'id, title, slug, category_id, archetype, deleted_at, visible, closed, '
        + 'archived, pinned_at',
    [TOPIC, 'How?', 'how', CATEGORY, 'regular', '\\N', 't', 'f', 'f', '\\N'])
    + table('posts', 'id, user_id, topic_id, post_number, raw, created_at, deleted_at, post_type, '
        + 'hidden, reply_to_post_number',
    [POST, NUMBER, TOPIC, 1, 'How *do* I?', T, '\\N', 1, 'f', '\\N'],
    [POST + 1, NUMBER + 1, TOPIC, 2, 'So.', '2020-01-01 00:00:01', '\\N', 1, 'f', 1]),
};

const seconds = 1_577_836_800;
const SLACK = {
  'users.json': [{ id: `U${NUMBER}`, profile: { real_name: 'Ada' } },
    { id: `V${NUMBER}`, profile: { real_name: 'Ben' } }],
  'channels.json': [{ id: `C${NUMBER}`, name: `ovens-${MARK}`, created: seconds,
    creator: `U${NUMBER}`, members: [`U${NUMBER}`, `V${NUMBER}`] }],
  [`ovens-${MARK}/2020-01-01.json`]: [
    { type: 'message', user: `U${NUMBER}`, text: 'Who *bakes*?', ts: `${seconds}.000100`,
      thread_ts: `${seconds}.000100`, reply_count: 1 },
    { type: 'message', user: `V${NUMBER}`, text: 'I do.', ts: `${seconds + 1}.000100`,
      thread_ts: `${seconds}.000100` }],
};

const mail = (name, id, more, text) => [`From ${name}@bakery.example Wed Jan  1 00:00:00 2020`,
  `From: ${name} <${name}@bakery.example>`, `Message-ID: <${id}.${MARK}@bakery.example>`,
  `Archived-At: <https://lists.example/${MARK}/${id}>`,
  'Date: Wed, 1 Jan 2020 00:00:00 +0000', ...more, '', text, '', ''].join('\n');
const MBOX = {
  [`crumbs-${MARK}.mbox`]: mail('ada', 1, ['Subject: Rye'], 'Who has rye?')
    + mail('ben', 2, ['Subject: Re: Rye', `In-Reply-To: <1.${MARK}@bakery.example>`], 'I have.'),
};

// Each holds a conversation of two. In Slack, who answers in a thread answers nobody in particular.
const SOURCES = {
  discourse: { files: DISCOURSE, place: 'Help', answers: 1, address: `/t/how/${TOPIC}/2\t` },
  slack: { files: SLACK, place: 'ovens', answers: 0, address: `/archives/C${NUMBER}/p` },
  mbox: { files: MBOX, place: 'crumbs', answers: 1, address: `https://lists.example/${MARK}/2\t` },
};

function write(files) {
  const place = mkdtempSync(join(tmpdir(), 'guildhall-export-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(place, name), text);
  }
  return place;
}

// The resource names of the places that no owner can act for.
async function ownerless(administrator) {
  const names = [];
  for (let pageToken = ''; ;) {
    const page = await administrator.memberships.listOwnerlessCommunities({ pageToken });
    names.push(...page.communities);
    pageToken = page.nextPageToken;
    if (!pageToken) return names;
  }
}

describe('an export of another system', () => {
  const places = [];
  after(() => places.forEach((place) => rmSync(place, { recursive: true })));

  for (const [name, { files, place, answers, address }] of Object.entries(SOURCES)) {
    test(`comes with a proof: ${name}`, async () => {
      const folder = write(files);
      places.push(folder);
      const redirects = join(folder, '..', `redirects-${name}-${MARK}`);
      const importIt = (...settings) => stack.dev('import', name, folder, ...settings);
      const tried = await importIt('dry_run=true');
      assert.match(tried, /1 topics \(1 new, 0 changed\), 2 posts \(2 new, 0 changed\)/, tried);
      const said = await importIt(`redirects=${redirects}`);
      assert.match(said, /2 posts \(2 new, 0 changed\)/, said);
      assert.match(said, /The proof holds/);
      const again = await importIt();
      assert.match(again, /2 posts \(0 new, 0 changed\)/, again);
      const lines = readFileSync(redirects, 'utf8');
      rmSync(redirects);
      const member = await demoMember('Marit Hoekstra');
      const { communities } = await member.communitySearch.searchCommunities({ query: MARK });
      const community = communities.find(({ displayName }) => displayName.startsWith(place));
      assert.ok(community, `${name}: ${communities.map(({ displayName }) => displayName)}`);
      const { topics: [topic] } = await member.discussions.listTopics({ parent: community.name });
      assert.ok(lines.includes(address) && lines.includes(topic.name), lines);
      const { posts } = await member.discussions.listPosts({ parent: topic.name });
      assert.deepEqual(posts.map(({ number, replyToNumber }) => [number, replyToNumber]),
          [[1, 0], [2, answers]]);
    });
  }

  test('has owners who have no account: an operator names one who has', async () => {
    const [admin, heir] = [await Person.administrator(), await demoMember('Marit Hoekstra')];
    const { communities } = await heir.communitySearch.searchCommunities({ query: MARK });
    const { name } = communities.find(({ displayName }) => displayName.startsWith('Help'));
    assert.ok((await ownerless(admin)).includes(name));
    const said = await stack.operate('directory', 'appoint-owner', `--community=${name}`,
        `--member=${heir.name}`);
    assert.match(said, /owns now/);
    assert.ok(!(await ownerless(admin)).includes(name));
    await heir.directory.updateCommunity({ community: { name, description: 'We have moved.' },
      updateMask: { paths: ['description'] }, requestId: randomUUID() });
  });
});
