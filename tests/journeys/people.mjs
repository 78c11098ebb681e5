// People with accounts, and the ways in which their programs and browsers speak to a gateway: all
// of them clients that the Connect project wrote.
import { createClient } from '@connectrpc/connect';
import * as node from '@connectrpc/connect-node';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import * as web from '@connectrpc/connect-web';
import { randomInt, randomUUID } from 'node:crypto';
import { directory, discussions, identity, live, search } from './contracts.mjs';
import { stack } from './stack.mjs';

// What the gateway speaks, by who speaks it. "web" is a browser's library over fetch.
export const WAYS = {
  'gRPC-web': (options) => node.createGrpcWebTransport({ httpVersion: '1.1', ...options }),
  'Connect with protobuf': (options) =>
      node.createConnectTransport({ httpVersion: '1.1', useBinaryFormat: true, ...options }),
  'Connect with JSON': (options) =>
      node.createConnectTransport({ httpVersion: '1.1', useBinaryFormat: false, ...options }),
  'gRPC-web of a browser': (options) => web.createGrpcWebTransport(options),
  'Connect of a browser': (options) => web.createConnectTransport(options),
};
const USUAL = 'gRPC-web';

export const PASSWORD = 'the kettle hums in B flat';
export const EMPLOYEES = 'quernember.example';
export const CUSTOMERS = 'bakery.example';

// Addresses of this machine, of which 127.0.0.0/8 has many. People come from networks of their own:
// sign-ups and strangers' calls are counted by network.
let count = 0;
export const nextAddress = () => `127.${1 + (++count >> 8)}.${count & 255}.${1 + randomInt(250)}`;

const SERVICES = {
  identity: identity.IdentityService,
  accounts: identity.AccountService,
  accessTokens: identity.AccessTokenService,
  passwords: identity.PasswordService,
  emailChanges: identity.EmailChangeService,
  accountInvitations: identity.AccountInvitationService,
  directory: directory.DirectoryService,
  bans: directory.BanService,
  mutes: directory.MuteService,
  charters: directory.CharterService,
  memberships: directory.MembershipService,
  joinRequests: directory.JoinRequestService,
  invitations: directory.InvitationService,
  memberModeration: directory.MemberModerationService,
  memberSearch: directory.MemberSearchService,
  communitySearch: directory.CommunitySearchService,
  communityArchive: directory.CommunityArchiveService,
  communityTemplates: directory.CommunityTemplateService,
  discussions: discussions.DiscussionsService,
  moderation: discussions.ModerationService,
  carrying: discussions.CarryingService,
  flags: discussions.FlagService,
  reactions: discussions.ReactionService,
  reading: discussions.ReadingService,
  follows: discussions.FollowService,
  ignores: discussions.IgnoreService,
  feed: discussions.FeedService,
  bookmarks: discussions.BookmarkService,
  drafts: discussions.DraftService,
  postSearch: discussions.PostSearchService,
  history: discussions.HistoryService,
  tags: discussions.TagService,
  mentions: discussions.MentionService,
  polls: discussions.PollService,
  search: search.SearchService,
  live: live.LiveService,
};

// Typed clients of all services at one gateway; `from` is the address from which they call, where
// the library lets us choose.
export function clientsAt(gateway, { way = USUAL, interceptors = [], from } = {}) {
  const transport = WAYS[way]({ baseUrl: stack.gateways[gateway], interceptors,
    nodeOptions: { localAddress: from } });
  return Object.fromEntries(Object.entries(SERVICES)
    .map(([name, service]) => [name, createClient(service, transport)]));
}

export function bearer(secret) {
  return (next) => (request) => {
    request.header.set('authorization', `Bearer ${secret}`);
    return next(request);
  };
}

// Clients of all services at one gateway that send a session's secret.
export function signedInAt(gateway, secret, options) {
  return clientsAt(gateway, { ...options, interceptors: [bearer(secret)] });
}

// Somebody with an account and one session, at both gateways: `person.at[0].directory.getMember()`.
export class Person {
  from = nextAddress();

  static async join({ domain = EMPLOYEES, name = 'Ada Quist' } = {}) {
    const person = new Person();
    person.email = `${randomUUID()}@${domain}`;
    person.account = await person.#stranger(count % 2).identity.signUp({
      email: person.email, password: PASSWORD, displayName: name, requestId: randomUUID(),
    });
    person.name = person.account.member;
    person.secret = (await person.signIn()).sessionSecret;
    return person;
  }

  // Somebody whom an operator has made an administrator of the organization.
  static async administrator() {
    const person = await Person.join();
    const secret = await stack.operate('identity', 'issue-administrator-secret');
    await person.accounts.claimAdministrator({ secret, requestId: randomUUID() });
    return person;
  }

  // One of the demo organization, who has communities and topics.
  static async ofDemo(email, password) {
    const person = new Person();
    Object.assign(person, { email, password });
    const answer = await person.signIn();
    person.secret = answer.sessionSecret;
    person.account = await person.at[0].identity.getMe({});
    person.name = person.account.member;
    return person;
  }

  signIn({ gateway = 0, password = this.password ?? PASSWORD, ...more } = {}) {
    return this.#stranger(gateway).identity.signIn({
      email: this.email, password, delivery: identity.SessionDelivery.BEARER,
      requestId: randomUUID(), ...more,
    });
  }

  #stranger(gateway) {
    return clientsAt(gateway, { from: this.from });
  }

  get at() {
    return stack.gateways.map((_, gateway) =>
      signedInAt(gateway, this.secret, { from: this.from }));
  }

  // Makes an access token, for a day and for writing unless said otherwise: `{ accessToken, secret }`.
  async makeToken({ scope = identity.AccessTokenScope.WRITE, seconds = 24 * 3600 } = {}) {
    return this.at[0].accessTokens.createAccessToken({
      accessToken: { displayName: 'Nightly build', scope,
        expireTime: timestampFromMs(Date.now() + seconds * 1000) },
      currentPassword: this.password ?? PASSWORD, requestId: randomUUID(),
    });
  }

  // Founds a community: OPEN, for employees and of interest, unless said otherwise.
  found(community = {}) {
    return this.directory.createCommunity({
      community: {
        displayName: `Choir ${randomUUID()}`,
        kind: directory.CommunityKind.INTEREST,
        visibility: directory.Visibility.OPEN,
        admits: directory.Admits.EMPLOYEES,
        ...community,
      },
      requestId: randomUUID(),
    });
  }

  join(community) {
    return this.memberships.joinCommunity({ name: community.name, requestId: randomUUID() });
  }

  askToJoin(community) {
    return this.joinRequests.createJoinRequest(
        { parent: community.name, joinRequest: { message: 'I sing.' }, requestId: randomUUID() });
  }

  invite(community, { name: member }) {
    return this.invitations.createInvitation(
        { parent: community.name, invitation: { member }, requestId: randomUUID() });
  }

  // Gives somebody who belongs to a community a role there.
  give(community, { name }, role) {
    return this.memberships.updateMembership({
      membership: { name: `${community.name}/memberships/${name.split('/').at(-1)}`, role },
      updateMask: { paths: ['role'] },
      requestId: randomUUID(),
    });
  }

  open(community, title = 'Who brings the tuning fork?', markdown = 'I lost mine.') {
    return this.discussions.createTopic({
      parent: community.name, topic: { title }, markdown, requestId: randomUUID(),
    });
  }

  // Opens a topic with a poll: a named one with a single choice, unless said otherwise.
  openPoll(community, { title = 'Which piece first?', texts = ['The round', 'The mass'],
    ballot = discussions.PollBallot.NAMED, ...poll } = {}) {
    return this.discussions.createTopic({
      parent: community.name, topic: { title, kind: discussions.TopicKind.POLL },
      markdown: 'Until Thursday.', requestId: randomUUID(),
      poll: { options: texts.map((text) => ({ text })), ballot, ...poll },
    });
  }

  post(topic, markdown, { gateway = 0, requestId = randomUUID() } = {}) {
    return this.at[gateway].discussions.createPost({
      parent: topic.name, post: { markdown }, requestId,
    });
  }
}

// `person.directory` is `person.at[0].directory`.
for (const name of Object.keys(SERVICES)) {
  Object.defineProperty(Person.prototype, name, { get() { return this.at[0][name]; } });
}
