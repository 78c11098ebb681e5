// What is there, read through a gateway, held against the ledger and counted anew.
import assert from 'node:assert/strict';
import { createGuildhall, items } from '@guildhall/client';
import { until } from '../journeys/listener.mjs';
import { stack } from '../journeys/stack.mjs';
import { linesOf, markOf } from './ledger.mjs';

// After a hundred thousand writes there is much to tell.
const TOLD_WITHIN_MS = 30_000;

/** What a ledger says: what became of each mark, and the last value of each cell. */
export async function expectedOf(path) {
  const marks = new Map();
  const cells = new Map();
  for await (const { mark, cell, value, state, name } of linesOf(path)) {
    if (mark) marks.set(mark, { acknowledged: state === 'acknowledged', name });
    else if (state === 'acknowledged') cells.set(cell, value);
  }
  return { marks, cells };
}

const listed = async (list, request) => {
  const found = [];
  for await (const each of items(list, { ...request, pageSize: 100 })) found.push(each);
  return found;
};

/** Everything below the communities: each topic with its posts. */
export async function readTopics({ discussions }, communities) {
  const topics = new Map();
  for (const parent of communities) {
    for (const topic of await listed(discussions.listTopics, { parent })) {
      const posts = await listed(discussions.listPosts, { parent: topic.name });
      topics.set(topic.name, { topic, posts });
    }
  }
  return topics;
}

/** Every acknowledged mark is there once, where it was said to be; every other at most once. */
export function assertOnce({ marks }, topics) {
  const there = new Map();
  const add = (mark, name) => there.set(mark, [...there.get(mark) ?? [], name]);
  for (const { topic, posts: [, ...posts] } of topics.values()) {
    add(topic.title, topic.name);
    for (const { markdown, name } of posts) add(markOf(markdown), name);
  }
  const wrong = [...there].filter(([mark, names]) => !marks.has(mark) || names.length > 1);
  for (const [mark, { acknowledged, name }] of marks) {
    const names = there.get(mark) ?? [];
    if (acknowledged && names[0] !== name) wrong.push([mark, names, `acknowledged: ${name}`]);
  }
  assert.deepEqual(wrong, []);
}

/** Every cell has the value that was acknowledged last. */
export async function assertLast({ cells }, topics, { directory, memberships }, halls) {
  const wrong = [];
  const check = (cell, found) => {
    if (found !== cells.get(cell)) wrong.push({ cell, found, acknowledged: cells.get(cell) });
  };
  const texts = new Map();
  for (const { posts } of topics.values()) {
    for (const { name, markdown } of posts) texts.set(name, markdown);
  }
  const inside = new Set();
  for (const parent of halls) {
    const { memberCount } = await directory.getCommunity({ name: parent });
    const members = await listed(memberships.listMemberships, { parent });
    assert.equal(memberCount, members.length, parent);
    for (const { name } of members) inside.add(name);
  }
  for (const cell of cells.keys()) {
    const [kind, ...names] = cell.split(' ');
    if (kind === 'text') check(cell, texts.get(names[0]));
    if (kind === 'headline') check(cell, (await directory.getMember({ name: names[0] })).headline);
    if (kind === 'in') {
      check(cell, inside.has(`${names[1]}/memberships/${names[0].split('/')[1]}`));
    }
  }
  assert.deepEqual(wrong, []);
}

/** Numbers have no gap, and counters are what a count of what they count comes to. */
export function assertCounted({ cells }, topics) {
  const likes = new Map();
  for (const [cell, likesIt] of cells) {
    const [kind, , post] = cell.split(' ');
    if (kind === 'like' && likesIt) likes.set(post, (likes.get(post) ?? 0) + 1);
  }
  const wrong = [];
  for (const { topic: { name, lastPostNumber }, posts } of topics.values()) {
    const replies = Map.groupBy(posts, ({ replyToNumber }) => replyToNumber);
    if (lastPostNumber !== posts.length) wrong.push({ name, lastPostNumber, posts: posts.length });
    for (const [index, post] of posts.entries()) {
      const { number, replyCount, reactionCounts } = post;
      const found = [number, replyCount, reactionCounts[0]?.count ?? 0];
      const counted = [index + 1, replies.get(number)?.length ?? 0, likes.get(post.name) ?? 0];
      if (String(found) !== String(counted)) wrong.push({ name: post.name, found, counted });
    }
  }
  assert.deepEqual(wrong, []);
}

/** Whoever listened all along was told each topic and each post once, posts in order of their numbers. */
export function assertTold({ topics: told, numbers, resets }, topics) {
  assert.equal(resets, 0, 'told to load anew');
  assert.deepEqual(told.toSorted(), [...topics.keys()].toSorted());
  for (const [name, { posts }] of topics) {
    assert.deepEqual(numbers.get(name), posts.map(({ number }) => number), name);
  }
}

/**
 * All of it: what a ledger says against what somebody reads who sees everything, and against what
 * those were told who listened all along. Gives the topics.
 */
export async function reckon(path, reader, { communities, halls }, watchers) {
  const guildhall = createGuildhall({ baseUrl: stack.gateways[0], secret: reader.secret });
  const expected = await expectedOf(path);
  const topics = await readTopics(guildhall, communities);
  assertOnce(expected, topics);
  await assertLast(expected, topics, guildhall, halls);
  assertCounted(expected, topics);
  guildhall.close();
  for (const watcher of watchers) {
    await until(() => watcher.hasHeard(topics), 'hearing of everything', TOLD_WITHIN_MS);
    assertTold(watcher.told, topics);
  }
  return topics;
}
