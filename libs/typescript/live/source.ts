// Where a Live has its frames from.
import type { SubscribeResponse } from '../contracts/guildhall/gateway/v1/live_service_pb.js';
import { follow, type Way } from './connection.js';
import type { Phase } from './events.js';
import { Log } from './log.js';

/** Who hears what comes. */
export interface Sink {
  /** The stream stands for the first time: what is loaded from now on and what comes is all. */
  readonly joined: (resumed: boolean) => void;
  readonly frame: (frame: SubscribeResponse) => void;
  /** Frames were missed for good. */
  readonly missed: () => void;
  readonly phase: (phase: Phase) => void;
}

/** Frames, whoever reads them from the gateway. */
export interface Source {
  readonly log: Log;
  /** Reads until `signal` aborts (undefined) or it is refused for good (the error). */
  run(sink: Sink, signal: AbortSignal): Promise<unknown>;
}

/** A stream of one's own. */
export class OwnStream implements Source {
  readonly log: Log;

  constructor(private readonly way: Way, resumeToken = '') {
    this.log = new Log(way.clock, resumeToken);
  }

  run(sink: Sink, signal: AbortSignal): Promise<unknown> {
    const resumed = this.log.token !== '';
    let joined = false;
    return follow(this.way, {
      token: () => this.log.token,
      phase: sink.phase,
      frame: (frame) => {
        this.log.append(frame);
        if (!joined) sink.joined(resumed);
        joined = true;
        sink.frame(frame);
      },
    }, signal);
  }
}
