// Who is signed in here, told to whoever wants to know.
import type { CallOptions, Client, Interceptor } from '@connectrpc/connect';
import { type Account, type IdentityService, SessionDelivery }
  from './contracts/guildhall/identity/v1/identity_service_pb.js';
import { type Observable, Variable } from './observable.js';
import { isReason } from './reasons.js';

/** What is known of the session. */
export type SessionState =
  /** Nothing yet: `restore` asks. */
  | { readonly status: 'unknown' }
  | { readonly status: 'signedIn'; readonly account: Account }
  /** `ended`: somebody was signed in, and the session was revoked, has run out or was left. */
  | { readonly status: 'signedOut'; readonly ended: boolean };

/**
 * How the session is held: as a cookie that no script can read, for pages; or as a secret in memory
 * that goes with every call, for programs.
 */
export type Delivery = 'cookie' | 'bearer';

/** The way to the other tabs of this origin, as BroadcastChannel has it. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'>;

export interface SessionOptions {
  readonly delivery: Delivery;
  /** With bearer delivery: the secret of a session that was begun before. */
  readonly secret?: string | undefined;
  /** Where tabs that share the cookie tell each other; it stays open as long as the page. */
  readonly channel?: Channel | undefined;
}

/**
 * The session of this client. Every call passes through its interceptor, which adds the secret and
 * hears when the session has ended, whichever call is told so first.
 */
export class Session {
  readonly delivery: Delivery;
  readonly #state = new Variable<SessionState>({ status: 'unknown' });
  readonly #channel: Channel | undefined;
  #secret: string | undefined;
  // Counts sessions: what a call of an earlier one is told says nothing about this one.
  #generation = 0;

  constructor(private readonly identity: () => Client<typeof IdentityService>,
      options: SessionOptions) {
    this.delivery = options.delivery;
    this.#secret = options.secret;
    this.#channel = options.channel;
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#hear(data);
  }

  /** What is known, and who is told of changes. */
  get state(): Observable<SessionState> {
    return this.#state;
  }

  /** The calling account, if it is known. */
  get account(): Account | undefined {
    const state = this.#state.get();
    return state.status === 'signedIn' ? state.account : undefined;
  }

  /** With bearer delivery: what to keep, as a secret, in order to come back with this session. */
  get secret(): string | undefined {
    return this.#secret;
  }

  /**
   * Finds out whether there is a session: at the start of a page, or with a kept secret. Fails only
   * if that cannot be found out; the state is then what it was.
   */
  async restore(options?: CallOptions): Promise<SessionState> {
    const generation = this.#generation;
    try {
      const account = await this.identity().getMe({}, options);
      if (generation === this.#generation) this.#state.set({ status: 'signedIn', account });
    } catch (error) {
      // The interceptor has drawn the conclusion.
      if (!ended(error)) throw error;
    }
    return this.#state.get();
  }

  /**
   * Begins a session. Fails with CREDENTIALS_WRONG, SIGN_IN_THROTTLED (`refusalOf(error)` says when
   * to come back) and the other reasons of SignIn.
   */
  async signIn(email: string, password: string, options?: CallOptions): Promise<Account> {
    const { sessionSecret } = await this.identity().signIn({ email, password,
      delivery: this.delivery === 'cookie' ? SessionDelivery.COOKIE : SessionDelivery.BEARER,
    }, options);
    ++this.#generation;
    this.#secret = this.delivery === 'bearer' ? sessionSecret : undefined;
    const account = await this.identity().getMe({}, options);
    this.#state.set({ status: 'signedIn', account });
    this.#channel?.postMessage('in');
    return account;
  }

  /** Ends the session, for all tabs; what was known of whoever was signed in is forgotten. */
  async signOut(options?: CallOptions): Promise<void> {
    try {
      await this.identity().signOut({}, options);
    } catch (error) {
      if (!ended(error)) throw error;
    }
    this.#leave();
  }

  /** Stops hearing of other tabs. */
  close(): void {
    this.#channel?.close();
  }

  /** Adds the secret to calls, and hears from their answers that the session has ended. */
  readonly interceptor: Interceptor = (next) => async (request) => {
    const generation = this.#generation;
    if (this.#secret !== undefined) request.header.set('authorization', `Bearer ${this.#secret}`);
    try {
      return await next(request);
    } catch (error) {
      this.heard(error, generation);
      throw error;
    }
  };

  /** Draws the conclusion from an error that came later than a call's first answer: in a stream. */
  heard(error: unknown, generation = this.#generation): void {
    if (generation === this.#generation && ended(error)) this.#leave();
  }

  #leave(): void {
    if (this.#state.get().status === 'signedOut') return;
    this.#forget();
    this.#channel?.postMessage('out');
  }

  #forget(): void {
    ++this.#generation;
    this.#secret = undefined;
    this.#state.set({ status: 'signedOut', ended: this.#state.get().status === 'signedIn' });
  }

  // What another tab did with the cookie that both have.
  #hear(news: unknown): void {
    if (news === 'out' && this.#state.get().status !== 'signedOut') this.#forget();
    if (news !== 'in') return;
    ++this.#generation;
    // It is only asked who; if that fails, the next call will tell.
    this.restore().catch(() => {});
  }
}

/** Whether an error says that nobody is signed in. */
export function ended(error: unknown): boolean {
  return isReason(error, 'SESSION_ENDED', 'SIGN_IN_REQUIRED');
}
