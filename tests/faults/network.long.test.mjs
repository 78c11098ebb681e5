// Each fault of the network for each dependency of each process, for 7 s.
import '../journeys/contracts.mjs';
import { useStack } from '../journeys/stack.mjs';

process.env.GUILDHALL_LONG = '1';
await useStack();
await import('./network_on_stack.mjs');
