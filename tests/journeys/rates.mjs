// Keeping to the gateway's rates, so that nothing is refused for them alone.
import { setTimeout as pause } from 'node:timers/promises';

// Calls that a session has left when its next one is put off, and for how long: at 50 a second these
// are 25 calls more.
const ROOM = 25;
const REFILL_MS = 500;

/** Waits where an answer says that few calls are left: `ratelimit-remaining`, if it has that. */
export async function leaveRoom(remaining) {
  if (remaining != null && Number(remaining) < ROOM) await pause(REFILL_MS);
}
