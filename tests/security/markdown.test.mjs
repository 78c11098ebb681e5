// The HTML of posts against a sanitizer that nobody here wrote: it must find nothing to change.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import test from 'node:test';

import createDOMPurify from 'dompurify';
import {JSDOM} from 'jsdom';

import {TRICKS, tangles} from './markdown_corpus.mjs';

const state = process.env.GUILDHALL_STATE ?? '.state';
const program = `${state}/build/release/tests/security/render_markdown`;
const purifier = createDOMPurify(new JSDOM('').window);

function render(texts) {
  const out = execFileSync(program, {input: texts.join('\0'), maxBuffer: 1 << 28});
  return out.toString().split('\0').slice(0, texts.length);
}

function sanitize(html) {
  const clean = purifier.sanitize(html);
  return {clean, removed: purifier.removed.length};
}

function holds(texts) {
  render(texts).forEach((html, i) => {
    assert.deepEqual(sanitize(html), {clean: html, removed: 0}, `in ${JSON.stringify(texts[i])}`);
  });
}

test('known tricks are harmless', () => holds(TRICKS));

test('whatever is written comes out as a browser writes it', () => {
  const seed = 1 + Math.floor(Math.random() * 0x7fffffff);
  console.log(`seed ${seed}`);
  holds(tangles(seed, 4000));
});

test('the sanitizer finds what is wrong', () => {
  const {clean, removed} = sanitize('<p onclick="a">b</p><script>c</script>');
  assert.equal(clean, '<p>b</p>');
  assert.equal(removed, 2);
});
