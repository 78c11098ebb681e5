import { test } from 'node:test';
import { useStack } from '../journeys/stack.mjs';
import { killLoop } from './kill_loop.mjs';

await useStack();

test('of 100,000 acknowledged writes none is lost and none is there twice, whatever ends when',
    (t) => killLoop(t, { writes: 100_000, writers: 48, least: 100 }));
