// The HTML of posts against a sanitizer that nobody here wrote: it must find nothing to change.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import test from 'node:test';

import createDOMPurify from 'dompurify';
import {JSDOM} from 'jsdom';

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

// What a browser might take for markup, and what Markdown might take for marks.
const PARTS = ['a', 'b ', ' ', '\n', '\n\n', '*', '**', '_', '`', '``', '[', ']', '(', ')', '<', '>',
  '> ', '- ', '1. ', '    ', '\t', '|', '|---|---|\n', '|a|b|\n', '&amp;', '&lt;', '&#60;',
  '&#x22;', '&quot;', '&', '!', '![', '](', '](https://a.b/?x=1&y="\'<>)', '](javascript:alert(1))',
  '](JaVaScRiPt&colon;alert(1))', '[a]: https://b.c\n', '"', '\'', '~', '~~', 'http://a.b',
  'https://a.b/<x>', 'www.a.b', 'x@y.z', '\\', '#', '# ', '```\n', '```c++\n', 'é', '\u00a0',
  '\u202e', '\u2067', ':', '/', '.', '$', '=', '\n---\n', '\n  ', '<https://a.b>', '<script>',
  '</p>', '<!--', ']]>', '<a href=x>', '<svg/onload=alert(1)>', '\\\n', '  \n', '+ ', '* ', '&#0;',
  '&#13;', '&NotEqualTilde;', '&nbsp;', '\x01', '\x0c', '\x7f', '$`', '`$', '\u{1F600}', '<math>',
  '<style>', '\u2028', '[x](members/everyone)', '](members/018f0000-0000-7000-8000-000000000001)',
  '<title>', '<textarea>', '<noscript>', '<plaintext>'];

// A small generator with a seed (xorshift32), so that a failure can be repeated.
function tangles(seed, count) {
  let state = seed;
  const next = (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
  return Array.from({length: count}, () => Array.from(
    {length: 1 + next(40)}, () => PARTS[next(PARTS.length)]).join(''));
}

test('known tricks are harmless', () => holds([
  '<img src=x onerror=alert(1)>', '[x](javascript:alert(1))', '[x](  javascript:alert(1))',
  '[x](&#106;avascript:alert(1))', '[x](data:text/html;base64,PHNjcmlwdD4=)', '[x](vbscript:a)',
  '<javascript:alert(1)>', '![x](x"onerror="alert(1))', '[x](https://a.b "onmouseover=alert(1)")',
  '[x](https://a.b" onclick="alert(1))', '```a" onclick="b\n```', '```"><script>\n```',
  '<math><mtext><table><mglyph><style><img src onerror=alert(1)>', '[a](<https://b.c\\">)',
  '<svg><style><![CDATA[</style><img src onerror=alert(1)>]]>', '[x]: javascript:alert(1)\n\n[x]',
  'www.a.b$`c`$', '](https://a.b/)(# ![]([``*!)<# ](javascript:alert(1))',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<form id=x><input name=id>',
  `${'> '.repeat(600)}deep`, `${'- '.repeat(120)}deep`, `${'*a **b '.repeat(300)}`]));

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
