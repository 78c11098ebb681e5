// The journeys, on one stack: raising it takes longer than most of them.
import './contracts.mjs'; // generated before parts.mjs, whose imports then run in their order
import { useStack } from './stack.mjs';

await useStack();
await import('./parts.mjs');
