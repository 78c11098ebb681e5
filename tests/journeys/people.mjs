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

// Typed clients of all services at one gateway; `from` is the address from which they call, where
// the library lets us choose.
export function clientsAt(gateway, { way = USUAL, interceptors = [], from } = {}) {
  const transport = WAYS[way]({ baseUrl: stack.gateways[gateway], interceptors,
    nodeOptions: { localAddress: from } });
  return {
    identity: createClient(identity.IdentityService, transport),
    accounts: createClient(identity.AccountService, transport),
    accessTokens: createClient(identity.AccessTokenService, transport),
    passwords: createClient(identity.PasswordService, transport),
    emailChanges: createClient(identity.EmailChangeService, transport),
    accountInvitations: createClient(identity.AccountInvitationService, transport),
    directory: createClient(directory.DirectoryService, transport),
    bans: createClient(directory.BanService, transport),
    mutes: createClient(directory.MuteService, transport),
    charters: createClient(directory.CharterService, transport),
    memberships: createClient(directory.MembershipService, transport),
    joinRequests: createClient(directory.JoinRequestService, transport),
    invitations: createClient(directory.InvitationService, transport),
    memberModeration: createClient(directory.MemberModerationService, transport),
    memberSearch: createClient(directory.MemberSearchService, transport),
    communitySearch: createClient(directory.CommunitySearchService, transport),
    communityArchive: createClient(directory.CommunityArchiveService, transport),
    communityTemplates: createClient(directory.CommunityTemplateService, transport),
    discussions: createClient(discussions.DiscussionsService, transport),
    moderation: createClient(discussions.ModerationService, transport),
    carrying: createClient(discussions.CarryingService, transport),
    flags: createClient(discussions.FlagService, transport),
    reactions: createClient(discussions.ReactionService, transport),
    reading: createClient(discussions.ReadingService, transport),
    follows: createClient(discussions.FollowService, transport),
    ignores: createClient(discussions.IgnoreService, transport),
    feed: createClient(discussions.FeedService, transport),
    bookmarks: createClient(discussions.BookmarkService, transport),
    drafts: createClient(discussions.DraftService, transport),
    postSearch: createClient(discussions.PostSearchService, transport),
    history: createClient(discussions.HistoryService, transport),
    tags: createClient(discussions.TagService, transport),
    mentions: createClient(discussions.MentionService, transport),
    polls: createClient(discussions.PollService, transport),
    search: createClient(search.SearchService, transport),
    live: createClient(live.LiveService, transport),
  };
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

  get identity() { return this.at[0].identity; }
  get accounts() { return this.at[0].accounts; }
  get accessTokens() { return this.at[0].accessTokens; }
  get passwords() { return this.at[0].passwords; }
  get emailChanges() { return this.at[0].emailChanges; }
  get accountInvitations() { return this.at[0].accountInvitations; }
  get directory() { return this.at[0].directory; }
  get bans() { return this.at[0].bans; }
  get mutes() { return this.at[0].mutes; }
  get discussions() { return this.at[0].discussions; }
  get moderation() { return this.at[0].moderation; }
  get flags() { return this.at[0].flags; }
  get reactions() { return this.at[0].reactions; }
  get reading() { return this.at[0].reading; }
  get follows() { return this.at[0].follows; }
  get ignores() { return this.at[0].ignores; }
  get feed() { return this.at[0].feed; }
  get bookmarks() { return this.at[0].bookmarks; }
  get drafts() { return this.at[0].drafts; }
  get postSearch() { return this.at[0].postSearch; }
  get history() { return this.at[0].history; }
  get tags() { return this.at[0].tags; }
  get mentions() { return this.at[0].mentions; }
  get polls() { return this.at[0].polls; }
  get memberships() { return this.at[0].memberships; }
  get charters() { return this.at[0].charters; }
  get joinRequests() { return this.at[0].joinRequests; }
  get invitations() { return this.at[0].invitations; }
  get memberSearch() { return this.at[0].memberSearch; }
  get communitySearch() { return this.at[0].communitySearch; }
  get communityArchive() { return this.at[0].communityArchive; }
  get search() { return this.at[0].search; }

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
