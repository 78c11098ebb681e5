// Disks that are full.
import '../journeys/contracts.mjs';
import { useStack } from '../journeys/stack.mjs';

await useStack();
await import('./disk.mjs');
