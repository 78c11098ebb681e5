// Trouble for a while: whoever does not need what is in trouble notices nothing; the others are
// answered within their deadline, and for a reason; soon after it all is well, with the same
// processes.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export const long = process.env.GUILDHALL_LONG === '1';
// What the gateway gives to callers who bring no deadline.
export const USUAL_DEADLINE_MS = 5000;
// In short, what hangs is not waited for so long.
const DEADLINE_MS = long ? USUAL_DEADLINE_MS : 1000;

export const AWAY = ['unavailable DEPENDENCY_AWAY', 'unavailable UPSTREAM_AWAY'];
export const LATE = 'deadline_exceeded DEADLINE_PASSED';
export const BUSY = 'aborted BUSY';
export const FULL = 'resource_exhausted OVERLOADED';
// While something hangs, either somebody notices or the caller's patience ends.
export const HANGS = [...AWAY, LATE, FULL];

// Promise 7 gives untrusted bytes 64 MB; a dependency is not to cost more.
const MEMORY_BYTES = 64 << 20;
// Callers at once, beside those who call all the time: more than there are workers.
const CROWD = 100;

/**
 * Runs `begin`, and after `lastsMs` and an answer to everybody `end`. `hurt` are the kinds of calls
 * that may be answered like one of `answers`, beside OK; where it is `felt`, one of them is. With a
 * `crowd`, many more call at once.
 * Where callers speak with what is in trouble itself, they are `heldUpMs` longer.
 * Answers in words what came of it.
 */
export async function endure(house, callers,
    { what, hurt, answers, begin, end, lastsMs, heldUpMs = 0, crowd = false, felt = false,
      deadlineMs = DEADLINE_MS, memoryBytes = MEMORY_BYTES }) {
  const before = house.memory();
  callers.deadlineMs = deadlineMs;
  const callAtOnce = crowd && await callers.gatherCrowd(CROWD);
  const moment = performance.now();
  await begin();
  const many = crowd ? callAtOnce() : [];
  await Promise.all([pause(lastsMs), heldUpMs || callers.areAnswered(moment)]);
  const during = house.memory();
  await end();
  const backMs = await callers.areWell(performance.now(), what);
  for (const { kind, answer, tookMs } of callers.since(moment)) {
    const allowed = hurt.includes(kind) ? ['OK', ...answers] : ['OK'];
    assert.ok(allowed.includes(answer), `${what}: ${kind}: ${answer} after ${tookMs} ms`);
  }
  if (felt) {
    assert.ok(callers.since(moment, hurt).some(({ answer }) => answer !== 'OK'),
        `${what}: nobody felt it: ${callers.tell(moment)}`);
  }
  callers.assertTimely(moment, what, heldUpMs);
  for (const answer of await many) {
    assert.ok(['OK', ...answers].includes(answer), `${what}: one of a crowd: ${answer}`);
  }
  for (const [name, bytes] of Object.entries(during)) {
    assert.ok(bytes - before[name] < memoryBytes, `${what}: ${name} grew to ${bytes} bytes`);
  }
  house.assertAlive();
  return `${callers.tell(moment)}; all well ${Math.round(backMs)} ms after it`;
}
