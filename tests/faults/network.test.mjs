// Faults of the network between the processes and whatever they depend on.
import '../journeys/contracts.mjs';
import { useStack } from '../journeys/stack.mjs';

await useStack();
await import('./network_on_stack.mjs');
