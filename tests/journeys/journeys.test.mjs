// The journeys, on one stack: raising it takes longer than most of them. What ends processes comes
// late, what looks at all the logs last.
import { useStack } from './stack.mjs';

await useStack();

for (const part of ['sign_in', 'pages', 'communities', 'secrecy', 'topics', 'repeats', 'races',
  'refusals_arrive', 'hostile', 'demo', 'faults', 'operators']) {
  await import(`./${part}.mjs`);
}
