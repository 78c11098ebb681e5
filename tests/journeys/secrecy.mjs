// What a caller may not see does not exist for it: answers are those for an id that was never given
// out, byte for byte.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { directory, discussions, search } from './contracts.mjs';
import { CUSTOMERS, Person } from './people.mjs';
import { assertNotFound } from './refusals.mjs';
import { askInAllProtocols } from './wire.mjs';

const { BanService, CharterService, CommunityArchiveService, DirectoryService, InvitationService,
  JoinRequestService, MemberSearchService, MembershipService, MuteService, Visibility } = directory;
const { BookmarkService, CarryingService, DiscussionsService, DraftService, FeedService, FlagService,
  FollowService, HistoryService, MentionService, ModerationService, PollService,
  PostSearchService, ReactionService, ReadingService, TagService } = discussions;
const { SearchService } = search;

// Every call that names a community, a topic or a post: the request for a given set of ids.
const CALLS = [
  [DirectoryService, 'GetCommunity', (it) => ({ name: it.community })],
  [DirectoryService, 'ListCommunities', (it) => ({ parent: it.community })],
  [DirectoryService, 'BatchGetCommunities', (it) => ({ names: [it.community] })],
  [MembershipService, 'JoinCommunity', (it) => ({ name: it.community, requestId: it.requestId })],
  [MembershipService, 'LeaveCommunity', (it) => ({ name: it.community, requestId: it.requestId })],
  [MembershipService, 'ListMemberships', (it) => ({ parent: it.community })],
  [MembershipService, 'GetStanding', (it) => ({ community: it.community })],
  [MembershipService, 'UpdateMembership', (it) => ({
    membership: { name: `${it.community}/memberships/${it.somebody}`, role: 2 },
    updateMask: { paths: ['role'] }, requestId: it.requestId })],
  [MembershipService, 'DeleteMembership', (it) => ({
    name: `${it.community}/memberships/${it.somebody}`, requestId: it.requestId })],
  ...['ArchiveCommunity', 'RestoreCommunity'].map((method) =>
    [CommunityArchiveService, method, (it) => ({ name: it.community, requestId: it.requestId })]),
  [CharterService, 'GetCharter', (it) => ({ community: it.community })],
  [CharterService, 'UpdateCharter', (it) => ({
    charter: { community: it.community, purpose: 'Found you' },
    updateMask: { paths: ['purpose'] }, requestId: it.requestId })],
  [MemberSearchService, 'SearchMembers', (it) => ({ community: it.community })],
  [JoinRequestService, 'CreateJoinRequest', (it) => ({
    parent: it.community, requestId: it.requestId })],
  [JoinRequestService, 'ListJoinRequests', (it) => ({ parent: it.community })],
  ...['ApproveJoinRequest', 'DeclineJoinRequest'].map((method) =>
    [JoinRequestService, method, (it) => ({
      name: `${it.community}/joinRequests/${it.somebody}`, requestId: it.requestId })]),
  [JoinRequestService, 'DeleteJoinRequest', (it) => ({
    name: `${it.community}/joinRequests/${it.self}`, requestId: it.requestId })],
  [InvitationService, 'CreateInvitation', (it) => ({ parent: it.community,
    invitation: { member: `members/${it.somebody}` }, requestId: it.requestId })],
  [InvitationService, 'ListInvitations', (it) => ({ parent: it.community })],
  [InvitationService, 'DeleteInvitation', (it) => ({
    name: `${it.community}/invitations/${it.somebody}`, requestId: it.requestId })],
  ...['AcceptInvitation', 'DeclineInvitation'].map((method) =>
    [InvitationService, method, (it) => ({
      name: `${it.community}/invitations/${it.self}`, requestId: it.requestId })]),
  [BanService, 'CreateBan', (it) => ({
    parent: it.community, ban: { member: `members/${it.somebody}` }, requestId: it.requestId })],
  [BanService, 'DeleteBan', (it) => ({
    name: `${it.community}/bans/${it.somebody}`, requestId: it.requestId })],
  [BanService, 'ListBans', (it) => ({ parent: it.community })],
  [MuteService, 'CreateMute', (it) => ({
    parent: it.community, mute: { member: `members/${it.somebody}` }, requestId: it.requestId })],
  [MuteService, 'DeleteMute', (it) => ({
    name: `${it.community}/mutes/${it.somebody}`, requestId: it.requestId })],
  [MuteService, 'ListMutes', (it) => ({ parent: it.community })],
  [DirectoryService, 'UpdateCommunity', (it) => ({
    community: { name: it.community, description: 'Found you' },
    updateMask: { paths: ['description'] }, requestId: it.requestId })],
  [DirectoryService, 'CreateCommunity', (it) => ({
    community: { parent: it.community, displayName: `Under ${it.requestId}`, kind: 1,
      visibility: Visibility.SECRET }, requestId: it.requestId })],
  [DiscussionsService, 'ListTopics', (it) => ({ parent: it.community })],
  [DiscussionsService, 'CreateTopic', (it) => ({
    parent: it.community, topic: { title: 'Knock' }, markdown: 'Knock', requestId: it.requestId })],
  [DiscussionsService, 'GetTopic', (it) => ({ name: it.topic })],
  [DiscussionsService, 'UpdateTopic', (it) => ({
    topic: { name: it.topic, title: 'Mine' }, updateMask: { paths: ['title'] },
    requestId: it.requestId })],
  [DiscussionsService, 'DeleteTopic', (it) => ({ name: it.topic, requestId: it.requestId })],
  [DiscussionsService, 'CreatePost', (it) => ({
    parent: it.topic, post: { markdown: 'Knock' }, requestId: it.requestId })],
  [DiscussionsService, 'CreatePost', (it) => ({ parent: it.topic, requestId: it.requestId,
    post: { markdown: 'Knock', quotes: [{ post: it.post, text: 'Knock' }] } })],
  [DiscussionsService, 'ListPosts', (it) => ({ parent: it.topic })],
  [DiscussionsService, 'GetPost', (it) => ({ name: it.post })],
  [DiscussionsService, 'GetPost', (it) => ({ name: `${it.topic}/posts/1` })],
  [DiscussionsService, 'UpdatePost', (it) => ({
    post: { name: it.post, markdown: 'Mine' }, updateMask: { paths: ['markdown'] },
    requestId: it.requestId })],
  [DiscussionsService, 'DeletePost', (it) => ({ name: it.post, requestId: it.requestId })],
  [DiscussionsService, 'UpdateReadState', (it) => ({
    readState: { topic: it.topic, lastReadNumber: 1 } })],
  [DiscussionsService, 'BatchGetReadStates', (it) => ({ topics: [it.topic] })],
  [ModerationService, 'ModerateTopic', (it) => ({
    topic: { name: it.topic, closed: true }, updateMask: { paths: ['closed'] },
    requestId: it.requestId })],
  [ModerationService, 'MoveTopic', (it) => ({
    name: it.topic, destination: it.community, requestId: it.requestId })],
  [CarryingService, 'SplitTopic', (it) => ({
    name: it.topic, posts: [it.post], title: 'Found you', requestId: it.requestId })],
  [CarryingService, 'MergeTopics', (it) => ({
    name: it.topic, destination: it.topic, requestId: it.requestId })],
  [ModerationService, 'RemoveTopic', (it) => ({
    name: it.topic, reason: 'Mine', requestId: it.requestId })],
  [ModerationService, 'RemovePost', (it) => ({
    name: it.post, reason: 'Mine', requestId: it.requestId })],
  [ModerationService, 'RestoreTopic', (it) => ({ name: it.topic, requestId: it.requestId })],
  [ModerationService, 'RestorePost', (it) => ({ name: it.post, requestId: it.requestId })],
  [ModerationService, 'ListRemovals', (it) => ({ parent: it.community })],
  [FlagService, 'CreateFlag', (it) => ({
    parent: it.post, flag: { kind: 1 }, requestId: it.requestId })],
  [FlagService, 'DeleteFlag', (it) => ({ post: it.post })],
  [FlagService, 'ListReviews', (it) => ({ parent: it.community })],
  [FlagService, 'ListDecidedReviews', (it) => ({ parent: it.community })],
  [FlagService, 'DismissFlags', (it) => ({ name: it.post, requestId: it.requestId })],
  [ReactionService, 'CreateReaction', (it) => ({
    parent: it.post, reaction: { kind: 1 }, requestId: it.requestId })],
  [ReactionService, 'DeleteReaction', (it) => ({
    parent: it.post, kind: 1, requestId: it.requestId })],
  [ReactionService, 'ListReactions', (it) => ({ parent: it.post })],
  [ReactionService, 'BatchGetReactions', (it) => ({ posts: [it.post] })],
  [ReadingService, 'MarkCommunitiesRead', (it) => ({ communities: [it.community] })],
  [ReadingService, 'BatchGetUnreadCounts', (it) => ({ communities: [it.community] })],
  [ReadingService, 'ListUnreadTopics', (it) => ({ communities: [it.community] })],
  [ReadingService, 'BatchGetTopics', (it) => ({ names: [it.topic] })],
  [ReadingService, 'BatchGetPosts', (it) => ({ names: [it.post, `${it.topic}/posts/1`] })],
  [ReadingService, 'RewindReadState', (it) => ({ readState: { topic: it.topic } })],
  [FollowService, 'UpdateTopicFollow', (it) => ({ topicFollow: { topic: it.topic, level: 1 } })],
  [FollowService, 'UpdateCommunityFollow', (it) => ({
    communityFollow: { community: it.community, level: 1 } })],
  [FollowService, 'DeleteTopicFollow', (it) => ({ topic: it.topic })],
  [FollowService, 'DeleteCommunityFollow', (it) => ({ community: it.community })],
  [FollowService, 'BatchGetFollows', (it) => ({
    topics: [it.topic], communities: [it.community] })],
  [FeedService, 'ListFeed', (it) => ({ communities: [it.community] })],
  [BookmarkService, 'CreateBookmark', (it) => ({ bookmark: { post: it.post } })],
  [BookmarkService, 'DeleteBookmark', (it) => ({ post: it.post })],
  [BookmarkService, 'BatchGetBookmarks', (it) => ({ posts: [it.post] })],
  ...['community', 'topic', 'post'].flatMap((kind) => [
    [DraftService, 'GetDraft', (it) => ({ place: it[kind] })],
    [DraftService, 'DeleteDraft', (it) => ({ place: it[kind] })],
  ]),
  [TagService, 'ListTags', (it) => ({ parent: it.community })],
  [TagService, 'ListTaggedTopics', (it) => ({ parent: it.community, tag: 'x' })],
  [MentionService, 'ListMyMentions', (it) => ({ communities: [it.community] })],
  [PollService, 'GetPoll', (it) => ({ topic: it.topic })],
  [PollService, 'ListVotes', (it) => ({ topic: it.topic })],
  [PollService, 'CastVote', (it) => ({ topic: it.topic, options: [1], requestId: it.requestId })],
  [PollService, 'WithdrawVote', (it) => ({ topic: it.topic, requestId: it.requestId })],
  ...['UpdatePoll', 'ModeratePoll'].map((method) =>
    [PollService, method, (it) => ({
      poll: { topic: it.topic, closed: true }, updateMask: { paths: ['closed'] },
      requestId: it.requestId })]),
  [HistoryService, 'ListRevisions', (it) => ({ parent: it.post })],
  [PostSearchService, 'SearchPosts', (it) => ({ query: 'knows', communities: [it.community] })],
  [SearchService, 'Search', (it) => ({ query: 'knows', communities: [it.community] })],
];

// These answer without what there is not; all others with NOT_FOUND.
const LEAVES_OUT =
    ['ListCommunities', 'BatchGetCommunities', 'BatchGetReadStates', 'SearchMembers',
      'BatchGetTopics', 'BatchGetPosts', 'BatchGetReactions', 'MarkCommunitiesRead', 'BatchGetUnreadCounts',
      'ListUnreadTopics', 'BatchGetFollows', 'ListFeed',
      'DeleteBookmark', 'BatchGetBookmarks', 'DeleteDraft', 'DeleteFlag', 'DeleteTopicFollow',
      'DeleteCommunityFollow',
      'ListMyMentions', 'SearchPosts', 'Search'];

// Name no community, topic or post: what they tell is asked by tests/security/two_worlds.mjs. A draft
// is taken for any place, and its answer says nothing but what was sent.
const NAME_NONE = ['DirectoryService.GetMember', 'DirectoryService.BatchGetMembers',
  'DirectoryService.UpdateMember', 'DirectoryService.ListMyCommunities',
  'JoinRequestService.ListMyJoinRequests', 'InvitationService.ListMyInvitations',
  'MuteService.ListMyMutes', 'CharterService.ListOverdueCharters',
  'MemberSearchService.ListFacetValues', 'CommunityTemplateService.ListCommunityTemplates',
  'CommunitySearchService.SearchCommunities', 'ModerationService.ListMyRemovals',
  'FlagService.ListMyFlags', 'FollowService.ListFollowedTopics',
  'FollowService.ListFollowedCommunities', 'FollowService.ListFollowedTags',
  'FollowService.UpdateTagFollow', 'FollowService.DeleteTagFollow', 'IgnoreService.CreateIgnore',
  'IgnoreService.DeleteIgnore', 'IgnoreService.ListIgnores',
  'FeedService.ListActiveCommunities', 'BookmarkService.ListBookmarks', 'DraftService.ListDrafts',
  'DraftService.UpdateDraft', 'TagService.GetSuggestedSkills'];

test('every method of communities and what is in them is asked here, or names none', () => {
  const methods = [directory, discussions, search].flatMap(Object.values)
      .filter(({ kind }) => kind === 'service').flatMap((service) =>
        service.methods.map(({ name }) => `${service.name}.${name}`));
  const asked = CALLS.map(([service, method]) => `${service.name}.${method}`);
  assert.deepEqual([...new Set([...asked, ...NAME_NONE])].toSorted(), methods.toSorted());
  assert.deepEqual(asked.filter((name) => NAME_NONE.includes(name)), []);
});

function neverGivenOut() {
  const topic = `topics/${randomUUID()}`;
  return { community: `communities/${randomUUID()}`, topic, post: `${topic}/posts/${randomUUID()}`,
    somebody: randomUUID(), requestId: randomUUID() };
}

// Until a search answers with the post: before, it would be hidden from nobody.
async function isFound(reader, { name }, community) {
  const end = Date.now() + 15_000;
  const request = { query: 'knows', communities: [community.name] };
  const answer = async () => (await reader.postSearch.searchPosts(request)).results;
  while (!(await answer()).some(({ post }) => post === name)) {
    assert.ok(Date.now() < end, 'it is not found');
    await pause(50);
  }
}

const idOf = (name) => name.split('/').at(-1);

// The same request id in all four protocols is the same request; in the other case it is not.
const fresh = (it) => ({ ...it, requestId: randomUUID() });

describe('a SECRET community', () => {
  const personas = {};
  let secret;

  before(async () => {
    const founder = await Person.join();
    const community = await founder.found({ visibility: Visibility.SECRET });
    const topic = await founder.open(community);
    const post = await founder.post(topic, 'Nobody knows.');
    await isFound(founder, post, community);
    secret = { community: community.name, topic: topic.name, post: post.name,
      somebody: idOf(founder.name) };
    personas.employee = await Person.join();
    personas.customer = await Person.join({ domain: CUSTOMERS });
    personas.founder = founder;
  });

  for (const [index, [service, method, request]] of CALLS.entries()) {
    test(`does not exist in ${method} (${index})`, async () => {
      for (const who of ['employee', 'customer']) {
        const { secret: key, name } = personas[who];
        const ask = (it) =>
          askInAllProtocols(service, method, request({ ...it, self: idOf(name) }), key);
        const answers = await ask(neverGivenOut());
        assert.deepEqual(await ask(fresh(secret)), answers, who);
        assert.match(answers['application/json'], LEAVES_OUT.includes(method) ? /^200 / : /^404 /);
      }
    });
  }

  test('is on no page of a list', async () => {
    for (const who of ['employee', 'customer']) {
      const { communities } = await personas[who].directory.listCommunities({ pageSize: 100 });
      assert.ok(communities.every((each) => each.visibility !== Visibility.SECRET), who);
    }
  });

  test('is found by nobody else, whatever is asked', async () => {
    const word = `Vault${randomUUID().replaceAll('-', '').slice(0, 8)}`;
    await personas.founder.found({ displayName: word, visibility: Visibility.SECRET });
    for (const who of ['employee', 'customer']) {
      const ask = async (query) =>
        (await personas[who].communitySearch.searchCommunities({ query })).communities;
      assert.deepEqual(await ask(word), [], who);
      assert.deepEqual(await ask(word.replace('ault', 'alut')), [], who);
    }
    const [found] = (await personas.founder.communitySearch.searchCommunities({ query: word }))
        .communities;
    assert.equal(found.displayName, word);
  });

  test('leaves its name to others', async () => {
    const displayName = `Nightshift ${randomUUID()}`;
    await personas.founder.found({ displayName, visibility: Visibility.SECRET });
    assert.equal((await personas.employee.found({ displayName })).displayName, displayName);
  });

  test('is there for its member', async () => {
    const { founder } = personas;
    assert.equal((await founder.directory.getCommunity({ name: secret.community })).name,
        secret.community);
    assert.equal((await founder.at[1].discussions.getPost({ name: secret.post })).number, 2);
    const { readStates } = await founder.discussions.batchGetReadStates({ topics: [secret.topic] });
    assert.equal(readStates.length, 1);
  });
});

describe('an OPEN community for everybody', () => {
  const banned = {};
  let open;

  before(async () => {
    const founder = await Person.join();
    const { Admits } = directory;
    const above = await founder.found({ admits: Admits.EVERYONE });
    const community = await founder.found({ admits: Admits.EVERYONE, parent: above.name });
    const topic = await founder.open(community);
    const post = await founder.post(topic, 'Everybody knows.');
    await isFound(founder, post, community);
    open = { community: community.name, topic: topic.name, post: post.name,
      somebody: idOf(founder.name) };
    banned['an employee'] = { person: await Person.join(), from: community };
    banned['a customer'] = { person: await Person.join({ domain: CUSTOMERS }), from: above };
    banned['a member'] = { person: await Person.join(), from: above };
    await banned['a member'].person.join(community);
    for (const { person, from } of Object.values(banned)) {
      await person.directory.getCommunity({ name: open.community });
      await founder.bans.createBan(
          { parent: from.name, ban: { member: person.name }, requestId: randomUUID() });
    }
  });

  for (const [index, [service, method, request]] of CALLS.entries()) {
    test(`does not exist in ${method} for whoever is banned (${index})`, async () => {
      for (const [who, { person }] of Object.entries(banned)) {
        const ask = (it) => askInAllProtocols(service, method,
            request({ ...it, self: idOf(person.name) }), person.secret);
        const answers = await ask(neverGivenOut());
        assert.deepEqual(await ask(fresh(open)), answers, who);
        assert.match(answers['application/json'], LEAVES_OUT.includes(method) ? /^200 / : /^404 /);
      }
    });
  }

  test('is on no page of a list for whoever is banned', async () => {
    for (const [who, { person }] of Object.entries(banned)) {
      for (const list of ['listCommunities', 'listMyCommunities']) {
        let pageToken = '';
        do {
          const page = await person.directory[list]({ pageSize: 100, pageToken });
          const names = page.communities.map((each) => (each.community ?? each).name);
          assert.ok(!names.includes(open.community), `${who}: ${list}`);
          pageToken = page.nextPageToken;
        } while (pageToken);
      }
    }
  });

  test('is there for everybody else', async () => {
    const stranger = await Person.join();
    assert.equal((await stranger.discussions.getPost({ name: open.post })).number, 2);
  });

  test('is there again when a ban has ended by itself', async () => {
    const [founder, guest] = [await Person.join(), await Person.join()];
    const community = await founder.found();
    const get = () => guest.directory.getCommunity({ name: community.name });
    await get();
    await founder.bans.createBan({ parent: community.name, requestId: randomUUID(), ban: {
      member: guest.name,
      expireTime: timestampFromMs(Date.now() + 3000),
    } });
    await assertNotFound(get());
    const end = Date.now() + 20_000;
    while (await get().then(() => false, () => true)) {
      assert.ok(Date.now() < end, 'the ban does not end');
      await pause(100);
    }
    assert.deepEqual((await founder.bans.listBans({ parent: community.name })).bans, []);
  });
});
