// What a page hears of changes.
import type { Changed, SubscribeResponse }
  from '../contracts/guildhall/gateway/v1/live_service_pb.js';

/** What the contract of LiveService tells, in its order. */
export type LiveEvent =
  /**
   * The stream stands: load what is shown now, then apply what comes. Told once to each listener.
   * `resumed`: it goes on where the given token ended, and nothing need be loaded.
   */
  | { readonly type: 'started'; readonly resumed: boolean }
  /** Something was created, edited or deleted; `change.resource` is how it stands now. */
  | { readonly type: 'changed'; readonly change: Changed }
  /** A community came into view, or more of it: load it. */
  | { readonly type: 'gained'; readonly community: string }
  /** A community went out of view, or a part of it: forget all of it. */
  | { readonly type: 'lost'; readonly community: string }
  /** Something was missed: forget everything and load what is shown anew. */
  | { readonly type: 'reset' };

/** Whether the stream stands, and if not, why. */
export type LiveStatus =
  /** `idle`: nobody listens yet. `waiting`: until the next attempt after a failure. */
  | { readonly phase: 'idle' | 'connecting' | 'live' | 'waiting' }
  /** For good: signed out, closed, or refused; `error` says why if it was no wish of ours. */
  | { readonly phase: 'ended'; readonly error: unknown };

export type Phase = 'connecting' | 'live' | 'waiting';

/** What a frame tells; undefined if that is of no interest outside, or from a newer server. */
export function eventOf({ frame }: SubscribeResponse): LiveEvent | undefined {
  switch (frame.case) {
    case 'changed':
      return { type: 'changed', change: frame.value };
    case 'accessGained':
      return { type: 'gained', community: frame.value.community };
    case 'accessLost':
      return { type: 'lost', community: frame.value.community };
    case 'reset':
      return { type: 'reset' };
    default:
      return undefined;
  }
}
