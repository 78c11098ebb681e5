// Changes as they happen: whoever loads once and then listens knows what is there, whatever breaks
// meanwhile.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createGuildhall, isReason } from '@guildhall/client';
import { Kind } from '@guildhall/client/contracts/guildhall/change/v1/change_pb';
import { Chance } from './chance.mjs';
import { directory } from './contracts.mjs';
import { Town } from './happenings.mjs';
import { assertSame, Listener, until } from './listener.mjs';
import { CUSTOMERS, PASSWORD, Person } from './people.mjs';
import { stack } from './stack.mjs';

const SEED = Number(process.env.GUILDHALL_SEED ?? randomInt(2 ** 31));
const LONG = process.env.GUILDHALL_LONG === '1';
// One question to identity, on a busy machine; the next heartbeat may be 15 s away.
const ENDED_WITHIN_MS = 3000;

/** What goes wrong while people go on. */
const TROUBLES = {
  'streams are cut': (listeners) => listeners.forEach((each) => each.cut()),
  'the gateway is changed': (listeners) => listeners.forEach((each) => each.switchGateway()),
  'Redis is flushed': () => stack.redis('FLUSHALL'),
  'Redis hangs': async () => {
    stack.signal('redis', 'SIGSTOP');
    setTimeout(() => stack.signal('redis', 'SIGCONT'), 1500);
  },
  'Redis is killed': async () => {
    stack.signal('redis', 'SIGKILL');
    await pause(500);
    await stack.repair();
  },
};

describe('a live stream', () => {
  test('tells a change within a second, through either gateway', async (t) => {
    const [author, reader] = [await Person.join(), await Person.join()];
    const community = await author.found();
    await reader.join(community);
    for (const gateway of [0, 1]) {
      const listener = new Listener(t, reader, gateway);
      await listener.replica.ready;
      const topic = await author.open(community);
      const began = performance.now();
      const post = await author.post(topic, 'Do you hear me?');
      const told = await until(() => listener.replica.told.find((event) =>
        event.change?.name === post.name), 'telling a post');
      const tookMs = performance.now() - began;
      assert.deepEqual(told.change.resource.value, post);
      assert.equal(told.change.community, community.name);
      assert.ok(tookMs < 1000, `${tookMs} ms`);
    }
  });

  test('tells nobody what they may not see, and forgets what they see no more', async (t) => {
    const [author, outsider, customer] = [await Person.join(), await Person.join(),
      await Person.join({ domain: CUSTOMERS })];
    const { Visibility } = directory;
    const hidden = await author.found({ visibility: Visibility.SECRET });
    const open = await author.found();
    const [theirs, external] = [new Listener(t, outsider), new Listener(t, customer, 1)];
    await Promise.all([theirs.replica.ready, external.replica.ready]);
    await author.open(hidden);
    const topic = await author.open(open);
    await until(() => theirs.replica.told.find((event) => event.change?.name === topic.name),
        'telling a topic');
    await author.directory.updateCommunity({ requestId: randomUUID(),
      community: { name: open.name, visibility: Visibility.SECRET },
      updateMask: { paths: ['visibility'] } });
    await until(() => theirs.replica.told.find((event) => event.type === 'lost'
        && event.community === open.name), 'telling that it is gone');
    const said = [...theirs.replica.told, ...external.replica.told];
    assert.deepEqual(said.filter(({ change, community }) =>
      [change?.community, community].includes(hidden.name)), []);
    assert.deepEqual(external.replica.told.filter(({ change, community }) =>
      [change?.community, community].includes(open.name)), []);
    assert.deepEqual((await theirs.replica.view()).lines(new Set([open.name])), []);
  });

  test('tells that a topic has left where it stood, and that it is there where it went', async (t) => {
    const [founder, outsider, member] = [await Person.join(), await Person.join(),
      await Person.join()];
    const { Visibility } = directory;
    const [from, to] = [await founder.found(), await founder.found()];
    await member.join(to);
    await founder.directory.updateCommunity({ requestId: randomUUID(),
      community: { name: to.name, visibility: Visibility.CLOSED },
      updateMask: { paths: ['visibility'] } });
    const topic = await founder.open(from);
    const post = await founder.post(topic, 'Off we go.');
    const [before, after] = [new Listener(t, outsider), new Listener(t, member, 1)];
    await Promise.all([before.replica.ready, after.replica.ready]);
    const moved = await founder.moderation.moveTopic(
        { name: topic.name, destination: to.name, reason: 'Ours.', requestId: randomUUID() });
    const told = (listener, kind) => until(() => listener.replica.told.find(({ change }) =>
      change?.name === topic.name && change.kind === kind), `telling ${kind}`);
    const left = await told(before, Kind.TOPIC_LEFT);
    assert.deepEqual([left.change.community, left.change.resource.case], [from.name, undefined]);
    assert.deepEqual((await told(after, Kind.TOPIC_MOVED)).change.resource.value, moved);
    await assertSame(before, [from.name, to.name], 'where it stood');
    assert.ok(!(await before.replica.view()).topics.has(topic.name));
    await assertSame(after, [to.name], 'where it went');
    assert.deepEqual((await after.replica.view()).posts.get(post.name), post);
    assert.ok(!before.replica.told.some(({ change }) => change?.community === to.name));
  });

  test('tells who is banned that it is gone, and when it is there again', async (t) => {
    const [founder, member, guest, reader] = [await Person.join(), await Person.join(),
      await Person.join(), await Person.join()];
    const above = await founder.found();
    const community = await founder.found({ parent: above.name });
    const hidden = await founder.found(
        { parent: above.name, visibility: directory.Visibility.SECRET });
    await member.join(community);
    for (const [gateway, person] of [member, guest].entries()) {
      const [listener, witness] = [new Listener(t, person, gateway),
        new Listener(t, reader, gateway)];
      await Promise.all([listener.replica.ready, witness.replica.ready]);
      // The last thing said of it; joining it may be told when the stream begins.
      const said = (type, { name }) => listener.replica.told.findLast((event) =>
        ['lost', 'gained'].includes(event.type) && event.community === name)?.type === type;
      await founder.bans.createBan({ parent: above.name, ban: { member: person.name },
        requestId: randomUUID() });
      for (const lost of [above, community]) {
        await until(() => said('lost', lost), 'telling that it is gone');
      }
      const { name } = await founder.open(community);
      const hears = ({ replica }) => replica.told.some(({ change }) => change?.name === name);
      await until(() => hears(witness), 'telling others');
      assert.ok(!hears(listener));
      assert.ok([above, community].every((each) => said('lost', each)));
      await founder.bans.deleteBan({ name: `${above.name}/bans/${person.name.split('/')[1]}`,
        requestId: randomUUID() });
      for (const gained of [above, community]) {
        await until(() => said('gained', gained), 'telling that it is there again');
      }
      assert.deepEqual(listener.replica.told.filter(({ change, community: named }) =>
        [change?.community, named].includes(hidden.name)), []);
    }
  });

  test('shows an owner above who belongs to a CLOSED community, and hides it again', async (t) => {
    const { Role, Visibility } = directory;
    const [founder, deputy] = [await Person.join(), await Person.join()];
    const above = await founder.found();
    const below = await founder.found({ parent: above.name, visibility: Visibility.CLOSED });
    await deputy.join(above);
    const listener = new Listener(t, deputy, 1);
    await listener.replica.ready;
    const known = async () => [...(await listener.replica.view()).memberships.keys()]
        .filter((each) => each.startsWith(`${below.name}/`)).length;
    for (const [role, count] of [[Role.OWNER, 1], [Role.MEMBER, 0]]) {
      await founder.give(above, deputy, role);
      await until(async () => await known() === count, `showing ${count} members`);
      await assertSame(listener, [above.name, below.name], `with the role ${Role[role]}`);
    }
  });

  test('ends with its session, though nothing else happens', async (t) => {
    const person = await Person.join();
    // The first call makes the member, of whom a change is told.
    await person.directory.listMyCommunities({});
    const listener = new Listener(t, person);
    await listener.replica.ready;
    const { live, guildhall } = listener.replica;
    await person.identity.signOut({});
    const began = performance.now();
    const { error } = await until(() => {
      const status = live.status.get();
      return status.phase === 'ended' && status;
    }, 'its end');
    const tookMs = performance.now() - began;
    assert.ok(isReason(error, 'SESSION_ENDED'), String(error));
    assert.ok(tookMs < ENDED_WITHIN_MS, `${tookMs} ms`);
    t.diagnostic(`${tookMs.toFixed(1)} ms after the answer`);
    assert.deepEqual(guildhall.session.state.get(), { status: 'signedOut', ended: true });
  });

  test('goes on from a token that a program kept', async (t) => {
    const [author, reader] = [await Person.join(), await Person.join()];
    const community = await author.found();
    const first = new Listener(t, reader);
    await first.replica.ready;
    const topic = await author.open(community);
    await until(() => first.replica.told.some(({ change }) => change?.name === topic.name),
        'telling a topic');
    const { resumeToken } = first.replica.live;
    first.guildhall.close();
    const missed = await author.post(topic, 'While you were away');
    const guildhall = createGuildhall({ baseUrl: stack.gateways[1] });
    t.after(() => guildhall.close());
    await guildhall.session.signIn(reader.email, PASSWORD);
    const told = [];
    guildhall.live({ resumeToken, communities: [community.name] }).listen((event) =>
      told.push(event));
    await until(() => told.some(({ change }) => change?.name === missed.name), 'what was missed');
    assert.deepEqual(told[0], { type: 'started', resumed: true });
    assert.ok(!told.some(({ change }) => change?.name === topic.name), 'it was told twice');
  });

  for (let round = 0; round < (LONG ? 10 : 1); ++round) {
    test(`and what was loaded before it are what is there: seed ${SEED + round}`, async (t) => {
      const people = [];
      for (const domain of [undefined, undefined, undefined, CUSTOMERS]) {
        people.push(await Person.join({ domain }));
      }
      const town = new Town(new Chance(SEED + round), people);
      while (town.communities.length < 3) await town.step(4);
      const listeners = people.map((person, i) => new Listener(t, person, i % 2));
      await Promise.all(listeners.map(({ replica }) => replica.ready));
      for (const [trouble, begin] of [['nothing happens', () => {}], ...Object.entries(TROUBLES)]) {
        for (let i = 0; i < 6; ++i) await town.step(4);
        const over = begin(listeners);
        for (let i = 0; i < 6; ++i) await town.step(4);
        await over;
        for (const listener of listeners) {
          await assertSame(listener, town.communities,
              `after "${trouble}" (GUILDHALL_SEED=${SEED + round})`);
        }
      }
      for (const { replica, streams } of listeners) {
        assert.ok(streams >= 3, `${streams} streams`);
        assert.ok(!replica.told.some(({ type }) => type === 'reset'), 'a reset is no resumption');
      }
    });
  }
});
