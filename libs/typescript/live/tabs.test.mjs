// Tabs that share a stream: each frame reaches each tab once, whoever reads and whoever goes.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Gateway, LocksOfAPage, ManualClock, settle, Tab } from './scripted.mjs';

describe('tabs that share a stream', () => {
  const open = [];
  let gateway;
  let clock;
  let locks;

  function house() {
    [gateway, clock, locks] = [new Gateway(), new ManualClock(), new LocksOfAPage()];
  }

  function tab(ownClock = clock) {
    const made = new Tab(gateway, ownClock, locks, 'tabs');
    open.push(made);
    return made;
  }

  afterEach(async () => {
    for (const each of open.splice(0)) each.close();
    await settle();
  });

  // One that leads, others that are let in.
  async function tabs(count) {
    house();
    const all = [];
    for (let i = 0; i < count; ++i) {
      all.push(tab());
      await settle();
      if (i === 0) await gateway.started();
      await settle();
    }
    return all;
  }

  test('read it once', async () => {
    const all = await tabs(3);
    gateway.tell('topics/1');
    await settle();
    gateway.tell('topics/2');
    await settle();
    assert.equal(gateway.streams.length, 1);
    for (const each of all) assert.deepEqual(each.told, ['started', 'topics/1', 'topics/2']);
  });

  test('hear what was told shortly before they came', async () => {
    const [first] = await tabs(1);
    gateway.tell('topics/1');
    await settle();
    const second = tab();
    await settle();
    gateway.tell('topics/2');
    await settle();
    assert.deepEqual(second.told, ['started', 'topics/1', 'topics/2']);
    assert.deepEqual(first.told, second.told);
  });

  test('go on when the reading one is closed, from where it was', async () => {
    const [first, second, third] = await tabs(3);
    gateway.tell('topics/1');
    await settle();
    first.close();
    gateway.tell('topics/2');
    await settle();
    clock.go(200);
    await gateway.started();
    gateway.tell('topics/3');
    await settle();
    assert.equal(gateway.streams.length, 2);
    for (const each of [second, third]) {
      assert.deepEqual(each.told, ['started', 'topics/1', 'topics/2', 'topics/3']);
    }
  });

  test('go on from the furthest that any of them has heard', async () => {
    const [first, second, third] = await tabs(3);
    second.deaf = true;
    gateway.tell('topics/1');
    await settle();
    second.deaf = false;
    first.close();
    await settle();
    clock.go(200);
    await gateway.started();
    gateway.tell('topics/2');
    await settle();
    assert.equal(gateway.resumedAt.at(-1), 'topics/1');
    for (const each of [second, third]) {
      assert.deepEqual(each.told, ['started', 'topics/1', 'topics/2']);
    }
  });

  test('ask again for what they missed', async () => {
    const [first, second] = await tabs(2);
    second.deaf = true;
    gateway.tell('topics/1');
    gateway.tell('topics/2');
    await settle();
    second.deaf = false;
    gateway.tell('topics/3');
    await settle();
    assert.deepEqual(second.told, ['started', 'topics/1', 'topics/2', 'topics/3']);
    assert.deepEqual(first.told, second.told);
  });

  test('begin anew when they missed too much', async () => {
    const [, second] = await tabs(2);
    second.deaf = true;
    for (let i = 0; i < 300; ++i) gateway.tell(`topics/${i}`);
    await settle();
    second.deaf = false;
    gateway.tell('topics/last');
    await settle();
    gateway.tell('topics/after');
    await settle();
    assert.deepEqual(second.told, ['started', 'reset', 'topics/after']);
  });

  test('hear nothing twice from a new reader that has to go back', async () => {
    const [first, second, third] = await tabs(3);
    second.deaf = true;
    gateway.tell('topics/1');
    await settle();
    second.deaf = false;
    // The third is frozen: it does not say that it is ahead.
    third.mute = true;
    first.close();
    await settle();
    clock.go(200);
    await gateway.started();
    await settle();
    third.mute = false;
    gateway.tell('topics/2');
    await settle();
    for (const each of [second, third]) {
      assert.deepEqual(each.told, ['started', 'topics/1', 'topics/2']);
    }
  });

  test('lose nothing where a new reader is told less than they heard', async () => {
    const [first, second, third] = await tabs(3);
    second.deaf = true;
    for (const name of ['topics/1', 'topics/2']) gateway.tell(name);
    await settle();
    second.deaf = false;
    third.mute = true;
    for (const name of ['topics/1', 'topics/2']) gateway.forget(name);
    first.close();
    await settle();
    clock.go(200);
    await gateway.started();
    third.mute = false;
    gateway.tell('topics/3');
    await settle();
    assert.deepEqual(second.told, ['started', 'topics/3']);
    assert.deepEqual(third.told, ['started', 'topics/1', 'topics/2', 'topics/3']);
  });

  test('take the stream away from one that is frozen, which then hears the others', async () => {
    house();
    const frozen = tab(new ManualClock());
    await gateway.started();
    await settle();
    // Chance decides which of the others notices first.
    const [second, third] = [tab(), tab(new ManualClock())];
    await settle();
    frozen.mute = true;
    gateway.tell('topics/1');
    await settle();
    gateway.cut();
    for (const ms of [200_000, 200]) {
      clock.go(ms);
      await settle();
    }
    await gateway.started();
    assert.equal(gateway.streams.length, 2);
    frozen.mute = false;
    await settle();
    gateway.tell('topics/2');
    await settle();
    for (const each of [frozen, second, third]) {
      assert.deepEqual(each.told, ['started', 'topics/1', 'topics/2']);
    }
  });
});
