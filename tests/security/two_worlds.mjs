// Two worlds that differ only in what some keep among themselves: whoever is outside is answered
// alike in both, byte for byte, by every method. And the words that were written there are nowhere
// but where their readers are.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { create, toJson } from '@bufbuild/protobuf';
import { directory } from '../journeys/contracts.mjs';
import { holdStreams, until } from '../journeys/held_streams.mjs';
import { CUSTOMERS, Person } from '../journeys/people.mjs';
import { leaveRoom } from '../journeys/rates.mjs';
import { stack } from '../journeys/stack.mjs';
import { pathOf, sendJson } from '../journeys/wire.mjs';
import { ASKED } from './methods.mjs';
import { assertRead, newMark, plant } from './private_words.mjs';
import { ENDS_SESSION, REQUESTS } from './requests.mjs';
import { content, keepsakes } from './world.mjs';

const { Admits, Visibility } = directory;
// A stream is held meanwhile.
const ALIKE = ASKED.filter(({ name, method }) =>
  method.methodKind === 'unary' && name !== ENDS_SESSION);
// Between two askings it is taken back and made anew.
const TELLS_TIME = 'IgnoreService.CreateIgnore';
// Where something is looked for, it is what the other world has.
const LOOKS_FOR = {
  'DirectoryService.GetMember': (it) => ({ name: it.founder }),
  'DirectoryService.BatchGetMembers': (it) => ({ names: it.cast }),
  'DirectoryService.ListCommunities': () => ({ pageSize: 100 }),
  'MembershipService.ListMemberCommunities': (it) => ({ member: it.founder }),
  'MemberSearchService.SearchMembers': () => ({}),
  'CommunitySearchService.SearchCommunities': (it) => ({ query: it.mark }),
  'PostSearchService.SearchPosts': (it) => ({ query: it.mark, everywhere: true }),
  'SearchService.Search': (it) => ({ query: it.mark }),
};

const mark = newMark();
const cast = {};
const outsiders = {};
// Of each outsider: what its calls are about; what it was answered before, by method.
const targets = {};
const earlier = {};
// Their streams.
const outside = [];
let planted;

async function ask(person, target, { name, service, method }) {
  const request = (LOOKS_FOR[name] ?? REQUESTS[name][0])(target);
  const message = toJson(method.input, create(method.input, request));
  // A reply that was kept would say nothing of what is there now.
  const { status, body, headers } = await sendJson({ path: pathOf(service, method.name), message,
    secret: person.secret, headers: { 'cache-control': 'no-cache' } });
  await leaveRoom(headers['ratelimit-remaining']);
  const answer = `${status} ${body}`;
  return name === TELLS_TIME ? answer.replace(/"createTime":"[^"]*"/, '') : answer;
}

async function makeCast() {
  for (const role of ['founder', 'insider', 'guest', 'troubled', 'asking']) {
    cast[role] = await Person.join();
    await cast[role].directory.getMember({ name: 'members/me' });
  }
  const { founder, troubled } = cast;
  const open = await founder.found({ admits: Admits.EVERYONE });
  cast.closed = await founder.found({ visibility: Visibility.CLOSED });
  await founder.invite(cast.closed, troubled);
  const { invitations: [{ invitation }] } = await troubled.invitations.listMyInvitations({});
  await troubled.invitations.acceptInvitation(
      { name: invitation.name, requestId: crypto.randomUUID() });

  outsiders.employee = await Person.join();
  outsiders.customer = await Person.join({ domain: CUSTOMERS });
  outsiders.administrator = await Person.administrator();
  for (const [who, person] of Object.entries(outsiders)) {
    await person.join(open);
    targets[who] = { mark, ...await keepsakes(person), ...await content(open, person),
      founder: founder.name, cast: [founder.name, cast.insider.name] };
  }
}

// What outsiders are answered where there is nothing to hide. Twice, because the first time some
// writes have an effect.
async function askInOneWorld() {
  for (const [who, person] of Object.entries(outsiders)) {
    earlier[who] = {};
    for (const each of [...ALIKE, ...ALIKE]) {
      earlier[who][each.name] = await ask(person, targets[who], each);
    }
    outside.push(...await holdStreams(person));
  }
}

// Makes the other world, until whoever may hears of it and finds it.
async function hideSomething() {
  const { founder, insider } = cast;
  const witnesses = await holdStreams(founder);
  planted = await plant(cast, mark);
  const last = await insider.post(planted.topic, 'Amen');
  await until(() => witnesses.every((each) => each.hears(last.name)), 'telling the founder');
  for (const each of witnesses) each.close();
  const request = { query: mark, communities: [planted.community.name] };
  await until(async () => (await founder.postSearch.searchPosts(request)).results.length > 0,
      'finding the words');
}

function assertNoWord(text, where) {
  const [found] = new RegExp(`.{0,80}${mark}.{0,40}`).exec(text) ?? [];
  assert.equal(found, undefined, where);
}

const redis = (...command) =>
  execFileSync('redis-cli', ['-s', stack.redisPath, ...command], { encoding: 'utf8' });

// All rows as text; "" where a service has no such table.
async function rowsOf(service, table) {
  const has = await stack.sql(service, `SELECT to_regclass('${table}')`);
  return has && stack.sql(service, `SELECT each::text FROM ${table} each`);
}

// Every key with its type, and whether the words stand in its value.
const KEYS = `
  local found = {}
  for _, key in ipairs(redis.call('KEYS', '*')) do
    local type = redis.call('TYPE', key).ok
    local value = type == 'string' and redis.call('GET', key) or ''
    table.insert(found, {key, type, value:find(ARGV[1], 1, true) ~= nil})
  end
  return cjson.encode(found)`;
// The replies that are kept there, sealed and not encrypted, as the READMEs of their services say.
const TELLING = ['reply:directory:GetCommunity', 'reply:discussions:GetPost',
  'reply:discussions:ListPosts', 'reply:discussions:ListTopics'];
const KINDS = { stream: ['identity', 'directory', 'discussions'].map((of) => `changes:${of}`),
  string: [...TELLING, 'reply:directory:GetMember'] };

// Of what kind a key is: its name without whose reply it is; all of it where that has another form.
const kindOf = (key) => key
    .replace(/^guildhall:(changes:[a-z]+):[0-9a-f-]{36}$/, '$1')
    .replace(/^guildhall:(reply:[a-z]+):[0-9a-f]+:-?\d+:(\w+):[0-9a-f-]{36}:[^:]*:[\w-]*$/, '$1:$2');

const keysInRedis = () => JSON.parse(redis('EVAL', KEYS, '0', mark))
    .map(([key, type, tells]) => ({ kind: kindOf(key), type, tells }));

// Has what was written read by those for whom it is, so that replies are kept.
async function haveRead() {
  const { founder, insider } = cast;
  const { community, topic } = planted;
  const post = await insider.post(topic, `${mark} once more`);
  await founder.discussions.getPost({ name: post.name });
  await founder.discussions.listPosts({ parent: topic.name });
  await founder.discussions.listTopics({ parent: community.name });
  await founder.directory.updateCommunity({ requestId: crypto.randomUUID(),
    community: { name: community.name, description: `${mark} since ${post.number}` },
    updateMask: { paths: ['description'] } });
  await insider.directory.getCommunity({ name: community.name });
}

function declareWords() {
  test('is read by whom it is for', () => assertRead(planted));

  test('is in no log', () => {
    for (const name of stack.processes) assertNoWord(stack.log(name), name);
  });

  test('is in no metric', async () => {
    for (const name of stack.processes.filter((each) => !['postgres', 'redis'].includes(each))) {
      const answer = await fetch(`${stack.admin(name)}/metrics`);
      assert.ok(answer.ok, name);
      assertNoWord(await answer.text(), name);
    }
  });

  test('is in no log of changes, to things or to access', async () => {
    for (const service of ['identity', 'directory', 'discussions']) {
      const told = await rowsOf(service, 'change_log');
      assert.notEqual(told, '', service);
      assertNoWord(told, `${service}: change_log`);
      assertNoWord(await rowsOf(service, 'access_changes'), `${service}: access_changes`);
    }
  });

  test('is in Redis in the replies that are kept there, and in nothing else', async () => {
    const telling = new Set();
    await until(async () => {
      await haveRead();
      const keys = keysInRedis();
      for (const { kind, type } of keys) assert.ok(KINDS[type]?.includes(kind), `${type} ${kind}`);
      for (const { kind, tells } of keys) if (tells) telling.add(kind);
      return telling.size >= TELLING.length;
    }, 'keeping replies');
    assert.deepEqual([...telling].toSorted(), TELLING);
  });

  test('is in no name of a key in Redis, nor in what its streams tell', () => {
    const keys = redis('--scan');
    assert.notEqual(keys, '');
    assertNoWord(keys, 'keys');
    for (const key of keys.trim().split('\n')) {
      if (redis('TYPE', key).trim() === 'stream') assertNoWord(redis('XRANGE', key, '-', '+'), key);
    }
  });
}

export function declareTwoWorlds() {
  before(async () => {
    await makeCast();
    await askInOneWorld();
    await hideSomething();
  });
  after(() => outside.forEach((each) => each.close()));

  test('the calls that look for it tell its founder', async () => {
    const target = { mark, community: planted.community.name };
    for (const name of ['DirectoryService.ListCommunities', 'PostSearchService.SearchPosts',
      'CommunitySearchService.SearchCommunities', 'SearchService.Search']) {
      const [each] = ASKED.filter((method) => method.name === name);
      assert.ok((await ask(cast.founder, target, each)).includes(mark), name);
    }
  });

  for (const each of ALIKE) {
    test(`${each.name} tells no outsider which world it is`, async () => {
      for (const [who, person] of Object.entries(outsiders)) {
        const answer = await ask(person, targets[who], each);
        assert.equal(answer, earlier[who][each.name], who);
        assert.ok(!answer.includes(mark), who);
      }
    });
  }

  test('LiveService.Subscribe has told no outsider of it', () => {
    for (const { told } of outside) {
      assert.deepEqual(told.map((frame) => frame.case)
          .filter((frame) => frame !== 'started' && frame !== 'heartbeat'), []);
    }
  });

  describe('what was written among themselves', declareWords);
}
