// Members who read and write in one topic all the time, while something happens to the stack.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { insist } from './insist.mjs';
import { Person } from './people.mjs';

const MEMBERS = 4;
// A session may make 50 calls a second (services/gateway/settings.cpp); a round takes two or more.
const PAUSE_MS = 50;
const PATIENCE_SECONDS = 60;

export class Load {
  rounds = 0;
  failures = [];
  #posts = [];
  #refusals = 0;
  #stopped = false;

  // For the test `t`, until it ends. With `insisting`, writes are repeated with their request id;
  // otherwise each failure counts. The members use the gateways in turn, or the one given.
  static async begin(t, { insisting, gateway } = {}) {
    const load = new Load();
    t.after(() => { load.#stopped = true; });
    load.members = await Promise.all(Array.from({ length: MEMBERS }, () => Person.join()));
    const [first, ...others] = load.members;
    const community = await first.found();
    for (const other of others) await other.join(community);
    load.topic = await first.open(community);
    load.#loops = load.members.map((member, i) =>
      load.#run(member, gateway ?? i % 2, insisting));
    await load.go(MEMBERS * 3);
    return load;
  }
  #loops;

  async #run(member, gateway, insisting) {
    for (let i = 0; !this.#stopped; ++i) {
      const text = `${member.name} ${i}`;
      try {
        const write = (requestId) => member.post(this.topic, text, { gateway, requestId });
        this.#posts.push(await (insisting
          ? insist(write, { seconds: PATIENCE_SECONDS, refused: () => ++this.#refusals })
          : write()));
        const read = () => member.at[gateway].discussions.listPosts(
            { parent: this.topic.name, pageSize: 1 });
        await (insisting ? insist(read, { seconds: PATIENCE_SECONDS }) : read());
      } catch (error) {
        this.failures.push(error);
      }
      ++this.rounds;
      await pause(PAUSE_MS);
    }
  }

  // Waits for so many more rounds.
  async go(rounds) {
    const goal = this.rounds + rounds;
    const end = Date.now() + PATIENCE_SECONDS * 1000;
    while (this.rounds < goal) {
      assert.ok(Date.now() < end, `only ${this.rounds} of ${goal} rounds`);
      await pause(PAUSE_MS);
    }
  }

  // Ends it; asserts that nothing failed and that the topic holds each post once.
  async conclude() {
    this.#stopped = true;
    await Promise.all(this.#loops);
    assert.deepEqual(this.failures, []);
    const stored = await this.#stored();
    assert.deepEqual(stored.map((post) => post.number), stored.map((_, i) => i + 1));
    const written = this.#posts.map((post) => post.name);
    assert.equal(new Set(written).size, written.length);
    assert.deepEqual(stored.slice(1).map((post) => post.name).toSorted(), written.toSorted());
    return { posts: written.length, refusals: this.#refusals };
  }

  async #stored() {
    const { discussions } = this.members[0];
    const found = [];
    let pageToken = '';
    do {
      const page = await discussions.listPosts(
          { parent: this.topic.name, pageSize: 100, pageToken });
      found.push(...page.posts);
      pageToken = page.nextPageToken;
    } while (pageToken);
    return found;
  }
}
