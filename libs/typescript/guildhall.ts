// A Guildhall, as a page or a program sees it.
import type { DescService } from '@bufbuild/protobuf';
import { type Client, createClient, type Interceptor, type Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import { Backoff } from './backoff.js';
import { pause, SYSTEM } from './clock.js';
import { Kind } from './contracts/guildhall/change/v1/change_pb.js';
import { BanService } from './contracts/guildhall/directory/v1/ban_service_pb.js';
import { CharterService } from './contracts/guildhall/directory/v1/charter_service_pb.js';
import { CommunityArchiveService }
  from './contracts/guildhall/directory/v1/community_archive_service_pb.js';
import { CommunitySearchService }
  from './contracts/guildhall/directory/v1/community_search_service_pb.js';
import { CommunityTemplateService }
  from './contracts/guildhall/directory/v1/community_template_service_pb.js';
import { DirectoryService } from './contracts/guildhall/directory/v1/directory_service_pb.js';
import { InvitationService } from './contracts/guildhall/directory/v1/invitation_service_pb.js';
import { JoinRequestService } from './contracts/guildhall/directory/v1/join_request_service_pb.js';
import { MemberModerationService }
  from './contracts/guildhall/directory/v1/member_moderation_service_pb.js';
import { MemberSearchService }
  from './contracts/guildhall/directory/v1/member_search_service_pb.js';
import { MembershipService } from './contracts/guildhall/directory/v1/membership_service_pb.js';
import { MuteService } from './contracts/guildhall/directory/v1/mute_service_pb.js';
import { BookmarkService } from './contracts/guildhall/discussions/v1/bookmark_service_pb.js';
import { CarryingService } from './contracts/guildhall/discussions/v1/carrying_service_pb.js';
import { DiscussionsService } from './contracts/guildhall/discussions/v1/discussions_service_pb.js';
import { DraftService } from './contracts/guildhall/discussions/v1/draft_service_pb.js';
import { FeedService } from './contracts/guildhall/discussions/v1/feed_service_pb.js';
import { FlagService } from './contracts/guildhall/discussions/v1/flag_service_pb.js';
import { FollowService } from './contracts/guildhall/discussions/v1/follow_service_pb.js';
import { HistoryService } from './contracts/guildhall/discussions/v1/history_service_pb.js';
import { IgnoreService } from './contracts/guildhall/discussions/v1/ignore_service_pb.js';
import { MentionService } from './contracts/guildhall/discussions/v1/mention_service_pb.js';
import { ModerationService } from './contracts/guildhall/discussions/v1/moderation_service_pb.js';
import { PollService } from './contracts/guildhall/discussions/v1/poll_service_pb.js';
import { PostSearchService } from './contracts/guildhall/discussions/v1/post_search_service_pb.js';
import { ReactionService } from './contracts/guildhall/discussions/v1/reaction_service_pb.js';
import { ReadingService } from './contracts/guildhall/discussions/v1/reading_service_pb.js';
import { TagService } from './contracts/guildhall/discussions/v1/tag_service_pb.js';
import { LiveService } from './contracts/guildhall/gateway/v1/live_service_pb.js';
import { SearchService } from './contracts/guildhall/gateway/v1/search_service_pb.js';
import { AccessTokenService } from './contracts/guildhall/identity/v1/access_token_service_pb.js';
import { AccountInvitationService }
  from './contracts/guildhall/identity/v1/account_invitation_service_pb.js';
import { AccountService } from './contracts/guildhall/identity/v1/account_service_pb.js';
import { EmailChangeService } from './contracts/guildhall/identity/v1/email_change_service_pb.js';
import { IdentityService } from './contracts/guildhall/identity/v1/identity_service_pb.js';
import { PasswordService } from './contracts/guildhall/identity/v1/password_service_pb.js';
import { Freshness } from './freshness.js';
import type { Way } from './live/connection.js';
import type { LiveEvent } from './live/events.js';
import { Live } from './live/live.js';
import { OwnStream, type Source } from './live/source.js';
import { type Commons, SharedStream } from './live/tabs.js';
import { Members, type MembersOptions } from './members.js';
import { repeatPassing } from './repeats.js';
import { type Channel, type Delivery, Session } from './session.js';

export interface GuildhallOptions {
  /** Where the gateway is: `https://guildhall.example.org`, or the page's own `location.origin`. */
  readonly baseUrl: string;
  /** By default a cookie in pages and a bearer secret in programs. */
  readonly delivery?: Delivery;
  /** The secret of a session that was begun before, with bearer delivery. */
  readonly secret?: string;
  readonly members?: MembersOptions;
  /** Run around each call, outermost first: before a repeat is tried. */
  readonly interceptors?: readonly Interceptor[];
  /** For calls that need something of their own; by default the environment's. */
  readonly fetch?: typeof globalThis.fetch;
  /** Makes the transport, by default Connect with protobuf over `fetch`. */
  readonly transport?: (interceptors: Interceptor[]) => Transport;
  /** What tabs share a stream by; by default the page's, and nothing in programs. */
  readonly commons?: Commons | undefined;
}

export interface LiveOptions {
  /** `communities/{id}`, at most 200: only changes in these. Empty: all that one may see. */
  readonly communities?: readonly string[];
  /** Goes on where an earlier stream ended, as `live.resumeToken` said; in a stream of its own. */
  readonly resumeToken?: string;
}

/** The clients by their names: a service that is open to pages has its line here. */
const SERVICES = {
  identity: IdentityService,
  accounts: AccountService,
  accessTokens: AccessTokenService,
  passwords: PasswordService,
  emailChanges: EmailChangeService,
  accountInvitations: AccountInvitationService,
  directory: DirectoryService,
  bans: BanService,
  mutes: MuteService,
  charters: CharterService,
  memberships: MembershipService,
  joinRequests: JoinRequestService,
  invitations: InvitationService,
  memberModeration: MemberModerationService,
  memberSearch: MemberSearchService,
  communitySearch: CommunitySearchService,
  communityArchive: CommunityArchiveService,
  communityTemplates: CommunityTemplateService,
  discussions: DiscussionsService,
  moderation: ModerationService,
  carrying: CarryingService,
  flags: FlagService,
  reactions: ReactionService,
  reading: ReadingService,
  follows: FollowService,
  ignores: IgnoreService,
  feed: FeedService,
  bookmarks: BookmarkService,
  drafts: DraftService,
  history: HistoryService,
  tags: TagService,
  mentions: MentionService,
  polls: PollService,
  postSearch: PostSearchService,
  search: SearchService,
} as const;

type Clients = { readonly [name in keyof typeof SERVICES]: Client<(typeof SERVICES)[name]> };

/** Typed clients of all services, and what a front end needs around them. */
export interface Guildhall extends Clients {
  readonly session: Session;
  readonly members: Members;
  /** Changes from now on; one for the whole page is enough. */
  live(options?: LiveOptions): Live;
  /** Ends all streams and stops hearing of other tabs. */
  close(): void;
}

export function createGuildhall(options: GuildhallOptions): Guildhall {
  return new GuildhallClient(options);
}

const inPage = typeof document !== 'undefined';

// Its clients come from the table, by clientsOf.
interface GuildhallClient extends Clients {}
class GuildhallClient implements Guildhall {
  readonly session: Session;
  readonly members: Members;
  readonly #subscribe: Client<typeof LiveService>['subscribe'];
  readonly #commons: Commons | undefined;
  readonly #freshness = new Freshness();
  readonly #lives = new Set<Live>();
  #known: string | undefined;

  constructor(private readonly options: GuildhallOptions) {
    const delivery = options.delivery ?? (inPage ? 'cookie' : 'bearer');
    this.session = new Session(() => this.identity, { delivery, secret: options.secret,
      channel: delivery === 'cookie' ? channelOf(options.baseUrl) : undefined });
    const transport = transportOf(options, delivery,
        [...(options.interceptors ?? []), repeatPassing(), this.session.interceptor,
          this.#freshness.interceptor]);
    Object.assign(this, clientsOf(transport));
    this.#subscribe = createClient(LiveService, transport).subscribe;
    this.members = new Members(this.directory, options.members);
    this.#commons = 'commons' in options ? options.commons : commonsOfPage();
    this.session.state.watch(() => this.#personChanged());
  }

  live({ communities = [], resumeToken = '' }: LiveOptions = {}): Live {
    const way: Way = { subscribe: this.#subscribe, communities, clock: SYSTEM };
    const own = (): Source => new OwnStream(way, resumeToken);
    const end = new AbortController();
    const live: Live = new Live({
      source: async () => {
        const member = await this.#whoIsIt(end.signal);
        if (!this.#commons || resumeToken !== '' || member === undefined) return own();
        // Who sees the same hears the same.
        const name = ['guildhall-live', this.options.baseUrl, member, ...[...communities].sort()];
        return new SharedStream(name.join(' '), way, this.#commons);
      },
      fallback: own,
      heard: (event) => this.#heard(event),
      ended: (error) => {
        end.abort();
        this.#lives.delete(live);
        this.session.heard(error);
      },
    });
    this.#lives.add(live);
    return live;
  }

  close(): void {
    for (const live of [...this.#lives]) live.close();
    this.session.close();
  }

  /** The signed-in member; undefined if there is none. */
  async #whoIsIt(signal: AbortSignal): Promise<string | undefined> {
    const backoff = new Backoff(SYSTEM);
    while (this.session.state.get().status === 'unknown' && !signal.aborted) {
      try {
        await this.session.restore({ signal });
      } catch {
        await pause(SYSTEM, backoff.next(), signal);
      }
    }
    return this.session.account?.member;
  }

  /** What was loaded for one person is not for another. */
  #personChanged(): void {
    const member = this.session.account?.member;
    if (member === this.#known) return;
    const before = this.#known;
    this.#known = member;
    this.members.clear();
    if (before !== undefined) for (const live of [...this.#lives]) live.close();
  }

  #heard(event: LiveEvent): void {
    this.#freshness.heard(event);
    if (event.type === 'reset') this.members.clear();
    if (event.type !== 'changed') return;
    const { kind, name } = event.change;
    if (kind === Kind.MEMBER_CREATED || kind === Kind.MEMBER_UPDATED) this.members.forget(name);
  }
}

function transportOf(options: GuildhallOptions, delivery: Delivery, interceptors: Interceptor[]):
    Transport {
  if (options.transport) return options.transport(interceptors);
  const send = options.fetch ?? globalThis.fetch;
  return createConnectTransport({
    baseUrl: options.baseUrl,
    useBinaryFormat: true,
    interceptors,
    // The cookie goes to gateways of other origins too; with a bearer secret none goes anywhere.
    fetch: (input, init) => send(input,
        { ...init, credentials: delivery === 'cookie' ? 'include' : 'omit' }),
  });
}

function clientsOf(transport: Transport): Clients {
  return Object.fromEntries(Object.entries(SERVICES).map(([name, service]) =>
    [name, createClient(service as DescService, transport)])) as unknown as Clients;
}

function channelOf(baseUrl: string): Channel | undefined {
  if (!inPage || typeof BroadcastChannel === 'undefined') return undefined;
  return new BroadcastChannel(`guildhall-session ${baseUrl}`);
}

function commonsOfPage(): Commons | undefined {
  // Locks are missing where a page came without TLS (and not from this machine).
  const locks = inPage ? (navigator.locks as LockManager | undefined) : undefined;
  if (!locks || typeof BroadcastChannel === 'undefined') return undefined;
  return { locks, channel: (name) => new BroadcastChannel(name) };
}
