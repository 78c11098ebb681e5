// Two worlds, written in: whoever is outside does the same in both, is allowed it, and every answer
// is the same but for ids and times.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { create, toJson } from '@bufbuild/protobuf';
import { directory, discussions } from '../journeys/contracts.mjs';
import { CUSTOMERS, Person } from '../journeys/people.mjs';
import { leaveRoom } from '../journeys/rates.mjs';
import { pathOf, sendJson } from '../journeys/wire.mjs';
import { DEEDS, stage } from './deeds.mjs';
import { METHODS, methodsOf } from './methods.mjs';
import { newMark, plant } from './private_words.mjs';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
// As it is told, and in etags of drafts.
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z|v\d{16}/g;
// Passing: the same call is answered otherwise a moment later.
const PASSING = /"(BUSY|RATE_LIMITED|DEADLINE_PASSED)"/;
// A deed of administrators alone, about somebody's profile.
const ADMINISTERS = 'MemberModerationService.ModerateMember';

const mark = newMark();
// What each outsider was answered, deed by deed: in the world without, in the world with.
const told = { employee: [], customer: [], administrator: [] };

// The same for what differs only in which ids were given out, in their order, and when.
class Plain {
  #ids = new Map();

  of(text) {
    return text.replaceAll(TIME, 'then').replaceAll(UUID, (id) => {
      if (!this.#ids.has(id)) this.#ids.set(id, `id ${this.#ids.size}`);
      return this.#ids.get(id);
    });
  }
}

async function ask(person, name, request) {
  const { service, method } = METHODS.find((each) => each.name === name);
  const takesId = method.input.fields.some((field) => field.name === 'request_id');
  const message = toJson(method.input, create(method.input,
      { ...request, ...(takesId && { requestId: crypto.randomUUID() }) }));
  for (;;) {
    const { status, body, headers } = await sendJson({ path: pathOf(service, method.name), message,
      secret: person.secret, headers: { 'cache-control': 'no-cache' } });
    await leaveRoom(headers['ratelimit-remaining']);
    if (status === 200 || !PASSING.test(body)) return { status, text: `${body}` };
  }
}

// Everything, in its order; what a deed made is known to those after it.
async function playOut(person, it) {
  const plain = new Plain();
  const answers = [];
  for (const [name, request, key] of DEEDS) {
    const { status, text } = await ask(person, name, request(it));
    if (key && status === 200) it[key] = JSON.parse(text).name;
    answers.push(`${status} ${plain.of(text)}`);
  }
  return answers;
}

// Everybody who does it is new, so that nothing is of an earlier time but who is named.
async function playAll(host, people) {
  const outsiders = { employee: await meet(), customer: await meet({ domain: CUSTOMERS }),
    administrator: await Person.administrator() };
  for (const [who, person] of Object.entries(outsiders)) {
    const it = { ...await stage(host, person, people), word: (what) => `${mark} of ${what}`,
      // What is not made, because it is refused, is nowhere.
      below: 'communities/none', split: 'topics/none', topic: 'topics/none', poll: 'topics/none',
      post: 'topics/none/posts/none', second: 'topics/none/posts/none' };
    told[who].push(await playOut(person, it));
  }
}

// The first call makes the member.
async function meet(options) {
  const person = await Person.join(options);
  await person.directory.getMember({ name: 'members/me' });
  return person;
}

export function declareWrittenWorlds() {
  before(async () => {
    const people = { mate: await meet(), other: await meet(), insider: await meet() };
    const [host, founder] = [await meet(), await meet()];
    await playAll(host, people);
    const [guest, troubled, asking] = [await meet(), await meet(), await meet()];
    const closed = await founder.found({ visibility: directory.Visibility.CLOSED });
    await founder.invite(closed, troubled);
    const { invitations: [{ invitation }] } = await troubled.invitations.listMyInvitations({});
    await troubled.invitations.acceptInvitation(
        { name: invitation.name, requestId: crypto.randomUUID() });
    await plant({ founder, insider: people.insider, guest, troubled, asking, closed }, mark);
    await playAll(host, people);
  });

  test('every write to communities and what is in them is done', () => {
    const writes = [directory, discussions].flatMap(methodsOf).filter(({ method }) =>
      method.input.fields.some((field) => field.name === 'request_id'));
    const done = new Set([ADMINISTERS, ...DEEDS.map(([name]) => name)]);
    assert.deepEqual(writes.map(({ name }) => name).filter((name) => !done.has(name)), []);
  });

  test('an employee may do all of it', () => {
    const [without] = told.employee;
    const refused = DEEDS.map(([name], index) => `${name}: ${without[index]}`)
        .filter((_, index) => !without[index].startsWith('200 '));
    assert.deepEqual(refused, []);
  });

  for (const [index, [name]] of DEEDS.entries()) {
    test(`${name} tells no outsider which world it is (${index})`, () => {
      for (const [who, [without, within]] of Object.entries(told)) {
        assert.equal(within[index], without[index], who);
      }
    });
  }
}
