// One stream after another: what reads the changes and takes them up again after a cut.
import { create } from '@bufbuild/protobuf';
import { type CallOptions, Code } from '@connectrpc/connect';
import { Backoff } from '../backoff.js';
import { type Clock, pause } from '../clock.js';
import { type SubscribeResponse, SubscribeResponseSchema }
  from '../contracts/guildhall/gateway/v1/live_service_pb.js';
import { refusalOf } from '../reasons.js';
import type { Phase } from './events.js';

/** Who hears nothing for so long subscribes again: the contract of Heartbeat. */
const SILENCE_MS = 45_000;
/** A stream that stood for so long was no failed attempt. */
const STEADY_MS = 5000;
/** Refusals that the same request meets again; a lost session is one of them. */
const FINAL: readonly Code[] = [Code.InvalidArgument, Code.PermissionDenied, Code.Unauthenticated,
  Code.Unimplemented, Code.NotFound];

/** How to reach the gateway. */
export interface Way {
  readonly subscribe: (request: { resumeToken: string; communities: string[] },
      options: CallOptions) => AsyncIterable<SubscribeResponse>;
  readonly communities: readonly string[];
  readonly clock: Clock;
}

/** Whoever takes what is told. */
export interface Reader {
  /** Where to go on: read before each attempt. */
  readonly token: () => string;
  readonly frame: (frame: SubscribeResponse) => void;
  readonly phase: (phase: Phase) => void;
}

/**
 * Reads until `signal` aborts, and answers undefined then, or until an attempt is refused for good,
 * and answers the error. Each frame is handed on once; a heartbeat that stays away counts as a cut.
 */
export async function follow(way: Way, reader: Reader, signal: AbortSignal): Promise<unknown> {
  const backoff = new Backoff(way.clock);
  while (!signal.aborted) {
    reader.phase('connecting');
    const { error, stoodMs } = await readOnce(way, reader, signal);
    if (signal.aborted) break;
    if (tokenRefused(error)) {
      reader.frame(RESET);
    } else if (isFinal(error)) {
      return error;
    }
    if (stoodMs >= STEADY_MS) backoff.reset();
    reader.phase('waiting');
    await rest(way.clock, backoff.next(refusalOf(error)?.retryAfterMs), signal);
  }
  return undefined;
}

/** As if the gateway had said so, with a token that means "from now on". */
const RESET = create(SubscribeResponseSchema, { frame: { case: 'reset', value: {} } });

async function readOnce(way: Way, reader: Reader, signal: AbortSignal):
    Promise<{ error: unknown; stoodMs: number }> {
  const call = new AbortController();
  const hangUp = (): void => call.abort();
  const watch = (): (() => void) => way.clock.after(SILENCE_MS, hangUp);
  signal.addEventListener('abort', hangUp);
  let unwatch = watch();
  let began: number | undefined;
  let error: unknown;
  try {
    const request = { resumeToken: reader.token(), communities: [...way.communities] };
    for await (const frame of way.subscribe(request, { signal: call.signal })) {
      if (call.signal.aborted) break;
      unwatch();
      unwatch = watch();
      if (began === undefined) reader.phase('live');
      began ??= way.clock.now();
      reader.frame(frame);
    }
  } catch (caught) {
    error = caught;
  } finally {
    unwatch();
    signal.removeEventListener('abort', hangUp);
    // A loop that was left does not end the request by itself.
    call.abort();
  }
  return { error, stoodMs: began === undefined ? 0 : way.clock.now() - began };
}

/** Waits, or until the browser says that the network is back. */
async function rest(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let wake = (): void => {};
  const online = (): void => wake();
  const page = typeof window === 'undefined' ? undefined : window;
  page?.addEventListener('online', online);
  await pause(clock, ms, signal, (end) => (wake = end));
  page?.removeEventListener('online', online);
}

// Only what Guildhall says counts: 404 and 403 may also come from a proxy that has just started.
function isFinal(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal !== undefined && FINAL.includes(refusal.code);
}

function tokenRefused(error: unknown): boolean {
  return refusalOf(error)?.fields.some(({ field }) => field === 'resume_token') ?? false;
}
