import { test } from 'node:test';
import { useStack } from '../journeys/stack.mjs';
import { killLoop } from './kill_loop.mjs';

await useStack();

test('whatever ends when, what was acknowledged is there once and told once',
    (t) => killLoop(t, { writes: 2000, writers: 16, least: 7 }));
