import { test } from 'node:test';
import { useStack } from '../journeys/stack.mjs';
import { month } from './month.mjs';

await useStack();

test('what two months leave behind, day by day, is what is to stay', (t) =>
  month(t, { daysAtOnce: 1, writes: 1000 }));
