// The same town for ten seeds.
import './contracts.mjs';
import { useStack } from './stack.mjs';

process.env.GUILDHALL_LONG = '1';
await useStack();
await import('./live.mjs');
