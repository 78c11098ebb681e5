// Everybody who may stand to a community in some way, and communities of each visibility and state.
import { directory } from '../journeys/contracts.mjs';
import { CUSTOMERS, Person } from '../journeys/people.mjs';
import { DRAFT } from './requests.mjs';

const { Admits, Role, Visibility } = directory;
const INSIDE = ['member', 'moderator', 'owner'];

// Columns of the table; nobody who signs in is without a member.
const PERSONAS = ['external, not admitted', 'external, admitted', 'employee', 'pending',
  'owner above', ...INSIDE, 'banned'];
// Not a standing in a community: there an administrator of the organization is an employee.
export const ADMINISTRATOR = 'administrator';
export const VISIBILITIES = ['OPEN', 'CLOSED', 'SECRET'];
// Nothing rests; the community does; everybody does who asks.
export const AS_EVER = 'as ever';
export const STATES = [AS_EVER, 'archived', 'muted'];

const requestId = () => crypto.randomUUID();
const idOf = ({ name }) => name.split('/').at(-1);

export class World {
  people = {};
  // Muted in every community, and asks for nothing.
  #quiet;
  // By visibility and state: the targets of calls, `of[persona]` with what that persona wrote.
  #places = {};

  static async make() {
    const world = new World();
    for (const persona of PERSONAS) {
      world.people[persona] = await Person.join(
          { domain: persona.startsWith('external') ? CUSTOMERS : undefined });
      // The first call makes the member.
      await world.people[persona].directory.getMember({ name: 'members/me' });
    }
    world.people[ADMINISTRATOR] = await Person.administrator();
    await world.people[ADMINISTRATOR].directory.getMember({ name: 'members/me' });
    const founder = await Person.join();
    world.#quiet = await Person.join();
    await world.#quiet.directory.getMember({ name: 'members/me' });
    for (const visibility of VISIBILITIES) {
      world.#places[visibility] = {};
      for (const state of STATES) {
        world.#places[visibility][state] =
            await world.#place(founder, Visibility[visibility], state);
      }
    }
    return world;
  }

  // What a persona's calls are about: by somebody else, or by itself.
  target(visibility, state, persona, { own = false } = {}) {
    const { everyone, employees } = this.#places[visibility][state];
    if (persona === 'external, not admitted') return employees;
    if (own) return everyone[persona];
    return everyone[persona === 'owner' ? 'member' : 'owner'];
  }

  // The founder owns all of it and asks for nothing, so that everybody who does can be muted.
  async #place(founder, visibility, state) {
    const { OPEN } = Visibility;
    const found = (parent, more) => founder.found(
        { visibility: OPEN, admits: Admits.EVERYONE, parent: parent?.name, ...more });
    const top = await found();
    const above = await found(top);
    const community = await found(above);
    await this.#belong(founder, above, 'owner above', Role.OWNER);
    for (const persona of INSIDE) {
      await this.#belong(founder, community, persona, Role[persona.toUpperCase()]);
    }
    // Whoever belongs stays when it is closed; none is wider than the one above.
    for (const { name } of [community, above, top]) {
      await founder.directory.updateCommunity({ community: { name, visibility },
        updateMask: { paths: ['visibility'] }, requestId: requestId() });
    }
    await this.#treat(founder, community, visibility);
    const employees = await found(top, { visibility, admits: Admits.EMPLOYEES });
    const kept = { ban: `${community.name}/bans/${idOf(this.people.banned)}`,
      mute: `${community.name}/mutes/${idOf(this.#quiet)}` };
    const places = {
      everyone: Object.fromEntries(await Promise.all(INSIDE.map(async (persona) =>
        [persona, { ...kept, ...await content(community, this.people[persona]) }]))),
      // Nobody is banned or muted there; who is asked about it is told nothing of it, either.
      employees: { ban: `${employees.name}/bans/${idOf(this.people.banned)}`,
        mute: `${employees.name}/mutes/${idOf(this.#quiet)}`, ...await content(employees, founder) },
    };
    await this.#rest(founder, top, state);
    return places;
  }

  async #belong(founder, community, persona, role) {
    await this.people[persona].join(community);
    await founder.give(community, this.people[persona], role);
  }

  // Of those outside, one is on the way in and one is kept out.
  async #treat(founder, community, visibility) {
    const { pending, banned } = this.people;
    if (visibility === Visibility.CLOSED) await pending.askToJoin(community);
    else await founder.invite(community, pending);
    await founder.bans.createBan({ parent: community.name, ban: { member: banned.name },
      requestId: requestId() });
    await founder.mutes.createMute({ parent: community.name, mute: { member: this.#quiet.name },
      requestId: requestId() });
  }

  // What holds above holds for all below.
  async #rest(founder, top, state) {
    if (state === 'archived') {
      await founder.communityArchive.archiveCommunity({ name: top.name, requestId: requestId() });
    }
    if (state !== 'muted') return;
    for (const { name } of Object.values(this.people)) {
      await founder.mutes.createMute(
          { parent: top.name, mute: { member: name }, requestId: requestId() });
    }
  }
}

// Things in a community, to which the author belongs.
export async function content(community, author) {
  const topic = await author.open(community);
  const post = await author.post(topic, 'Second');
  const poll = await author.openPoll(community);
  const membership = `${community.name}/memberships/${idOf(author)}`;
  return { community: community.name, membership, topic: topic.name, post: post.name,
    poll: poll.name };
}

// What somebody has for itself: a draft, and a session and an access token that have ended.
export async function keepsakes(person) {
  await person.drafts.updateDraft({ draft: DRAFT });
  const { session } = await person.signIn();
  await person.identity.revokeSession({ name: session.name });
  const { accessToken } = await person.makeToken();
  await person.accessTokens.revokeAccessToken({ name: accessToken.name });
  return { self: person.name, session: session.name, accessToken: accessToken.name };
}
