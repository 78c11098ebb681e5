// Loads that must not miss what a stream of changes has told, or no longer tells.
import type { Interceptor } from '@connectrpc/connect';
import { type Clock, SYSTEM } from './clock.js';
import { Kind } from './contracts/guildhall/change/v1/change_pb.js';
import type { LiveEvent } from './live/events.js';

/** Replies may be a second old (the contract of LiveService); as much again for a slow page. */
const FRESH_MS = 2000;

/**
 * Asks for replies that come from no cache while they might be older than what a stream has told:
 * right after it began or began anew, after a community came into view, after a member has changed,
 * of whom a stream does not say how, and after posts came to where no stream told them: a topic
 * moved or came back, or some of its posts moved.
 */
export class Freshness {
  #untilMs = -Infinity;

  constructor(private readonly clock: Clock = SYSTEM) {}

  heard(event: LiveEvent): void {
    if (loads(event)) this.#untilMs = this.clock.now() + FRESH_MS;
  }

  readonly interceptor: Interceptor = (next) => (request) => {
    if (!request.stream && this.clock.now() < this.#untilMs) {
      request.header.set('cache-control', 'no-cache');
    }
    return next(request);
  };
}

const LOADED = new Set([Kind.MEMBER_CREATED, Kind.MEMBER_UPDATED, Kind.TOPIC_MOVED,
  Kind.TOPIC_RESTORED, Kind.POSTS_MOVED]);

function loads(event: LiveEvent): boolean {
  switch (event.type) {
    case 'started':
      return !event.resumed;
    case 'gained':
    case 'reset':
      return true;
    case 'changed':
      return LOADED.has(event.change.kind);
    default:
      return false;
  }
}
