// Members are asked for together, once, and are not kept for longer than they are true.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Members } from '@guildhall/client';
import { ManualClock } from './live/scripted.mjs';

const name = (number) => `members/${number}`;

describe('members', () => {
  let asked;
  let clock;
  let fail;
  let directory;

  beforeEach(() => {
    [asked, clock, fail] = [[], new ManualClock(), false];
    directory = {
      // Whoever has an odd number is not to be seen.
      batchGetMembers: async ({ names }) => {
        asked.push(names);
        await null;
        if (fail) throw new Error('away');
        return { members: names.filter((each) => !/[13579]$/.test(each))
            .map((each) => ({ name: each, displayName: `M ${each}` })) };
      },
    };
  });

  const members = (options) => new Members(directory, { clock, ...options });

  test('asked for in one go are one call, each once', async () => {
    const some = members();
    const found = await Promise.all([2, 4, 3, 2].map((number) => some.get(name(number))));
    assert.deepEqual(found.map((member) => member?.displayName),
        ['M members/2', 'M members/4', undefined, 'M members/2']);
    assert.deepEqual(asked, [[name(2), name(4), name(3)]]);
  });

  test('are asked for 200 at a time', async () => {
    const some = members();
    await Promise.all(Array.from({ length: 450 }, (_, i) => some.get(name(i))));
    assert.deepEqual(asked.map((names) => names.length), [200, 200, 50]);
  });

  test('can be gathered for as long as a frame takes', async () => {
    let draw;
    const some = members({ gather: (run) => (draw = run) });
    const first = some.get(name(2));
    await null;
    const second = some.get(name(4));
    draw();
    await Promise.all([first, second]);
    assert.equal(asked.length, 1);
  });

  test('are known until their time is over, those without a face for less', async () => {
    const some = members({ freshMs: 1000, absentMs: 100 });
    await Promise.all([some.get(name(1)), some.get(name(2))]);
    clock.go(99);
    await Promise.all([some.get(name(1)), some.get(name(2))]);
    assert.equal(asked.length, 1);
    assert.equal(some.peek(name(2)).name, name(2));
    clock.go(1);
    await Promise.all([some.get(name(1)), some.get(name(2))]);
    assert.deepEqual(asked.slice(1), [[name(1)]]);
    clock.go(900);
    assert.equal(some.peek(name(2)), undefined);
  });

  test('are bounded, and the least recently used go first', async () => {
    const some = members({ capacity: 2 });
    for (const number of [2, 4]) await some.get(name(number));
    some.peek(name(2));
    await some.get(name(6));
    assert.deepEqual([2, 4, 6].map((number) => some.peek(name(number)) !== undefined),
        [true, false, true]);
  });

  test('that were edited while they were asked for are asked for again', async () => {
    const some = members();
    const before = some.get(name(2));
    await null;
    some.forget(name(2));
    await before;
    assert.equal(some.peek(name(2)), undefined);
    await some.get(name(2));
    assert.equal(asked.length, 2);
  });

  test('are asked for again after a failure', async () => {
    const some = members();
    fail = true;
    await assert.rejects(some.get(name(2)), /away/);
    fail = false;
    assert.equal((await some.get(name(2))).name, name(2));
  });

  test('have names: "me" is none', async () => {
    await assert.rejects(members().get('members/me'), TypeError);
    assert.equal(asked.length, 0);
  });
});
