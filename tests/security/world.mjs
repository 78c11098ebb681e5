// Everybody who may stand to a community in some way, and a community of each visibility.
import { directory } from '../journeys/contracts.mjs';
import { CUSTOMERS, Person } from '../journeys/people.mjs';

const { Admits, Role, Visibility } = directory;
const INSIDE = ['member', 'moderator', 'owner'];

// Columns of the table; nobody who signs in is without a member.
export const PERSONAS = ['external, not admitted', 'external, admitted', 'employee', 'pending',
  'owner above', ...INSIDE, 'banned'];
// Not a standing in a community: there an administrator of the organization is an employee.
export const ADMINISTRATOR = 'administrator';

export class World {
  people = {};
  // By visibility: the targets of calls, `of(persona)` with what that persona wrote itself.
  places = {};

  static async make() {
    const world = new World();
    for (const persona of PERSONAS) {
      world.people[persona] = await Person.join(
          { domain: persona.startsWith('external') ? CUSTOMERS : undefined });
      // The first call makes the member.
      await world.people[persona].directory.getMember({ name: 'members/me' });
    }
    world.people[ADMINISTRATOR] = await Person.administrator();
    for (const visibility of ['OPEN', 'CLOSED', 'SECRET']) {
      world.places[visibility] = await world.#place(Visibility[visibility]);
    }
    return world;
  }

  // What a persona's calls are about: by somebody else, or by itself.
  target(visibility, persona, { own = false } = {}) {
    const { everyone, employees } = this.places[visibility];
    if (persona === 'external, not admitted') return employees.of.founder;
    if (own) return everyone.of[persona];
    return everyone.of[persona === 'owner' ? 'member' : 'owner'];
  }

  async #place(visibility) {
    const above = this.people['owner above'];
    const { OPEN } = Visibility;
    const parent = await above.found({ visibility: OPEN, admits: Admits.EVERYONE });
    const everyone = await above.found(
        { visibility: OPEN, admits: Admits.EVERYONE, parent: parent.name });
    for (const persona of INSIDE) {
      await this.people[persona].join(everyone);
      await above.give(everyone, this.people[persona], Role[persona.toUpperCase()]);
    }
    // Whoever belongs stays when it is closed.
    for (const { name } of [everyone, parent]) {
      await above.directory.updateCommunity({ community: { name, visibility },
        updateMask: { paths: ['visibility'] }, requestId: crypto.randomUUID() });
    }
    if (visibility === Visibility.CLOSED) await this.people.pending.askToJoin(everyone);
    else await above.invite(everyone, this.people.pending);
    await above.memberships.leaveCommunity(
        { name: everyone.name, requestId: crypto.randomUUID() });
    await above.bans.createBan({ parent: everyone.name,
      ban: { member: this.people.banned.name }, requestId: crypto.randomUUID() });
    const employees = await above.found({ visibility, admits: Admits.EMPLOYEES });
    return {
      everyone: { of: Object.fromEntries(await Promise.all(INSIDE.map(async (persona) =>
        [persona, await content(everyone, this.people[persona])]))) },
      employees: { of: { founder: await content(employees, above) } },
    };
  }
}

async function content(community, author) {
  const topic = await author.open(community);
  const post = await author.post(topic, 'Second');
  return { community: community.name, topic: topic.name, post: post.name };
}
