// Lists are read to their end, a page at a time.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import { items, pages } from '@guildhall/client';
import { ListTopicsResponseSchema }
  from '@guildhall/client/contracts/guildhall/discussions/v1/discussions_service_pb';

// Seven topics in pages of three, and what was asked.
function listing() {
  const asked = [];
  const list = async (request, options) => {
    asked.push({ ...request, options });
    const from = Number(request.pageToken || 0);
    const topics = [1, 2, 3, 4, 5, 6, 7].slice(from, from + 3)
        .map((number) => ({ name: `topics/${number}` }));
    return create(ListTopicsResponseSchema,
        { topics, nextPageToken: from + 3 < 7 ? String(from + 3) : '' });
  };
  return { list, asked };
}

describe('a list', () => {
  test('is read over all its pages', async () => {
    const { list, asked } = listing();
    const names = [];
    for await (const topic of items(list, { parent: 'communities/1' })) names.push(topic.name);
    assert.deepEqual(names, [1, 2, 3, 4, 5, 6, 7].map((number) => `topics/${number}`));
    assert.deepEqual(asked.map(({ parent, pageToken }) => [parent, pageToken]),
        [['communities/1', ''], ['communities/1', '3'], ['communities/1', '6']]);
  });

  test('is asked for no more than is used', async () => {
    const { list, asked } = listing();
    for await (const topic of items(list, {})) {
      if (topic.name === 'topics/2') break;
    }
    assert.equal(asked.length, 1);
  });

  test('goes on from a token, with the options of the call', async () => {
    const { list, asked } = listing();
    const sizes = [];
    for await (const page of pages(list, { pageToken: '3' }, { timeoutMs: 7 })) {
      sizes.push(page.topics.length);
    }
    assert.deepEqual(sizes, [3, 1]);
    assert.deepEqual(asked.map(({ options }) => options.timeoutMs), [7, 7]);
  });
});
