// What a client knows that loads once and then only listens: it must come out as what is there.
import { isReason, items, withPost } from '@guildhall/client';
import { Kind } from '@guildhall/client/contracts/guildhall/change/v1/change_pb';

const { TOPIC_CREATED, TOPIC_UPDATED, TOPIC_DELETED, TOPIC_LEFT, TOPIC_MOVED,
  TOPIC_RESTORED, POST_CREATED, POST_UPDATED, POST_DELETED, POST_RESTORED, POST_COUNTED, COMMUNITY_CREATED, COMMUNITY_UPDATED,
  MEMBERSHIP_CREATED, MEMBERSHIP_UPDATED, MEMBERSHIP_DELETED } = Kind;

// All that somebody may see, by name.
export class View {
  communities = new Map();
  topics = new Map();
  posts = new Map();
  memberships = new Map();

  /** Reads everything, or one community. */
  async load(guildhall, only) {
    const { directory } = guildhall;
    if (only !== undefined) {
      const community = await unlessHidden(() => directory.getCommunity({ name: only }));
      if (community) await this.#loadOne(guildhall, community);
      return;
    }
    for await (const community of items(directory.listCommunities, { pageSize: 100 })) {
      await this.#loadOne(guildhall, community);
    }
  }

  async #loadOne({ memberships, discussions }, community) {
    const parent = community.name;
    this.communities.set(parent, community);
    await unlessHidden(async () => {
      for await (const each of items(memberships.listMemberships, { parent, pageSize: 200 })) {
        this.memberships.set(each.name, each);
      }
    });
    await unlessHidden(async () => {
      for await (const topic of items(discussions.listTopics, { parent, pageSize: 100 })) {
        await this.loadTopic({ discussions }, topic);
      }
    });
  }

  /** Takes a topic, and reads its posts. */
  async loadTopic({ discussions }, topic) {
    this.topics.set(topic.name, topic);
    await unlessHidden(async () => {
      for await (const post of items(discussions.listPosts,
          { parent: topic.name, pageSize: 100 })) this.posts.set(post.name, post);
    });
  }

  /** Takes what a frame tells over what was known. */
  apply({ kind, name, community, resource }) {
    switch (kind) {
      case TOPIC_CREATED: case TOPIC_UPDATED: case TOPIC_DELETED:
        if (resource.case) this.topics.set(name, resource.value);
        else this.#forgetTopic(name);
        break;
      case TOPIC_LEFT:
        this.#forgetTopic(name);
        break;
      case POST_CREATED: case POST_UPDATED: case POST_DELETED: case POST_RESTORED:
      case POST_COUNTED:
        if (resource.case) this.#setPost(resource.value);
        else this.posts.delete(name);
        break;
      case COMMUNITY_CREATED: case COMMUNITY_UPDATED:
        if (resource.case) this.communities.set(name, resource.value);
        else this.forget(community);
        break;
      case MEMBERSHIP_CREATED: case MEMBERSHIP_UPDATED:
        // Gone since: that it ended is told, too.
        if (resource.case) this.memberships.set(name, resource.value);
        else this.memberships.delete(name);
        break;
      case MEMBERSHIP_DELETED:
        this.memberships.delete(name);
        break;
    }
  }

  #setPost(post) {
    this.posts.set(post.name, post);
    const topic = this.topics.get(topicOf(post.name));
    if (topic) this.topics.set(topic.name, withPost(topic, post));
  }

  #forgetTopic(name) {
    this.topics.delete(name);
    for (const post of this.posts.keys()) if (topicOf(post) === name) this.posts.delete(post);
  }

  forget(community) {
    this.communities.delete(community);
    for (const [name, topic] of this.topics) {
      if (topic.community === community) this.#forgetTopic(name);
    }
    for (const name of this.memberships.keys()) {
      if (name.startsWith(`${community}/`)) this.memberships.delete(name);
    }
  }

  /** What of it concerns these communities, as text: compared, and read in a failure. */
  lines(communities) {
    const found = [];
    const add = (name, value) => found.push(`${name} ${textOf(value)}`);
    for (const [name, value] of this.communities) {
      // What stands above and below is told where it is read, and the same in no two calls.
      if (communities.has(name)) add(name, { ...value, ancestors: [], isParent: false });
    }
    for (const [name, value] of this.topics) if (communities.has(value.community)) add(name, value);
    for (const [name, value] of this.posts) {
      const topic = this.topics.get(topicOf(name));
      if (communities.has(topic?.community)) add(name, value);
    }
    for (const [name, value] of this.memberships) {
      if (communities.has(name.split('/').slice(0, 2).join('/'))) add(name, value);
    }
    return found.sort();
  }
}

const topicOf = (post) => post.split('/').slice(0, 2).join('/');

const textOf = (message) => JSON.stringify(message, (key, value) => {
  if (key.startsWith('$')) return undefined;
  return typeof value === 'bigint' ? Number(value) : value;
});

async function unlessHidden(read) {
  try {
    return await read();
  } catch (error) {
    if (!isReason(error, 'NOT_FOUND', 'NOT_PERMITTED')) throw error;
    return undefined;
  }
}

// A view that is loaded once and kept by what the stream tells.
export class Replica {
  told = [];
  #view = new View();
  // What comes while something is being loaded is applied after it.
  #work = Promise.resolve();
  #failure;

  constructor(guildhall, live) {
    this.guildhall = guildhall;
    this.live = live;
    this.ready = new Promise((resolve) => {
      live.listen((event) => {
        this.told.push(event);
        this.#work = this.#work.then(() => this.#apply(event)).catch((error) => {
          this.#failure ??= error;
        });
        if (event.type === 'started') resolve(this.#work);
      });
    });
  }

  /** The view once everything that was told is applied. */
  async view() {
    for (let work; work !== this.#work;) {
      work = this.#work;
      await work;
    }
    if (this.#failure) throw this.#failure;
    return this.#view;
  }

  async #apply(event) {
    switch (event.type) {
      case 'started': case 'reset':
        this.#view = new View();
        await this.#view.load(this.guildhall);
        break;
      case 'gained':
        await this.#view.load(this.guildhall, event.community);
        break;
      case 'lost':
        this.#view.forget(event.community);
        break;
      case 'changed': {
        const { kind, resource } = event.change;
        if ((kind === TOPIC_MOVED || kind === TOPIC_RESTORED) && resource.case) {
          await this.#view.loadTopic(this.guildhall, resource.value);
        } else {
          this.#view.apply(event.change);
        }
      }
    }
  }
}
