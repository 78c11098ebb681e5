// Who listens at one gateway or the other, and may come back to where it was.
import { createGuildhall } from '@guildhall/client';
import { Kind } from '@guildhall/client/contracts/guildhall/change/v1/change_pb';
import { stack } from '../journeys/stack.mjs';

const { POST_CREATED, TOPIC_CREATED } = Kind;

export class Watcher {
  // In the order of their frames: topics by name, and of each the numbers of its posts.
  told = { topics: [], numbers: new Map(), resets: 0 };
  started = Promise.withResolvers();
  #guildhall;
  #live;

  /** Goes on where an earlier one was closed, if one is given. */
  constructor(person, gateway, earlier) {
    if (earlier) this.told = earlier.told;
    this.#guildhall = createGuildhall({ baseUrl: stack.gateways[gateway], secret: person.secret });
    this.#live = this.#guildhall.live({ resumeToken: earlier?.#live.resumeToken });
    this.#live.listen((event) => this.#hear(event));
  }

  #hear(event) {
    if (event.type === 'started') this.started.resolve();
    if (event.type === 'reset') ++this.told.resets;
    if (event.type !== 'changed') return;
    const { kind, name, resource } = event.change;
    const { topics, numbers } = this.told;
    if (kind === TOPIC_CREATED) topics.push(name);
    if (kind === POST_CREATED) {
      const topic = name.split('/').slice(0, 2).join('/');
      numbers.set(topic, [...numbers.get(topic) ?? [], resource.value.number]);
    }
  }

  // Whether the last post of each topic was told.
  hasHeard(topics) {
    return [...topics].every(([name, { posts }]) =>
      this.told.numbers.get(name)?.includes(posts.length));
  }

  close() { this.#guildhall.close(); }
}
