// Repeats calls that were refused in passing, as the contracts ask of clients.
import type { DescMethod, Message } from '@bufbuild/protobuf';
import { Code, ConnectError, createContextKey, type Interceptor } from '@connectrpc/connect';
import { Backoff } from './backoff.js';
import { type Clock, pause, SYSTEM } from './clock.js';
import { IdentityService } from './contracts/guildhall/identity/v1/identity_service_pb.js';
import { type Reason, refusalOf } from './reasons.js';

/** Refusals after which the very same request may succeed in a moment. */
const PASSING: readonly Reason[] = ['BUSY', 'DEPENDENCY_AWAY', 'UPSTREAM_AWAY', 'OVERLOADED',
  'DEADLINE_PASSED', 'RATE_LIMITED', 'PASSWORD_CHECKS_BUSY'];
/** What fetch and proxies make of a connection that broke: the answer may have been lost. */
const LOST: readonly Code[] = [Code.Unavailable, Code.Unknown];
/** A repeat that the server wants later than this is for the people to decide. */
const PATIENCE_MS = 5000;
const FIRST_DELAY_MS = 100;

/** How often a call is tried at most. */
export const attemptsKey = createContextKey(4, { description: 'attempts' });

/**
 * Gives every write a `requestId` if it has none, and sends a call that was refused in passing, or
 * whose answer was lost, again: the same request id has one effect however often it arrives.
 *
 * Four attempts within about a second, fewer once the call's signal aborts. SignIn is not repeated
 * when its answer was lost: the secret is shown once.
 */
export function repeatPassing(clock: Clock = SYSTEM): Interceptor {
  return (next) => async (request) => {
    if (request.stream) return next(request);
    identify(request.method, request.message);
    const backoff = new Backoff(clock, FIRST_DELAY_MS);
    for (let left = request.contextValues.get(attemptsKey) - 1; ; --left) {
      try {
        return await next(request);
      } catch (error) {
        const waitMs = left > 0 ? passing(error, request.method, backoff) : undefined;
        if (waitMs === undefined || waitMs > PATIENCE_MS) throw error;
        await pause(clock, waitMs, request.signal);
        if (request.signal.aborted) throw error;
      }
    }
  };
}

function identify(method: DescMethod, message: Message): void {
  if (!method.input.fields.some((field) => field.localName === 'requestId')) return;
  const write = message as Message & { requestId: string };
  if (write.requestId === '') write.requestId = newRequestId();
}

/** Also where a page without TLS has no `crypto.randomUUID`. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // RFC 9562, sections 4.1 and 5.4: the variant, version 4.
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** How long to wait before a repeat; undefined if there is to be none. */
function passing(error: unknown, method: DescMethod, backoff: Backoff): number | undefined {
  const refusal = refusalOf(error);
  if (refusal) {
    const may = refusal.reason !== undefined && PASSING.includes(refusal.reason);
    return may ? backoff.next(refusal.retryAfterMs) : undefined;
  }
  if (!(error instanceof ConnectError) || !LOST.includes(error.code)) return undefined;
  return method === IdentityService.method.signIn ? undefined : backoff.next();
}
