// Once a revoking call has answered, nothing that begins afterwards is let in by what was true
// before: through two gateways and two processes of every service, while processes freeze, die and
// come back.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from './chance.mjs';
import { directory } from './contracts.mjs';
import { assertSilent, holdStreams, until, Writer } from './held_streams.mjs';
import { insist } from './insist.mjs';
import { Person } from './people.mjs';
import { refusal } from './refusals.mjs';
import { stack } from './stack.mjs';

// How long decisions are taken from what is known (libs/feeds), and how long a revoking call waits
// at most for somebody who does not answer.
const LEASE_MS = 2000;
const SETTLED_MS = 2200;
// What a loaded machine adds.
const SLACK_MS = 1500;
// Sessions take turns at reading: each may make 50 calls a second (services/gateway/settings.cpp).
const READERS = 12;
// What a call may say while a process is frozen, beside what it says otherwise.
const PASSING = ['DEPENDENCY_AWAY', 'UPSTREAM_AWAY', 'DEADLINE_PASSED', 'RATE_LIMITED',
  'OVERLOADED', 'BUSY'];

const outcomeOf = (call) => call().then(() => 'OK',
    (error) => refusal(Promise.reject(error)).then((found) => found.reason));

// Calls without a pause, until one that has begun after the revocation is decided: when each began,
// how it ended.
async function watch(call, revoked) {
  const seen = [];
  const ask = async () => {
    const began = performance.now();
    seen.push({ began, outcome: await outcomeOf(call) });
    return seen.at(-1);
  };
  while (!revoked.at || seen.at(-1).began < revoked.at) await ask();
  if (!PASSING.includes(seen.at(-1).outcome)) return seen;
  await until(async () => !PASSING.includes((await ask()).outcome), 'a decision');
  return seen;
}

const freeze = (names) => names.forEach((name) => stack.signal(name, 'SIGSTOP'));
const thaw = (names) => names.forEach((name) => stack.signal(name, 'SIGCONT'));

// What goes wrong around a revocation by `owner`; each calls `revoke` once.
const FAULTS = {
  'nothing else happens': ({ revoke }) => revoke(),

  'a watcher freezes': async ({ revoke, chance }) => {
    const frozen = [chance.pick(['discussions-1', 'discussions-2'])];
    freeze(frozen);
    try {
      const began = performance.now();
      await revoke();
      const tookMs = performance.now() - began;
      assert.ok(tookMs <= SETTLED_MS + SLACK_MS, `the revocation took ${tookMs} ms`);
    } finally {
      thaw(frozen);
    }
  },

  'a process of the owner freezes': ({ owner, ...trial }) =>
    whileFrozen([`${owner}-${1 + trial.chance.below(2)}`], trial),

  'the whole owner freezes': ({ owner, ...trial }) =>
    whileFrozen([`${owner}-1`, `${owner}-2`], trial),

  'Redis freezes': (trial) => whileFrozen(['redis'], trial),
};

// Freezes for up to two and a half seconds, whether or not the revocation has answered by then.
async function whileFrozen(frozen, { revoke, chance }) {
  freeze(frozen);
  const thawed = pause(chance.below(2500)).then(() => thaw(frozen));
  try {
    await revoke();
  } finally {
    await thawed;
  }
}

// "893, median 12 ms, p99 30 ms, most 31 ms"
function spread(times, fault) {
  const ms = times.filter((time) => time.fault === fault).map((time) => time.ms)
      .sort((one, other) => one - other);
  const at = (part) => ms[Math.min(ms.length - 1, Math.floor(ms.length * part))]?.toFixed(1);
  return `${ms.length}, median ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`;
}

// What is revoked: `person`'s calls succeed before and are refused for `reason` after. Unless a kind
// names others they read `community` and `topic`, in which the founder goes on writing.
class Trials {
  people = [];
  times = [];
  ends = [];
  trials = 0;
  #turn = 0;

  async prepare() {
    // One after the other: only so many passwords are checked at once.
    for (let i = 0; i < READERS; ++i) this.people.push(await Person.join());
    this.founder = await Person.join();
    this.administrator = await Person.administrator();
    this.community = await this.founder.found();
    this.topic = await this.founder.open(this.community);
    this.witnesses = await holdStreams(this.founder);
  }

  end() { this.witnesses?.forEach((stream) => stream.close()); }

  #next() { return this.people[this.#turn++ % READERS]; }
  #reads(person, { community, topic }) {
    return person.at.flatMap((at) => [
      () => at.directory.getCommunity({ name: community.name }),
      () => at.discussions.listPosts({ parent: topic.name }),
      () => at.discussions.listTopics({ parent: community.name }),
      () => at.discussions.getTopic({ name: topic.name }),
    ]);
  }
  #show(community, visibility, requestId = randomUUID()) {
    return this.founder.directory.updateCommunity({
      community: { name: community.name, visibility }, updateMask: { paths: ['visibility'] },
      requestId,
    });
  }

  KINDS = {
    'a community is closed': async () => {
      const { OPEN, SECRET } = directory.Visibility;
      const { community, topic } = this;
      return { owner: 'directory', reason: 'NOT_FOUND', person: this.#next(), community, topic,
        revoke: (requestId) => this.#show(this.community, SECRET, requestId),
        restore: (requestId) => this.#show(this.community, OPEN, requestId) };
    },
    'a membership ends': async () => {
      const [person, community] = [this.#next(), await this.founder.found()];
      await person.join(community);
      const topic = await this.founder.open(community);
      await this.#show(community, directory.Visibility.SECRET);
      return { owner: 'directory', reason: 'NOT_FOUND', person, community, topic,
        revoke: (requestId) => person.memberships.leaveCommunity(
            { name: community.name, requestId }) };
    },
    'a session ends': async () => {
      const person = this.#next();
      const { session, sessionSecret } = await person.signIn();
      const other = Object.assign(new Person(), { secret: sessionSecret });
      const { community, topic } = this;
      return { owner: 'identity', reason: 'SESSION_ENDED', person: other, community, topic,
        calls: other.at.flatMap((at) => [
          () => at.identity.getMe({}),
          () => at.directory.listMyCommunities({}),
          () => at.discussions.batchGetReadStates({ topics: [] }),
          () => at.discussions.listPosts({ parent: this.topic.name }),
        ]),
        revoke: () => person.identity.revokeSession({ name: session.name }) };
    },
    'an account is suspended': async () => {
      const person = await Person.join();
      const { community, topic } = this;
      return { owner: 'identity', reason: 'SESSION_ENDED', person, community, topic,
        calls: person.at.flatMap((at) => [
          () => at.identity.getMe({}),
          () => at.directory.listMyCommunities({}),
          () => at.discussions.listPosts({ parent: this.topic.name }),
        ]),
        revoke: (requestId) => this.administrator.accounts.suspendAccount(
            { member: person.name, requestId }) };
    },
    'an access token is revoked': async () => {
      const person = this.#next();
      const { accessToken, secret } = await person.makeToken();
      const program = Object.assign(new Person(), { secret });
      const { community, topic } = this;
      return { owner: 'identity', reason: 'SESSION_ENDED', person: program, community, topic,
        calls: program.at.flatMap((at) => [
          () => at.identity.getMe({}),
          () => at.directory.listMyCommunities({}),
          () => at.discussions.listPosts({ parent: this.topic.name }),
        ]),
        revoke: () => person.accessTokens.revokeAccessToken({ name: accessToken.name }) };
    },
    'a member is removed': async () => {
      const [person, community] = [this.#next(), await this.founder.found()];
      await person.join(community);
      const topic = await this.founder.open(community);
      await this.#show(community, directory.Visibility.SECRET);
      const name = `${community.name}/memberships/${person.name.split('/').at(-1)}`;
      return { owner: 'directory', reason: 'NOT_FOUND', person, community, topic,
        revoke: (requestId) => this.founder.memberships.deleteMembership({ name, requestId }) };
    },
    'a member is banned': async () => {
      // From an OPEN community, which everybody sees, by a ban from the one above.
      const [person, above] = [this.#next(), await this.founder.found()];
      const community = await this.founder.found({ parent: above.name });
      const topic = await this.founder.open(community);
      return { owner: 'directory', reason: 'NOT_FOUND', person, community, topic,
        revoke: (requestId) => this.founder.bans.createBan(
            { parent: above.name, ban: { member: person.name }, requestId }) };
    },
  };

  // Asserts that `calls` end with the revocation; answers when it had answered.
  async #revoke(trial, calls, { fault, chance, told }) {
    const revoked = {};
    const watching = calls.map((call) => watch(call, revoked));
    await FAULTS[fault]({ owner: trial.owner, chance, revoke: async () => {
      const began = performance.now();
      try {
        await insist(trial.revoke, { seconds: 30 });
      } finally {
        // Also for those who watch what could not be revoked.
        revoked.at = performance.now();
      }
      this.times.push({ fault, ms: revoked.at - began });
    } });
    const expected = [trial.reason, ...PASSING];
    for (const seen of await Promise.all(watching)) {
      for (const { began, outcome } of seen) {
        const may = began > revoked.at ? expected : ['OK', ...expected];
        assert.ok(may.includes(outcome), `${told}: ${outcome}, ${began - revoked.at} ms after`);
      }
    }
    return revoked.at;
  }

  async run(kind, fault, chance) {
    const trial = await this.KINDS[kind]();
    const told = `${kind}, ${fault}, GUILDHALL_SEED=${chance.seed}`;
    const calls = trial.calls ?? this.#reads(trial.person, trial);
    for (const call of calls) await insist(call);
    const streams = await holdStreams(trial.person, trial.community);
    const writer = new Writer(this.founder, trial.topic);
    try {
      const moment = await this.#revoke(trial, calls, { fault, chance, told });
      const ms = await assertSilent(streams,
          { writer, witnesses: this.witnesses, moment, trial, told });
      this.ends.push(...ms.map((each) => ({ fault, ms: each })));
    } finally {
      writer.stop();
      streams.forEach((stream) => stream.close());
    }
    if (trial.restore) {
      await insist(trial.restore);
      await until(async () => await outcomeOf(calls[1]) === 'OK', 'what was opened again');
    }
    ++this.trials;
  }

  // Of the revoking calls with a fault, and how long after them the streams of ended sessions did.
  figures(fault) {
    return `${fault}: revoking calls: ${spread(this.times, fault)}; `
      + `streams ended after: ${spread(this.ends, fault)}`;
  }
}

// Declares the journey: each fault once in the short form; in the long one so many trials, a tenth
// of them with a fault and a third with Redis killed.
export function declareRevocations({ trials: wanted } = {}) {
  describe('what was revoked yields nothing', () => {
    const trials = new Trials();
    const chance = new Chance();
    const kinds = Object.keys(trials.KINDS);
    const [none, ...faults] = Object.keys(FAULTS);
    before(() => trials.prepare());
    after(() => trials.end());
    after(() => stack.repair());

    for (const [i, fault] of Object.keys(FAULTS).entries()) {
      test(`also while ${fault}`, () => trials.run(kinds[i % kinds.length], fault, chance));
    }

    if (wanted) {
      test(`in ${wanted} trials with chance in them`, async (t) => {
        t.diagnostic(`GUILDHALL_SEED=${chance.seed}`);
        while (trials.trials < wanted) {
          // From the middle on there is no Redis.
          if (trials.trials === Math.floor(wanted * 2 / 3)) stack.signal('redis', 'SIGKILL');
          const possible = trials.trials < wanted * 2 / 3
            ? faults : faults.filter((fault) => !fault.startsWith('Redis'));
          const fault = chance.below(10) === 0 ? chance.pick(possible) : none;
          await trials.run(chance.pick(kinds), fault, chance);
        }
        for (const fault of [none, ...faults]) t.diagnostic(trials.figures(fault));
      });
    }

    for (const owner of ['identity', 'directory']) {
      test(`and with ${owner} away reads end within the lease and come back alone`, async () => {
        const reader = trials.people[0];
        const read = () => outcomeOf(() =>
          reader.discussions.listPosts({ parent: trials.topic.name }));
        await until(async () => await read() === 'OK', 'reading');
        const frozen = [`${owner}-1`, `${owner}-2`];
        freeze(frozen);
        try {
          const gone = performance.now();
          let began;
          let outcome;
          do {
            began = performance.now();
            outcome = await read();
            // Far below the session's rate.
            await pause(25);
          } while (outcome === 'OK' && began - gone < 2 * LEASE_MS);
          assert.ok(PASSING.includes(outcome), outcome);
          assert.ok(began - gone <= LEASE_MS + SLACK_MS, `${began - gone} ms`);
        } finally {
          thaw(frozen);
        }
        await until(async () => await read() === 'OK', 'coming back');
      });
    }
  });
}
