// People who call all the time through one gateway, each for one thing, and put down what they were
// answered and after how long.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { directory, discussions, identity } from '../journeys/contracts.mjs';
import { insist } from '../journeys/insist.mjs';
import { Person } from '../journeys/people.mjs';
import { pathOf, reasonIn, send, authorization } from '../journeys/wire.mjs';

// Far below the 50 calls a second that a session has.
const BREATH_MS = 50;
// What a busy machine adds to a deadline.
const SLACK_MS = 1500;
// Whoever is not answered until then never is: a process that stands still does so for 30 s.
const NEVER_MS = 40_000;
// So many answers in a row are no accident.
const WELL = 3;

const ASKED = {
  me: [identity.IdentityService, 'GetMe'],
  community: [directory.DirectoryService, 'GetCommunity'],
  read: [discussions.DiscussionsService, 'ListPosts'],
  write: [discussions.DiscussionsService, 'CreatePost'],
};
/** What is asked for: each needs its own service, and those that its service asks. */
export const KINDS = Object.keys(ASKED);

export class Callers {
  // Of each call: { kind, began, tookMs, answer }, where an answer is "OK" or code and reason.
  records = [];
  deadlineMs = 5000;
  #stopped = false;
  #posts = [];
  #people = {};

  /** Through the gateway of this number; the people join through the stack's own. */
  static async begin(gateway) {
    const callers = new Callers();
    callers.gateway = gateway;
    for (const kind of KINDS) callers.#people[kind] = await Person.join();
    const author = callers.#people.write;
    callers.community = await author.found();
    callers.topic = await author.open(callers.community);
    callers.#loops = KINDS.map((kind) => callers.#run(kind));
    await callers.areWell(0, 'the beginning');
    return callers;
  }
  #loops;

  /** Ends them; asserts that what was acknowledged is there once, and so is what is repeated. */
  async conclude() {
    await this.stop();
    const author = this.#people.write;
    for (const { text, requestId, answer } of this.#posts) {
      if (answer === 'OK') continue;
      await insist(() => author.post(this.topic, text, { requestId }));
    }
    const stored = await this.#stored();
    assert.deepEqual(stored.slice(1).toSorted(), this.#posts.map(({ text }) => text).toSorted());
  }

  /** What was begun since a moment, of some kinds. */
  since(moment, kinds = KINDS) {
    return this.records.filter(({ began, kind }) => began >= moment && kinds.includes(kind));
  }

  /** Waits until each kind was answered since a moment. */
  async areAnswered(moment) {
    const found = () => new Set(this.since(moment).map(({ kind }) => kind));
    while (found().size < KINDS.length) await pause(BREATH_MS);
  }

  /** Waits until all kinds are answered OK again and again; how long that took from a moment on. */
  async areWell(moment, what, withinMs = 10_000) {
    const isWell = (kind) => {
      const last = this.since(moment, [kind]).slice(-WELL);
      return last.length === WELL && last.every(({ answer }) => answer === 'OK');
    };
    // The answers that show it come a little later than it is so.
    for (const end = performance.now() + withinMs + SLACK_MS; !KINDS.every(isWell);) {
      assert.ok(performance.now() < end,
          `${withinMs} ms after ${what}: ${this.tell(moment)}`);
      await pause(BREATH_MS);
    }
    const bad = this.since(moment).filter(({ answer }) => answer !== 'OK');
    return Math.max(0, ...bad.map(({ began, tookMs }) => began + tookMs - moment));
  }

  /** Asserts that no call took longer than its deadline, what held it up, and a busy machine. */
  assertTimely(moment, what, heldUpMs = 0) {
    for (const { kind, tookMs, answer, deadlineMs } of this.since(moment)) {
      assert.ok(tookMs < deadlineMs + heldUpMs + SLACK_MS,
          `${what}: ${kind} took ${tookMs} ms: ${answer}`);
    }
  }

  /** Somebody whom the gateway knows, who will make so many calls at once for what is read. */
  async gatherCrowd(size) {
    const person = await Person.join();
    assert.equal((await this.#ask('read', person)).answer, 'OK');
    return async () => {
      const calls = Array.from({ length: size }, () => this.#ask('read', person));
      return (await Promise.all(calls)).map(({ answer }) => answer);
    };
  }

  /** How often each answer was given since a moment, by kind, and after how long at most. */
  tell(moment) {
    const counts = {};
    for (const { kind, answer, tookMs } of this.since(moment)) {
      const of = (counts[`${kind} ${answer}`] ??= { calls: 0, longestMs: 0 });
      ++of.calls;
      of.longestMs = Math.max(of.longestMs, Math.round(tookMs));
    }
    return Object.entries(counts).toSorted().map(([what, { calls, longestMs }]) =>
      `${calls} ${what} within ${longestMs} ms`).join(', ');
  }

  /** Ends them. */
  async stop() {
    this.#stopped = true;
    await Promise.all(this.#loops);
  }

  async #run(kind) {
    for (let i = 0; !this.#stopped; ++i) {
      const post = { text: `Verse ${i}`, requestId: randomUUID() };
      if (kind === 'write') this.#posts.push(post);
      const record = await this.#ask(kind, this.#people[kind], post);
      post.answer = record.answer;
      this.records.push(record);
      await pause(BREATH_MS);
    }
  }

  async #ask(kind, { secret }, post) {
    const { deadlineMs, gateway } = this;
    const began = performance.now();
    const call = send({ gateway, path: pathOf(...ASKED[kind]),
      body: JSON.stringify(this.#message(kind, post)),
      headers: { 'content-type': 'application/json', 'connect-timeout-ms': `${deadlineMs}`,
        // Not from what somebody keeps.
        'cache-control': 'no-cache', ...authorization(secret) } });
    const answer = await Promise.race([call.then(told, ({ code }) => code), never()]);
    return { kind, began, deadlineMs, answer, tookMs: performance.now() - began };
  }

  #message(kind, post) {
    if (kind === 'me') return {};
    if (kind === 'community') return { name: this.community.name };
    if (kind === 'read') return { parent: this.topic.name };
    return { parent: this.topic.name, post: { markdown: post.text }, requestId: post.requestId };
  }

  async #stored() {
    const found = [];
    for (let pageToken = ''; ;) {
      const page = await this.#people.read.discussions.listPosts(
          { parent: this.topic.name, pageSize: 100, pageToken });
      found.push(...page.posts.map(({ markdown }) => markdown));
      if (!page.nextPageToken) return found;
      pageToken = page.nextPageToken;
    }
  }

}

const told = (answer) =>
  (answer.status === 200 ? 'OK' : `${JSON.parse(answer.body).code} ${reasonIn(answer)}`);

// Unreferenced: answers that came leave nothing to wait for.
const never = () => pause(NEVER_MS, 'nothing', { ref: false });
