// Wall clocks that jump.
import '../journeys/contracts.mjs';
import { useStack } from '../journeys/stack.mjs';

await useStack();
await import('./clocks.mjs');
