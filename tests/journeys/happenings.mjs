// What people do at random, and what goes wrong meanwhile, from a seed that replays it.
import { ConnectError } from '@connectrpc/connect';
import { isReason, REASONS } from '@guildhall/client';
import { directory } from './contracts.mjs';
import { insist } from './insist.mjs';

const { Admits, CommunityKind, Role, Visibility } = directory;

// Words that the rules have for "not you" and "not now"; others are failures of the journey.
const EXPECTED = [...Object.keys(REASONS['guildhall.directory.v1']),
  ...Object.keys(REASONS['guildhall.discussions.v1']), 'NOT_FOUND', 'NOT_PERMITTED', 'ETAG_STALE'];

/** Several people, what they have made, and what they do next. */
export class Town {
  communities = [];
  topics = [];
  posts = [];
  #count = 0;
  #makers = new Map();

  constructor(chance, people) {
    this.chance = chance;
    this.people = people;
  }

  /** Some things that people do at the same time, through either gateway: what became of each. */
  async step(together) {
    const doing = Array.from({ length: together }, () => this.#begin());
    const done = await Promise.all(doing);
    // In the order of their choice, however they came out.
    for (const { person, list, made } of done) {
      if (!made) continue;
      list.push(made);
      this.#makers.set(made, person);
    }
    return done.map(({ outcome }) => outcome);
  }

  async #begin() {
    const [act, kind] = this.chance.pick(ACTS);
    const list = kind && this[kind];
    const person = this.chance.pick(this.people);
    // Drawn once: a repeat is the same request.
    const call = act(person.at[this.chance.below(2)], this, person);
    if (!call) return { outcome: `nothing to ${act.name}` };
    try {
      const answer = await insist(call);
      return { outcome: act.name, person, list, made: list && answer.name };
    } catch (error) {
      if (!(error instanceof ConnectError) || !isReason(error, ...EXPECTED)) throw error;
      return { outcome: `${act.name}: refused` };
    }
  }

  text() {
    return `${this.chance.pick(['a', 'b', 'c'])} ${++this.#count}`;
  }

  /** The communities that somebody has founded. */
  foundedBy(person) {
    return this.communities.filter((name) => this.#makers.get(name) === person);
  }

  /** One of what there is; undefined if there is nothing. */
  any(list) {
    return list.length > 0 ? this.chance.pick(list) : undefined;
  }
}

const MOST_COMMUNITIES = 6;
const WIDTHS = [Visibility.OPEN, Visibility.CLOSED, Visibility.SECRET].flatMap((visibility) =>
  [Admits.EMPLOYEES, Admits.EVERYONE].map((admits) => ({ visibility, admits })));

function found({ directory: calls }, town, person) {
  if (town.communities.length >= MOST_COMMUNITIES) return undefined;
  const width = town.chance.pick(WIDTHS);
  // Mostly below another of the founder's: whoever owns that one has rights in this one.
  const parent = town.chance.below(4) > 0 ? town.any(town.foundedBy(person)) : undefined;
  return (requestId) => calls.createCommunity({ community: { displayName: `Town ${requestId}`,
    kind: CommunityKind.INTEREST, parent, ...width }, requestId });
}

function change(calls, town, fields) {
  const name = town.any(town.communities);
  return name && ((requestId) => calls.updateCommunity({ community: { name, ...fields },
    updateMask: { paths: Object.keys(fields) }, requestId }));
}

const widen = ({ directory: calls }, town) => change(calls, town, town.chance.pick(WIDTHS));
const describe = ({ directory: calls }, town) =>
  change(calls, town, { description: town.text() });

function join({ memberships: calls }, town) {
  const name = town.any(town.communities);
  return name && ((requestId) => calls.joinCommunity({ name, requestId }));
}

function leave({ memberships: calls }, town) {
  const name = town.any(town.communities);
  return name && ((requestId) => calls.leaveCommunity({ name, requestId }));
}

const somebodyIn = (town) => [town.any(town.communities),
  town.chance.pick(town.people).name.split('/').at(-1)];

function remove({ memberships: calls }, town) {
  const [name, id] = somebodyIn(town);
  return name && ((requestId) => calls.deleteMembership(
      { name: `${name}/memberships/${id}`, requestId }));
}

function give({ memberships: calls }, town) {
  const [name, id] = somebodyIn(town);
  const role = town.chance.pick([Role.MEMBER, Role.MODERATOR, Role.OWNER]);
  return name && ((requestId) => calls.updateMembership({
    membership: { name: `${name}/memberships/${id}`, role }, updateMask: { paths: ['role'] },
    requestId }));
}

function ban({ bans: calls }, town) {
  const [parent, id] = somebodyIn(town);
  return parent && ((requestId) => calls.createBan(
      { parent, ban: { member: `members/${id}` }, requestId }));
}

function lift({ bans: calls }, town) {
  const [parent, id] = somebodyIn(town);
  return parent && ((requestId) => calls.deleteBan({ name: `${parent}/bans/${id}`, requestId }));
}

function open({ discussions: calls }, town) {
  const parent = town.any(town.communities);
  const [title, markdown] = [town.text(), town.text()];
  return parent && ((requestId) =>
    calls.createTopic({ parent, topic: { title }, markdown, requestId }));
}

function post({ discussions: calls }, town) {
  const parent = town.any(town.topics.slice(-8));
  const markdown = town.text();
  return parent && ((requestId) =>
    calls.createPost({ parent, post: { markdown }, requestId }));
}

function retitle({ discussions: calls }, town) {
  const name = town.any(town.topics);
  const title = town.text();
  return name && ((requestId) => calls.updateTopic({ topic: { name, title },
    updateMask: { paths: ['title'] }, requestId }));
}

function edit({ discussions: calls }, town) {
  const name = town.any(town.posts);
  const markdown = town.text();
  return name && ((requestId) => calls.updatePost({ post: { name, markdown },
    updateMask: { paths: ['markdown'] }, requestId }));
}

function erase({ discussions: calls }, town) {
  const name = town.any(town.posts);
  return name && ((requestId) => calls.deletePost({ name, requestId }));
}

function close({ discussions: calls }, town) {
  const name = town.any(town.topics);
  return name && ((requestId) => calls.deleteTopic({ name, requestId }));
}

function answer({ discussions: calls }, town) {
  const parent = town.any(town.topics.slice(-8));
  const markdown = town.text();
  return parent && ((requestId) =>
    calls.createPost({ parent, post: { markdown, replyToNumber: 1 }, requestId }));
}

function react({ reactions: calls }, town) {
  const parent = town.any(town.posts);
  const kind = 1 + town.chance.below(2);
  return parent && ((requestId) =>
    calls.createReaction({ parent, reaction: { kind }, requestId }));
}

function unreact({ reactions: calls }, town) {
  const parent = town.any(town.posts);
  const kind = 1 + town.chance.below(2);
  return parent && ((requestId) => calls.deleteReaction({ parent, kind, requestId }));
}

// Of the next eight most are refused, unless the founder of the community does them.
function pin({ moderation: calls }, town) {
  const topic = { name: town.any(town.topics), pinned: town.chance.below(2) === 0,
    closed: town.chance.below(3) === 0 };
  return topic.name && ((requestId) => calls.moderateTopic({ topic,
    updateMask: { paths: ['pinned', 'closed'] }, requestId }));
}

function move({ moderation: calls }, town) {
  const [name, destination] = [town.any(town.topics), town.any(town.communities)];
  const reason = 'Not here.';
  return name && ((requestId) => calls.moveTopic({ name, destination, reason, requestId }));
}

function strike({ moderation: calls }, town) {
  const name = town.any(town.posts);
  return name && ((requestId) => calls.removePost({ name, reason: 'Not here.', requestId }));
}

function mend({ moderation: calls }, town) {
  const name = town.any(town.posts);
  const [markdown, forgetRevisions] = [town.text(), town.chance.below(2) === 0];
  return name && ((requestId) => calls.moderatePost({ post: { name, markdown },
    updateMask: { paths: ['markdown'] }, reason: 'Not so.', forgetRevisions, requestId }));
}

function forget({ moderation: calls }, town) {
  const name = town.any(town.posts);
  return name && ((requestId) => calls.forgetRevisions({ name, reason: 'Not so.', requestId }));
}

function clear({ moderation: calls }, town) {
  const name = town.any(town.topics);
  return name && ((requestId) => calls.removeTopic({ name, reason: 'Not here.', requestId }));
}

// Mostly it was never removed, which is refused.
function restorePost({ moderation: calls }, town) {
  const name = town.any(town.posts);
  return name && ((requestId) => calls.restorePost({ name, requestId }));
}

function restoreTopic({ moderation: calls }, town) {
  const name = town.any(town.topics);
  return name && ((requestId) => calls.restoreTopic({ name, requestId }));
}

// Each as often as its weight, and where its result goes. Many are refused: they name what is
// another's.
const ACTS = [[2, found, 'communities'], [2, widen], [1, describe], [5, join], [2, leave],
  [2, remove], [3, give], [3, ban], [4, lift], [5, open, 'topics'], [8, post, 'posts'],
  [2, retitle], [6, edit], [3, erase], [3, close],
  [3, pin], [6, move], [3, mend], [2, forget], [3, strike], [2, clear], [4, restorePost], [4, restoreTopic],
  [4, answer, 'posts'], [5, react], [2, unreact]]
    .flatMap(([weight, ...act]) => Array.from({ length: weight }, () => act));
