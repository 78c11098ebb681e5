import { test } from 'node:test';
import { useStack } from '../journeys/stack.mjs';
import { month } from './month.mjs';

await useStack();

test('what two months leave behind, week by week, is what is to stay', (t) =>
  month(t, { daysAtOnce: 7, writes: 200 }));
