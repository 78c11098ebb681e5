// People who write all the time and put down what they have sent and what was acknowledged.
//
// A line of the ledger is about a mark, which is written once, such as a post of these words; or
// about a cell, which has one value after another, such as whether somebody likes a post. Each has
// one writer, who waits for one answer before it sends the next call.
import { randomUUID } from 'node:crypto';
import { discussions } from '../journeys/contracts.mjs';
import { insist, mayRepeat } from '../journeys/insist.mjs';
import { Person } from '../journeys/people.mjs';
import { edited } from './ledger.mjs';

const { LIKE } = discussions.ReactionKind;
// As long as the slowest trouble, and some.
export const PATIENCE_SECONDS = 90;
// Of so many writes one is not repeated: nobody knows what became of it.
const ONE_GIVES_UP = 10;
const NEWEST_TOPICS = 8;
const NEWEST_POSTS = 64;
const COMMUNITIES = 3;

/** Where writers meet, and what they have made there. */
export class Town {
  topics = [];
  posts = [];
  acknowledged = 0;
  refusals = 0;

  constructor(ledger, { communities, halls }) {
    this.ledger = ledger;
    // In these they write; these they enter and leave.
    this.communities = communities;
    this.halls = halls;
  }
}

export class Writer {
  #town;
  #name;
  #chance;
  #gateways;
  #own = [];
  #cells = new Map();
  #count = 0;

  constructor(town, name, person, chance) {
    this.#town = town;
    this.#name = name;
    this.#chance = chance;
    this.#gateways = person.at;
  }

  /** Writes in another session from now on. */
  signInAs(person) { this.#gateways = person.at; }

  // Until `stopped()`.
  async run(stopped) {
    while (!stopped()) await this[this.#chance.pick(DEEDS)]();
  }

  async open() {
    const parent = this.#chance.pick(this.#town.communities);
    const topic = await this.#once({ community: parent }, ({ discussions: calls }, title, id) =>
      calls.createTopic({ parent, topic: { title }, markdown: title, requestId: id }));
    if (topic) this.#town.topics.push(topic.name);
  }

  async post() { await this.#postIn({}); }
  async answer() { await this.#postIn({ replyToNumber: 1 }); }

  async #postIn(more) {
    const topic = this.#chance.pick(this.#town.topics.slice(-NEWEST_TOPICS));
    if (!topic) return this.open();
    const post = await this.#once({ topic }, ({ discussions: calls }, markdown, id) =>
      calls.createPost({ parent: topic, post: { markdown, ...more }, requestId: id }));
    if (!post) return undefined;
    this.#own.push(post);
    this.#town.posts.push(post.name);
  }

  async edit() {
    const post = this.#chance.pick(this.#own.slice(-NEWEST_POSTS));
    if (!post) return;
    const { name, mark } = post;
    await this.#change(`text ${name}`, edited(mark, this.#mark()),
        ({ discussions: calls }, markdown, id) => calls.updatePost({ post: { name, markdown },
          updateMask: { paths: ['markdown'] }, requestId: id }));
  }

  async react() {
    const parent = this.#chance.pick(this.#town.posts.slice(-NEWEST_POSTS));
    if (!parent) return;
    const cell = `like ${this.#name} ${parent}`;
    await this.#change(cell, !this.#cells.get(cell), ({ reactions: calls }, likes, id) => likes
      ? calls.createReaction({ parent, reaction: { kind: LIKE }, requestId: id })
      : calls.deleteReaction({ parent, kind: LIKE, requestId: id }));
  }

  async enter() {
    const name = this.#chance.pick(this.#town.halls);
    const cell = `in ${this.#name} ${name}`;
    await this.#change(cell, !this.#cells.get(cell), ({ memberships: calls }, enters, id) => enters
      ? calls.joinCommunity({ name, requestId: id })
      : calls.leaveCommunity({ name, requestId: id }));
  }

  async headline() {
    await this.#change(`headline ${this.#name}`, this.#mark(), ({ directory: calls }, headline, id) =>
      calls.updateMember({ member: { name: this.#name, headline },
        updateMask: { paths: ['headline'] }, requestId: id }));
  }

  #mark() { return `${this.#name} ${++this.#count}`; }

  // Writes what is there once: the answer, or undefined where nobody knows.
  async #once(place, call) {
    const line = { mark: this.#mark(), ...place };
    const { ledger } = this.#town;
    await ledger.note({ ...line, state: 'sent' });
    try {
      const { name } = await this.#ask(call, line.mark, this.#chance.below(ONE_GIVES_UP) === 0);
      await ledger.note({ ...line, state: 'acknowledged', name });
      ++this.#town.acknowledged;
      return { name, mark: line.mark };
    } catch (error) {
      if (!mayRepeat(error)) throw error;
      await ledger.note({ ...line, state: 'unknown' });
      return undefined;
    }
  }

  // Gives a cell another value.
  async #change(cell, value, call) {
    const { ledger } = this.#town;
    await ledger.note({ cell, value, state: 'sent' });
    await this.#ask(call, value, false);
    await ledger.note({ cell, value, state: 'acknowledged' });
    this.#cells.set(cell, value);
    ++this.#town.acknowledged;
  }

  // A repeat goes to the other gateway.
  #ask(call, value, givesUp) {
    const first = this.#chance.below(2);
    const ask = (requestId, attempt) =>
      call(this.#gateways[(first + attempt) % 2], value, requestId);
    if (givesUp) return ask(randomUUID(), 0);
    return insist(ask, { seconds: PATIENCE_SECONDS, refused: () => { ++this.#town.refusals; } });
  }
}

// Each as often as its weight.
const DEEDS = Object.entries({ post: 10, answer: 3, open: 1, edit: 4, react: 5, enter: 2,
  headline: 1 }).flatMap(([deed, weight]) => Array.from({ length: weight }, () => deed));

/** Makes so many, one after the other: a sign-up takes a whole core. */
export async function oneByOne(count, make) {
  const made = [];
  while (made.length < count) made.push(await make());
  return made;
}

/** A founder, communities in which all may write, and halls to enter and leave. */
export async function settle(ledger, writers) {
  const founder = await Person.join();
  const found = () => oneByOne(COMMUNITIES, async () => (await founder.found()).name);
  const [communities, halls] = [await found(), await found()];
  const people = await oneByOne(writers, () => Person.join());
  for (const person of people) {
    for (const name of communities) await person.join({ name });
  }
  return { founder, people, town: new Town(ledger, { communities, halls }) };
}
