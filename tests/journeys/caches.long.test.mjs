// Kept replies for minutes, with everything that may happen to Redis: `tools/dev test --all`.
import './contracts.mjs';
import { useStack } from './stack.mjs';

await useStack();
const { declareCaches } = await import('./caches.mjs');
declareCaches({ stretches: 100 });
