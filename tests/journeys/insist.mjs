// Repeats a write with one request id until it is settled, as the contracts ask of clients.
import { Code, ConnectError } from '@connectrpc/connect';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { described } from './refusals.mjs';

// Refusals after which the same request may be sent again.
const PASSING = ['BUSY', 'DEPENDENCY_AWAY', 'UPSTREAM_AWAY', 'OVERLOADED', 'DEADLINE_PASSED',
  'RATE_LIMITED'];
// Errors of the connection itself, in Connect's words: the answer may have been lost.
const LOST = [Code.Unavailable, Code.Aborted, Code.Unknown, Code.Internal, Code.DeadlineExceeded];
const PAUSE_MS = 50;

// Whether the same request may be sent again; what became of this one is not known.
export function mayRepeat(error) {
  if (!(error instanceof ConnectError)) return false;
  const { reason } = described(error);
  return reason ? PASSING.includes(reason) : LOST.includes(error.code);
}

// `write(requestId, attempt)` is tried until it succeeds; `refused` hears of each passing refusal.
export async function insist(write,
    { requestId = randomUUID(), seconds = 20, refused = () => {} } = {}) {
  const end = Date.now() + seconds * 1000;
  for (let attempt = 0; ; ++attempt) {
    try {
      return await write(requestId, attempt);
    } catch (error) {
      if (!mayRepeat(error) || Date.now() > end) throw error;
      refused(error);
      await pause(PAUSE_MS);
    }
  }
}
