// What people read in the hall, and whether it may be what they read.
import assert from 'node:assert/strict';
import { directory, discussions } from './contracts.mjs';
import { GONE, timed } from './ledger.mjs';
import { described } from './refusals.mjs';

const { TopicOrder } = discussions;
const { OPEN, SECRET } = directory.Visibility;
// No reply lacks what was acknowledged so long before it was asked for.
const OLDEST_MS = 1000;
// So long the gateway has nothing answered from what is kept (services/gateway/domain).
const FRESH_MS = 1000;
// Who may see more than before is let in at once, or when what was known has expired (libs/feeds).
const LEASE_MS = 2000;
// What a loaded machine adds to that.
const SLACK_MS = 1500;
// Of the topics that were opened and deleted, so many are still asked for.
const LATEST = 24;

// A call with its times and its answer, or the reason of its refusal. `since` is when another call
// was sent after which the gateway answers this caller with what is true now.
async function ask(hall, { since }, call) {
  const { answer: [answer, reason], ...times } = await timed(() => call().then(
      (given) => [given, undefined],
      (error) => [undefined, described(error).reason ?? String(error)]));
  const fresh = times.ended - since < FRESH_MS;
  if (fresh) ++hall.fresh;
  return { answer, reason, ...times, fresh, oldestMs: fresh ? 0 : OLDEST_MS };
}

// Fails if a reading may not show a value that fits.
function hold(hall, cell, fits, reading, what) {
  const age = cell.age(fits, reading, reading.oldestMs);
  assert.ok(age !== undefined,
      `${what}${reading.fresh ? ' to whom it must be new' : ''}, where there was (sent..acknowledged before the call): ${cell.told(reading.began)}`);
  hall.oldestMs = Math.max(hall.oldestMs, age);
}

function holdText(hall, cell, value, reading, what) {
  hold(hall, cell, (stood) => stood === value, reading, `${what} showed ${JSON.stringify(value)}`);
}

// Whether the caller was let in, which is decided at once and not a second later. `opens` tells of a
// visibility whether it lets the caller in; `gone` is the cell of what may have been deleted.
function letIn(hall, { reader }, { community, opens, gone }, reading, what) {
  const stranger = reader === hall.customer && community !== hall.square;
  const bound = community === hall.veiled && !hall.insiders.includes(reader);
  if (reading.reason === undefined) {
    assert.ok(!stranger, `${what} was answered to a stranger`);
    if (bound) {
      assert.notEqual(community.visibility.age(opens, reading, 0), undefined,
          `${what} was answered: ${community.visibility.told(reading.began)}`);
    }
    return true;
  }
  assert.ok(['NOT_FOUND', 'NOT_PERMITTED'].includes(reading.reason), `${what}: ${reading.reason}`);
  const shut = bound && community.visibility.age((stood) => !opens(stood), reading,
      LEASE_MS + SLACK_MS) !== undefined;
  if (stranger || shut) return false;
  assert.ok(gone, `${what} was refused: ${reading.reason}`);
  holdText(hall, gone, GONE, reading, `${what}, refused,`);
  return false;
}

const reads = (visibility) => visibility === OPEN;
const knows = (visibility) => visibility !== SECRET;
const inTopic = ({ community }, gone) => ({ community, opens: reads, gone });

function holdTopic(hall, topic, found, reading, what) {
  holdText(hall, topic.title, found ? found.title : GONE, reading, `${what}: the title`);
  holdText(hall, topic.last, found ? found.lastPostNumber : GONE, reading, `${what}: the number`);
}

function holdPost(hall, { markdown: cell }, found, reading, what) {
  holdText(hall, cell, found && !found.deleteTime ? found.markdown : GONE, reading, what);
}

async function getTopic(hall, by) {
  const topic = by.chance.pick(hall.topics.slice(-LATEST));
  const reading = await ask(hall, by, () => by.clients.discussions.getTopic({ name: topic.name }));
  if (!letIn(hall, by, inTopic(topic, topic.title), reading, 'GetTopic')) return;
  holdTopic(hall, topic, reading.answer, reading, 'GetTopic');
}

async function listTopics(hall, by) {
  const community = by.chance.pick(hall.communities);
  const order = by.chance.pick([TopicOrder.LATEST, TopicOrder.SCORE]);
  const reading = await ask(hall, by, () => by.clients.discussions.listTopics({
    parent: community.name, order, pageSize: 50 }));
  if (!letIn(hall, by, { community, opens: reads }, reading, 'ListTopics')) return;
  const found = new Map(reading.answer.topics.map((topic) => [topic.name, topic]));
  for (const topic of hall.topics.filter((one) => one.community === community)) {
    holdTopic(hall, topic, found.get(topic.name), reading, 'ListTopics');
  }
}

async function listPosts(hall, by) {
  const topic = by.chance.pick(hall.topics.slice(-LATEST));
  const reading = await ask(hall, by, () => by.clients.discussions.listPosts({ parent: topic.name,
    pageSize: 50 }));
  if (!letIn(hall, by, inTopic(topic, topic.title), reading, 'ListPosts')) return;
  hold(hall, topic.title, (title) => title !== GONE, reading, 'ListPosts was answered');
  const found = new Map(reading.answer.posts.map((post) => [post.name, post]));
  for (const post of topic.posts) {
    holdPost(hall, post, found.get(post.name), reading, 'ListPosts');
  }
}

async function getPost(hall, by) {
  const topics = hall.topics.slice(-LATEST).filter(({ posts }) => posts.length > 0);
  if (topics.length === 0) return;
  const topic = by.chance.pick(topics);
  const post = by.chance.pick(topic.posts);
  const reading = await ask(hall, by, () => by.clients.discussions.getPost({ name: post.name }));
  if (!letIn(hall, by, inTopic(topic, post.markdown), reading, 'GetPost')) return;
  holdPost(hall, post, reading.answer, reading, 'GetPost');
}

async function getCommunity(hall, by) {
  const community = by.chance.pick(hall.communities);
  const reading = await ask(hall, by,
      () => by.clients.directory.getCommunity({ name: community.name }));
  if (!letIn(hall, by, { community, opens: knows }, reading, 'GetCommunity')) return;
  const { answer } = reading;
  holdText(hall, community.displayName, answer.displayName, reading, 'GetCommunity: the name');
  holdText(hall, community.description, answer.description, reading, 'GetCommunity: the text');
  holdText(hall, community.count, answer.memberCount, reading, 'GetCommunity: the count');
  holdText(hall, community.visibility, answer.visibility, reading, 'GetCommunity: the visibility');
}

function holdMember(hall, { reader }, member, found, reading, what) {
  if (reader === hall.customer) {
    // They share nothing but that anybody may be there: the name is all there is to see.
    assert.equal(found.headline, '', `${what} showed a customer a headline`);
  } else {
    assert.equal(found.headline, 'Tunes forks', what);
  }
  holdText(hall, member.displayName, found.displayName, reading, what);
}

async function getMember(hall, by) {
  const member = by.chance.pick(hall.members);
  const reading = await ask(hall, by, () => by.clients.directory.getMember({ name: member.name }));
  assert.equal(reading.reason, undefined, 'GetMember');
  holdMember(hall, by, member, reading.answer, reading, 'GetMember');
}

async function batchGetMembers(hall, by) {
  const reading = await ask(hall, by, () => by.clients.directory.batchGetMembers({
    names: [...hall.members, hall.elder].map(({ name }) => name) }));
  assert.equal(reading.reason, undefined, 'BatchGetMembers');
  const found = new Map(reading.answer.members.map((member) => [member.name, member]));
  for (const member of hall.members) {
    holdMember(hall, by, member, found.get(member.name), reading, 'BatchGetMembers');
  }
  assert.equal(found.has(hall.elder.name), by.reader !== hall.customer,
      'BatchGetMembers showed a customer a stranger, or an employee none');
}

// The one above is in the reply of those who see it.
async function getBelow(hall, by) {
  const reading = await ask(hall, by,
      () => by.clients.directory.getCommunity({ name: hall.below.name }));
  if (by.reader === hall.elder) {
    assert.equal(reading.answer?.parent, hall.above.name, 'GetCommunity: the one above');
  } else if (by.reader === hall.insider) {
    assert.equal(reading.answer?.parent, '', 'GetCommunity showed the one above');
  } else {
    assert.equal(reading.reason, 'NOT_FOUND', 'GetCommunity answered what is SECRET');
  }
}

const READINGS = [getTopic, getTopic, listTopics, listTopics, listPosts, listPosts, getPost, getPost,
  getCommunity, getCommunity, getBelow, getMember, batchGetMembers];

async function read(hall, by, reading) {
  await reading(hall, by);
  ++hall.replies;
}

// Somebody reads something and holds it against what was written; fails if it may not be.
export const readingOf = (hall, by) => read(hall, by, by.chance.pick(READINGS));

// Everything at once, as a page does that opens.
export const snapshotOf = (hall, by) =>
  Promise.all(READINGS.map((reading) => read(hall, by, reading)));
