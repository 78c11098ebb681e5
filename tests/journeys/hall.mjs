// People who write at random and people who read what services keep of it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { directory } from './contracts.mjs';
import { deedOf } from './hall_deeds.mjs';
import { readingOf, snapshotOf } from './hall_readings.mjs';
import { Cell } from './ledger.mjs';
import { CUSTOMERS, Person } from './people.mjs';

const { Admits, Visibility } = directory;
const WRITERS = 3;
const READERS = 3;
// At most so long between two calls of somebody: far enough below the rate of a member.
const WRITE_PAUSE_MS = 80;
const READ_PAUSE_MS = 60;
const LOAD_PAUSE_MS = 600;

async function joined(options) {
  const person = await Person.join(options);
  // Once: each look at `at` makes new clients.
  person.clients = person.at;
  return person;
}

// Who is there, what stands there, and how it was read. What somebody writes is `busy` meanwhile.
export class Hall {
  writes = 0;
  replies = 0;
  fresh = 0;  // of these, to whoever had just written or begun a stream
  oldestMs = 0;
  failure;
  members = [];
  communities = [];
  topics = [];
  #ending = false;
  #loops = [];

  constructor(chance) {
    this.chance = chance;
  }

  async furnish() {
    // One after the other: only so many passwords are checked at once.
    const join = async (count) => {
      const people = [];
      while (people.length < count) people.push(await joined());
      return people;
    };
    this.writers = await join(WRITERS);
    this.readers = await join(READERS);
    [this.walker, this.insider, this.elder, this.listener] = await join(4);
    this.insiders = [...this.writers, this.insider];
    this.customer = await joined({ domain: CUSTOMERS });
    for (const writer of this.writers) {
      await writer.directory.updateMember({ member: { name: writer.name, headline: 'Tunes forks' },
        updateMask: { paths: ['headline'] }, requestId: randomUUID() });
      this.members.push({ name: writer.name, owner: writer, displayName: new Cell('Ada Quist') });
    }
    const [first, second, third] = this.writers;
    this.square = await this.#found(first, [second, third], { admits: Admits.EVERYONE });
    this.shop = await this.#found(second, [first, third]);
    this.veiled = await this.#found(third, [first, second, this.insider]);
    await this.#hide();
  }

  // A community that the insider sees without the one above it.
  async #hide() {
    this.above = await this.elder.found();
    this.below = await this.elder.found({ parent: this.above.name });
    await this.insider.join(this.below);
    for (const { name } of [this.below, this.above]) {
      await this.elder.directory.updateCommunity({
        community: { name, visibility: Visibility.SECRET }, updateMask: { paths: ['visibility'] },
        requestId: randomUUID() });
    }
  }

  async #found(owner, others, fields) {
    const { name, displayName } = await owner.found(fields);
    for (const other of others) await other.join({ name });
    const community = { name, owner, displayName: new Cell(displayName),
      description: new Cell(''), count: new Cell(1 + others.length),
      visibility: new Cell(Visibility.OPEN) };
    this.communities.push(community);
    const topic = await owner.open({ name });
    this.topics.push({ name: topic.name, community, owner, title: new Cell(topic.title),
      last: new Cell(1), posts: [] });
    return community;
  }

  // Everybody goes on until the end, or until something is read that may not be.
  begin() {
    for (const writer of [...this.writers, this.walker]) {
      const chance = this.chance.fork();
      this.#go(async () => {
        const clients = chance.pick(writer.clients);
        const since = performance.now();
        // Whoever wrote finds everything that was written.
        if (await deedOf(this, { owner: writer, calls: clients, chance })) {
          await readingOf(this, { reader: writer, clients, chance, since });
        }
        await pause(chance.below(WRITE_PAUSE_MS));
      });
    }
    for (const clients of this.listener.clients) {
      const chance = this.chance.fork();
      this.#go(() => this.#load(this.listener, clients, chance));
    }
    for (const reader of [...this.readers, this.insider, this.elder, this.customer]) {
      for (const clients of reader.clients) {
        const chance = this.chance.fork();
        this.#go(async () => {
          await readingOf(this, { reader, clients, chance });
          await pause(chance.below(READ_PAUSE_MS));
        });
      }
    }
  }

  // Somebody whose stream has just begun, in any language: what is loaded now lacks nothing.
  async #load(reader, clients, chance) {
    const hangUp = new AbortController();
    try {
      const since = performance.now();
      const stream = clients.live.subscribe({}, { signal: hangUp.signal })[Symbol.asyncIterator]();
      const { value } = await stream.next();
      assert.equal(value.frame.case, 'started');
      await snapshotOf(this, { reader, clients, chance, since });
    } finally {
      hangUp.abort();
    }
    await pause(chance.below(LOAD_PAUSE_MS));
  }

  async end() {
    this.#ending = true;
    await Promise.all(this.#loops);
  }

  #go(step) {
    this.#loops.push((async () => {
      while (!this.#ending && !this.failure) {
        try {
          await step();
        } catch (error) {
          this.failure ??= error;
        }
      }
    })());
  }
}
