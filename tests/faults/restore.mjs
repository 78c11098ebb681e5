// Members write, one moment is kept in mind, they go on, and that moment comes back.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Chance } from '../journeys/chance.mjs';
import { Town } from '../journeys/happenings.mjs';
import { assertSame, Listener, until } from '../journeys/listener.mjs';
import { CUSTOMERS, Person, signedInAt } from '../journeys/people.mjs';
import { assertSessionEnded, refusal } from '../journeys/refusals.mjs';
import { View } from '../journeys/replica.mjs';
import { isGone, stack } from '../journeys/stack.mjs';
import { calmMoment, fingerprintsOfAll, fingerprintsOfContents, OWNERS } from './fingerprints.mjs';

const SEED = Number(process.env.GUILDHALL_SEED ?? randomInt(2 ** 31));
// A word that nobody else writes, so that a search finds only what was meant.
const newWord = () => `x${randomUUID().replaceAll('-', '')}`;

/** Four members with a past, each of whom listens, and a topic of which every post is known. */
class House {
  static async begin(t, seed) {
    const house = new House();
    house.t = t;
    house.people = [];
    for (const domain of [undefined, undefined, undefined, CUSTOMERS]) {
      house.people.push(await Person.join({ domain }));
    }
    [house.author] = house.people;
    house.community = await house.author.found();
    house.topic = await house.author.open(house.community);
    house.town = new Town(new Chance(seed), house.people);
    while (house.town.communities.length < 3) await house.town.step(4);
    await house.goOn(3);
    house.listeners = house.people.map((person, i) => new Listener(t, person, i % 2));
    await Promise.all(house.listeners.map(({ replica }) => replica.ready));
    return house;
  }

  /** The programs of all members end, and begin again from the tokens that they have kept. */
  async comeBackAfter(meanwhile) {
    const kept = this.listeners.map(({ guildhall, replica }) => {
      guildhall.close();
      return replica.live.resumeToken;
    });
    await meanwhile();
    this.listeners = this.people.map((person, i) =>
      new Listener(this.t, person, i % 2, { resumeToken: kept[i] }));
    await Promise.all(this.listeners.map(({ replica }) => replica.ready));
  }

  get communities() {
    return [...this.town.communities, this.community.name];
  }

  async goOn(steps) {
    for (let i = 0; i < steps; ++i) await this.town.step(4);
  }

  async assertAllSame(when) {
    for (const listener of this.listeners) await assertSame(listener, this.communities, when);
  }

  /** What each member reads now through a gateway, of these communities. */
  async read(gateway, communities) {
    const views = this.people.map(async (person) => {
      const view = new View();
      for (const name of communities) await view.load(person.at[gateway], name);
      return view.lines(new Set(communities));
    });
    return Promise.all(views);
  }

  async numbers() {
    const { posts } = await this.author.discussions.listPosts(
        { parent: this.topic.name, pageSize: 100 });
    return posts.map(({ number }) => number);
  }
}

/** What happens after the moment that comes back: of none of it anything may be left. */
async function writeMore(house) {
  const { author, topic } = house;
  const [first, second] = [randomUUID(), newWord()];
  await author.post(topic, 'After it, once.', { requestId: first });
  await author.post(topic, `After it: ${second}`, { gateway: 1 });
  const newcomer = await Person.join();
  await newcomer.join(house.community);
  const post = await newcomer.post(topic, 'I have just come.');
  await until(async () => (await find(house, second)).length === 1, 'finding a post');
  await house.goOn(4);
  await house.assertAllSame('before it comes back');
  return { requestId: first, word: second, newcomer, post };
}

async function find({ author, community }, query) {
  const { results } = await author.postSearch.searchPosts(
      { query, communities: [community.name] });
  return results.map(({ post }) => post);
}

const incarnations = async () => (await Promise.all([
  ...OWNERS.map((owner) => stack.sql(owner, 'SELECT incarnation FROM change_log_head')),
  ...OWNERS.slice(0, 2).map((owner) => stack.sql(owner, 'SELECT incarnation FROM access_head')),
]));

/** Waits until all who follow a log have begun anew in the past that it has now. */
async function assertFollowed(pasts) {
  const [identity, , discussions] = pasts;
  await until(async () => await stack.sql('directory',
      'SELECT incarnation FROM consumer_positions') === identity, 'following identity');
  await until(async () => await stack.sql('discussions',
      'SELECT incarnation FROM word_progress WHERE known_topic_id IS NULL') === discussions,
  'finding words again');
}

/** Asserts that what is there is what was there, and that nobody is told otherwise. */
async function assertAsBefore(house, { lines, communities, numbers }, later) {
  for (const gateway of [0, 1]) {
    assert.deepEqual(await house.read(gateway, communities), lines, `at gateway ${gateway}`);
  }
  assert.deepEqual(await house.numbers(), numbers);
  assert.deepEqual(await find(house, later.word), []);
  const found = await refusal(house.author.at[1].discussions.getPost({ name: later.post.name }));
  assert.equal(found.reason, 'NOT_FOUND');
  await assertSessionEnded(later.newcomer.identity.getMe({}));
  for (const [i, { replica }] of house.listeners.entries()) {
    await until(() => replica.told.some(({ type }) => type === 'reset'), 'a reset');
    assert.deepEqual((await replica.view()).lines(new Set(communities)), lines[i]);
  }
}

/** Asserts that members go on from there: each write has one effect, which is told once. */
async function assertGoesOn(house, numbers, later) {
  const { author, topic, listeners } = house;
  const told = listeners.map(({ replica }) => replica.told.length);
  const posts = [];
  // A request id of what never happened is nobody's.
  posts.push(await author.post(topic, 'Instead of it.', { requestId: later.requestId }));
  const word = newWord();
  for (const text of ['Two', `Three: ${word}`]) {
    posts.push(await author.post(topic, text, { gateway: 1 }));
  }
  assert.deepEqual(await house.numbers(),
      [...numbers, ...posts.map((_, i) => numbers.length + 1 + i)]);
  await house.goOn(3);
  await house.assertAllSame('after it came back');
  for (const [i, { replica }] of listeners.slice(0, 3).entries()) {
    const heard = replica.told.slice(told[i]).filter(({ type }) => type === 'changed')
        .map(({ change }) => change.name).filter((name) => name.startsWith(`${topic.name}/posts/`));
    assert.deepEqual(heard, posts.map(({ name }) => name), `what listener ${i} was told`);
  }
  await until(async () => (await find(house, word)).length === 1, 'finding a new post');
}

async function drill(t, seed, restore) {
  const house = await House.begin(t, seed);
  const { author } = house;
  const session = signedInAt(0, (await author.signIn()).sessionSecret, author);
  await house.assertAllSame('at first');
  const communities = house.communities;
  const past = { communities, lines: await house.read(0, communities),
    numbers: await house.numbers() };
  const [moment, pasts] = [await calmMoment(), await incarnations()];
  const later = await writeMore(house);
  await session.identity.signOut({});
  await restore(moment, house);
  const now = await until(async () => {
    const found = await incarnations();
    return found.every((each, i) => each !== pasts[i]) && found;
  }, 'another past');
  await assertAsBefore(house, past, later);
  // What was ended after the moment has not ended: deploy/README.md tells operators.
  await session.identity.getMe({});
  await assertFollowed(now);
  await assertGoesOn(house, past.numbers, later);
}

describe('a moment comes back', () => {
  before(() => stack.dev('backup'));

  test(`with everything stopped meanwhile: seed ${SEED}`, (t) =>
    drill(t, SEED, (past, house) => house.comeBackAfter(async () => {
      await stack.dev('restore', '--to', past.moment);
      assert.deepEqual(await fingerprintsOfAll(), past.all);
      // Redis has stopped, too, and has kept nothing.
      await stack.repair();
    })));

  test(`under processes that run on, beside a Redis that tells of what has not happened: seed ${
    SEED + 1}`, (t) => drill(t, SEED + 1, async (past) => {
    await stack.dev('restore', '--leave-running', '--to', past.moment);
    assert.deepEqual(await fingerprintsOfContents(), past.contents);
    // Some notice, some begin with it.
    for (const name of ['identity-1', 'directory-2', 'discussions-1']) {
      const pid = stack.pid(name);
      stack.signal(name, 'SIGKILL');
      await until(() => isGone(pid), 'its end');
    }
    await stack.repair();
  }));
});
