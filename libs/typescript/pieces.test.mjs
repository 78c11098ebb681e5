// A text is cut where a search found something in it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { piecesOf } from '@guildhall/client';

const range = (offset, length) => ({ offset, length });
const marked = (text, ...ranges) => piecesOf(text, ranges)
    .map((piece) => (piece.matched ? `[${piece.text}]` : piece.text)).join('');

describe('pieces of a text', () => {
  test('stand in and between its ranges', () => {
    assert.deepEqual(piecesOf('dark rye', [range(5, 3)]),
        [{ text: 'dark ', matched: false }, { text: 'rye', matched: true }]);
    assert.equal(marked('rye or dark rye', range(0, 3), range(12, 3)), '[rye] or dark [rye]');
  });

  test('are one where nothing was found, and none of nothing', () => {
    assert.deepEqual(piecesOf('rye', []), [{ text: 'rye', matched: false }]);
    assert.deepEqual(piecesOf('', []), []);
  });

  test('are counted in characters, of which an emoji is one', () => {
    assert.equal(marked('🥖🥖 rye 👍🏽', range(3, 3)), '🥖🥖 [rye] 👍🏽');
    assert.equal(marked('我喜欢面包', range(3, 2)), '我喜欢[面包]');
  });

  test('are all of the text, and no more, whatever the ranges say', () => {
    assert.equal(marked('rye', range(1, 9)), 'r[ye]');
    assert.equal(marked('rye', range(9, 1)), 'rye');
  });
});
