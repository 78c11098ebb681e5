// An archive of a Zulip organization that never was, drawn by chance; it grows and changes as one does.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BEGIN = 1_500_000_000;
const WORDS = ['kiln', 'glaze', 'ash', 'cone', 'wheel', 'slip', 'bisque', 'clay', 'wax', 'shelf'];

export class ZulipArchive {
  #chance;
  #next = 1000;
  // By file, in order of time.
  topics = new Map();

  constructor(chance, { streams, topics, people, messages }) {
    this.#chance = chance;
    this.people = Array.from({ length: people }, (_, i) => `Imported person ${i}`);
    for (let stream = 1; stream <= streams; ++stream) {
      for (let topic = 0; topic < topics; ++topic) {
        this.topics.set(`${stream}-Imported-stream-${stream}/Topic.20${topic}.json`, []);
      }
    }
    for (const posts of this.topics.values()) posts.push(this.message());
    const places = [...this.topics.values()];
    while (this.count < messages) chance.pick(places).push(this.message());
  }

  get count() {
    return [...this.topics.values()].reduce((sum, posts) => sum + posts.length, 0);
  }

  message() {
    const id = this.#next++;
    const words = Array.from({ length: 3 + this.#chance.below(20) },
        () => this.#chance.pick(WORDS)).join(' ');
    return { id, sender_full_name: this.#chance.pick(this.people), timestamp: BEGIN + id,
      content: `<p>${words} <strong>${id}</strong></p>` };
  }

  /** Writes it as a folder, anew. */
  write(place) {
    rmSync(place, { recursive: true, force: true });
    for (const [file, posts] of this.topics) {
      mkdirSync(join(place, file, '..'), { recursive: true });
      writeFileSync(join(place, file), JSON.stringify(posts));
    }
  }
}
