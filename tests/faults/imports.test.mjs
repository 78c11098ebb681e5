import '../journeys/contracts.mjs';
import { test } from 'node:test';
import { useStack } from '../journeys/stack.mjs';
import { importThroughEnds } from './imports.mjs';

await useStack();

test('an import that is ended at any moment, and repeated, comes to the same',
    (t) => importThroughEnds(t, { messages: 3000, ends: 6 }));
