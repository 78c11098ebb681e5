// What people write in the hall, one at a time to each thing, with when it was acknowledged.
import { directory } from './contracts.mjs';
import { insist } from './insist.mjs';
import { Cell, change, GONE } from './ledger.mjs';

const { Visibility } = directory;
const MOST_TOPICS = 8;
const FEWEST_TOPICS = 3;
const MOST_POSTS = 12;

// Fields of a community whose names in masks are others.
const PATHS = { displayName: 'display_name' };

let count = 0;
const text = () => `verse ${++count}`;

const stands = (topic) => topic.title.value !== GONE;

// Does something to one of `things` that nobody is at, if there is one.
async function write(hall, things, chance, deed) {
  const free = things.filter((thing) => !thing.busy);
  if (free.length === 0) return false;
  const thing = chance.pick(free);
  thing.busy = true;
  try {
    await deed(thing);
    ++hall.writes;
    return true;
  } finally {
    thing.busy = false;
  }
}

async function open(hall, { owner, calls, chance }) {
  const { communities, topics } = hall;
  const room = communities.filter((community) =>
    topics.filter((topic) => topic.community === community && stands(topic)).length < MOST_TOPICS);
  return write(hall, room, chance, async (community) => {
    const topic = { community, owner, title: new Cell(GONE), last: new Cell(GONE), posts: [] };
    const title = text();
    const made = await change([[topic.title, title], [topic.last, 1]], () => insist((requestId) =>
      calls.discussions.createTopic({ parent: community.name, topic: { title }, markdown: text(),
        requestId })));
    topics.push({ ...topic, name: made.name });
  });
}

function ofTopics(hall, { owner, chance }, deed, fits = () => true) {
  return write(hall, hall.topics.filter((topic) =>
    topic.owner === owner && stands(topic) && fits(topic)), chance, deed);
}

const retitle = (hall, by) => ofTopics(hall, by, (topic) => {
  const title = text();
  return change([[topic.title, title]], () => insist((requestId) =>
    by.calls.discussions.updateTopic({ topic: { name: topic.name, title },
      updateMask: { paths: ['title'] }, requestId })));
});

const remove = (hall, by) => ofTopics(hall, by, (topic) => {
  const posts = topic.posts.map((post) => [post.markdown, GONE]);
  return change([[topic.title, GONE], [topic.last, GONE], ...posts], () => insist((requestId) =>
    by.calls.discussions.deleteTopic({ name: topic.name, requestId })));
}, ({ community }) => hall.topics.filter((topic) =>
  topic.community === community && stands(topic)).length > FEWEST_TOPICS);

const post = (hall, by) => ofTopics(hall, by, async (topic) => {
  const markdown = text();
  const cell = new Cell(GONE);
  const made = await change([[cell, markdown], [topic.last, topic.last.value + 1]], () =>
    insist((requestId) => by.calls.discussions.createPost({ parent: topic.name,
      post: { markdown }, requestId })));
  topic.posts.push({ name: made.name, markdown: cell });
}, ({ posts }) => posts.length < MOST_POSTS);

const ofPosts = (hall, by, deed) => ofTopics(hall, by, (topic) =>
  deed(by.chance.pick(topic.posts.filter(({ markdown }) => markdown.value !== GONE))),
({ posts }) => posts.some(({ markdown }) => markdown.value !== GONE));

const edit = (hall, by) => ofPosts(hall, by, ({ name, markdown: cell }) => {
  const markdown = text();
  return change([[cell, markdown]], () => insist((requestId) =>
    by.calls.discussions.updatePost({ post: { name, markdown }, updateMask: { paths: ['markdown'] },
      requestId })));
});

const erase = (hall, by) => ofPosts(hall, by, ({ name, markdown }) =>
  change([[markdown, GONE]], () => insist((requestId) =>
    by.calls.discussions.deletePost({ name, requestId }))));

const settle = (field, value) => (hall, by) =>
  write(hall, hall.communities.filter((community) => community.owner === by.owner
    && (field !== 'visibility' || community === hall.veiled)), by.chance, (community) => {
    const next = value(by.chance);
    return change([[community[field], next]], () => insist((requestId) =>
      by.calls.directory.updateCommunity({ community: { name: community.name, [field]: next },
        updateMask: { paths: [PATHS[field] ?? field] }, requestId })));
  });

const rename = (hall, by) => write(hall, hall.members.filter(({ owner }) => owner === by.owner),
  by.chance, ({ name, displayName: cell }) => {
    const displayName = text();
    return change([[cell, displayName]], () => insist((requestId) =>
      by.calls.directory.updateMember({ member: { name, displayName },
        updateMask: { paths: ['display_name'] }, requestId })));
  });

// In and out of a community, time after time.
const walk = (hall, by) => write(hall, [hall.shop], by.chance, async (community) => {
  const step = community.entered ? -1 : 1;
  const method = community.entered ? 'leaveCommunity' : 'joinCommunity';
  await change([[community.count, community.count.value + step]], () => insist((requestId) =>
    by.calls.memberships[method]({ name: community.name, requestId })));
  community.entered = !community.entered;
});

// Each as often as its weight.
const DEEDS = [[4, open], [4, retitle], [2, remove], [8, post], [6, edit], [3, erase],
  [2, settle('description', text)], [2, settle('displayName', () => `Hall ${text()} ${Date.now()}`)],
  [4, settle('visibility', (chance) => chance.pick([Visibility.OPEN, Visibility.OPEN,
    Visibility.CLOSED, Visibility.SECRET]))],
  [3, rename]].flatMap(([weight, deed]) => Array.from({ length: weight }, () => deed));

// Something that somebody does through a gateway; whether there was something to do.
export async function deedOf(hall, { owner, calls, chance }) {
  const by = { owner, calls, chance };
  return owner === hall.walker ? walk(hall, by) : chance.pick(DEEDS)(hall, by);
}
