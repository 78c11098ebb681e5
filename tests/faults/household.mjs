// Members who write, listen and sign in over months, and some who are away.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../journeys/listener.mjs';
import { Calendar } from './calendar.mjs';
import { Ledger } from './ledger.mjs';
import { reckon } from './reckoning.mjs';
import { Watcher } from './watchers.mjs';
import { settle, Writer } from './writers.mjs';

// Of a session; it ends sooner if it is not used for 14.
export const SESSION_DAYS = 30;
const SIGN_IN_EVERY_DAYS = 7;
// When who listens comes back for the first time: two are never away, one for less than changes are
// kept, one for longer.
const BACK_AFTER_WEEKS = [0, 0, 3, 7];
const WRITERS = 4;

export class Household {
  calendar;
  town;
  signedInOn = [0];
  #path;
  #founder;
  #people;
  #writers;
  #watchers = [];
  // Beside what the ledger knows of: a community, and a topic in it.
  #side;
  #topic;

  static async settle(t, chance) {
    const household = new Household();
    const folder = mkdtempSync(join(tmpdir(), 'guildhall-ledger-'));
    t.after(() => rmSync(folder, { recursive: true }));
    household.#path = join(folder, 'ledger.jsonl');
    const { founder, people, town } = await settle(await Ledger.open(household.#path), WRITERS);
    t.after(() => town.ledger.close());
    household.town = town;
    household.#founder = founder;
    household.#people = people;
    household.#side = await founder.found();
    household.#topic = await founder.open(household.#side);
    await founder.openPoll(household.#side);
    household.#writers = people.map((person) =>
      new Writer(town, person.name, person, chance.fork()));
    household.calendar = await Calendar.begin();
    await household.#listen(() => true);
    for (const [i, weeks] of BACK_AFTER_WEEKS.entries()) {
      if (weeks > 0) household.#watchers[i].close();
    }
    t.after(() => household.#watchers.forEach((each) => each.close()));
    return household;
  }

  /** After so many days: when a week has begun all sign in anew, and who was away may come back. */
  async comeBack(days) {
    const { today } = this.calendar;
    const week = (day) => Math.floor(day / SIGN_IN_EVERY_DAYS);
    if (week(today) === week(today - days)) return;
    for (const person of [this.#founder, ...this.#people]) {
      person.secret = (await person.signIn()).sessionSecret;
    }
    this.signedInOn.push(today);
    for (const [i, writer] of this.#writers.entries()) writer.signInAs(this.#people[i]);
    await this.#listen((weeks) => weeks <= week(today));
  }

  // Each of those who are there goes on where it has ended before.
  async #listen(isThereAfter) {
    this.#watchers = BACK_AFTER_WEEKS.map((weeks, i) => {
      const earlier = this.#watchers[i];
      earlier?.close();
      return isThereAfter(weeks) ? new Watcher(this.#founder, i % 2, earlier) : earlier;
    });
    await Promise.all(this.#watchers.map(({ started }) => started.promise));
  }

  async write(count) {
    const enough = this.town.acknowledged + count;
    const stopped = () => this.town.acknowledged >= enough;
    await Promise.all(this.#writers.map((writer) => writer.run(stopped)));
  }

  /** A post of today is found by its words. */
  async assertFound() {
    const word = `day${this.calendar.today}`;
    const { name } = await this.#founder.post(this.#topic, word);
    await until(async () => {
      const { results } = await this.#founder.postSearch.searchPosts(
          { query: word, communities: [this.#side.name] });
      return results.some(({ post }) => post === name);
    }, `finding ${word}`);
  }

  /** What is there is what was acknowledged, and was told once; who was away too long begins anew. */
  async reckon() {
    const late = this.#watchers.at(-1);
    const topics = await reckon(this.#path, this.#founder, this.town, this.#watchers.slice(0, -1));
    assert.equal(late.told.resets, 1, 'who was away for longer than changes are kept loads anew');
    const newest = this.town.posts.at(-1).split('/posts/')[0];
    const last = topics.get(newest).posts.length;
    await until(() => late.told.numbers.get(newest)?.at(-1) === last, 'hearing what is new');
  }
}
