import '../journeys/contracts.mjs';
import { test } from 'node:test';
import { useStack } from '../journeys/stack.mjs';
import { importThroughEnds } from './imports.mjs';

await useStack();

test('an import of 30,000 messages through 60 ends comes to the same',
    (t) => importThroughEnds(t, { messages: 30_000, ends: 60 }));
