// Quoting: what a post repeats of another one, at both gateways and in open streams, while what it
// quotes is edited and deleted.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, beforeEach, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { Kind } from '@guildhall/client/contracts/guildhall/change/v1/change_pb';
import { holdStreams, until } from './held_streams.mjs';
import { Person, signedInAt, WAYS } from './people.mjs';
import { assertFieldInvalid, assertRefused, DISCUSSIONS } from './refusals.mjs';

const fresh = { headers: { 'cache-control': 'no-cache' } };

describe('a quote', () => {
  let author;
  let quoter;
  let community;
  let topic;
  let said;

  const quoting = (text, post = said) => ({ parent: topic.name, requestId: randomUUID(),
    post: { markdown: 'Hear, hear.', quotes: [{ post: post.name, text }] } });
  const quote = (text) => quoter.discussions.createPost(quoting(text));
  const edit = (post, markdown) => author.discussions.updatePost({ post: { name: post.name, markdown },
    updateMask: { paths: ['markdown'] }, requestId: randomUUID() });
  const erase = (post) => author.discussions.deletePost(
      { name: post.name, requestId: randomUUID() });
  const textsOf = ({ quotes }) => quotes.map(({ text }) => text);
  // What a post is at each gateway, by itself and in its topic.
  const shown = async ({ name, number }) => (await Promise.all(author.at.map(async (there) => [
    await there.discussions.getPost({ name }, fresh),
    (await there.discussions.listPosts(
        { parent: topic.name, fromNumber: number, pageSize: 1 }, fresh)).posts[0],
  ]))).flat();

  before(async () => {
    [author, quoter] = [await Person.join(), await Person.join()];
    community = await author.found();
    await quoter.join(community);
  });

  beforeEach(async () => {
    topic = await author.open(community);
    said = await author.post(topic, 'Rye needs *more* water');
  });

  for (const way of Object.keys(WAYS)) {
    test(`says what was said, by whom and where (${way})`, async () => {
      const post = await signedInAt(0, quoter.secret, { way }).discussions.createPost(
          quoting(' more \n water'));
      assert.deepEqual(post.quotes.map(({ post, text, author, postNumber }) =>
        [post, text, author, postNumber]), [[said.name, 'more water', author.name, 2]]);
      const theirs = signedInAt(1, author.secret, { way }).discussions;
      assert.deepEqual(await theirs.getPost({ name: post.name }, fresh), post);
    });
  }

  test('puts no words into anybody\'s mouth, nor repeats them from elsewhere', async () => {
    await assertRefused(quote('less water'), Code.InvalidArgument, 'QUOTE_NOT_SAID', DISCUSSIONS);
    const other = await author.post(await author.open(community), 'Rye needs more water');
    await assertFieldInvalid(quoter.discussions.createPost(quoting('more water', other)),
        'post.quotes.post');
  });

  test('stays what was said when its source is edited', async () => {
    const post = await quote('more water');
    await edit(said, 'Rye needs less water');
    for (const each of await shown(post)) assert.deepEqual(textsOf(each), ['more water']);
    await assertRefused(quote('more water'), Code.InvalidArgument, 'QUOTE_NOT_SAID', DISCUSSIONS);
    assert.deepEqual(textsOf(await quote('less water')), ['less water']);
  });

  test('goes with its source, from every reply and from what is kept', async () => {
    const post = await quote('more water');
    for (const each of await shown(post)) assert.deepEqual(textsOf(each), ['more water']);
    await erase(said);
    for (const each of await shown(post)) {
      assert.deepEqual([textsOf(each), each.markdown], [[], 'Hear, hear.']);
    }
  });

  test('is told to streams, and so is that it has gone', async (t) => {
    const streams = await holdStreams(author, community);
    t.after(() => streams.forEach((stream) => stream.close()));
    const post = await quote('more water');
    const toldOf = ({ told }) => told.map(({ value }) => value).filter(({ name }) =>
      name === post.name);
    await until(() => streams.every((stream) => toldOf(stream).length > 0), 'telling a quote');
    for (const stream of streams) {
      assert.deepEqual(textsOf(toldOf(stream)[0].resource.value), ['more water']);
    }
    await erase(said);
    await until(() => streams.every((stream) => toldOf(stream).length > 1), 'telling that it went');
    for (const stream of streams) {
      const [, { kind, resource: { value } }] = toldOf(stream);
      assert.equal(kind, Kind.POST_COUNTED);
      assert.deepEqual([textsOf(value), value.number], [[], post.number]);
    }
  });

  test('gets its first answer when it is sent again, though its source has gone', async () => {
    const request = quoting('more water');
    const first = await quoter.discussions.createPost(request);
    await erase(said);
    assert.deepEqual(await quoter.at[1].discussions.createPost(request), first);
    for (const each of await shown(first)) assert.deepEqual(textsOf(each), []);
  });
});
