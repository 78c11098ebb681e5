// What a backup is for: a moment comes back, and nobody goes on from what came after it.
import '../journeys/contracts.mjs';
import { useStack } from '../journeys/stack.mjs';

await useStack();
await import('./restore.mjs');
