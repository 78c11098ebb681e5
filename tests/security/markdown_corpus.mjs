// Texts that somebody might write to break the rendering of Markdown, or what shows it.
//
//   node tests/security/markdown_corpus.mjs SEED COUNT   writes known ones and tangles, NUL between

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
  '[ ] ', '[x] ', '- [x] ', '<title>', '<textarea>', '<noscript>', '<plaintext>'];

// A small generator with a seed (xorshift32), so that a failure can be repeated.
export function tangles(seed, count) {
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

// Known ones, each of which has worked somewhere.
export const TRICKS = [
  '<img src=x onerror=alert(1)>', '[x](javascript:alert(1))', '[x](  javascript:alert(1))',
  '[x](&#106;avascript:alert(1))', '[x](data:text/html;base64,PHNjcmlwdD4=)', '[x](vbscript:a)',
  '<javascript:alert(1)>', '![x](x"onerror="alert(1))', '[x](https://a.b "onmouseover=alert(1)")',
  '[x](https://a.b" onclick="alert(1))', '```a" onclick="b\n```', '```"><script>\n```',
  '<math><mtext><table><mglyph><style><img src onerror=alert(1)>', '[a](<https://b.c\\">)',
  '<svg><style><![CDATA[</style><img src onerror=alert(1)>]]>', '[x]: javascript:alert(1)\n\n[x]',
  'www.a.b$`c`$', '](https://a.b/)(# ![]([``*!)<# ](javascript:alert(1))',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<form id=x><input name=id>',
  `${'> '.repeat(600)}deep`, `${'- '.repeat(120)}deep`, `${'*a **b '.repeat(300)}`];

if (process.argv[1] === import.meta.filename) {
  const [seed, count] = process.argv.slice(2).map(Number);
  process.stdout.write([...TRICKS, ...tangles(seed, count)].join('\0'));
}
