// What is asked about communities, topics and posts that a caller may not see (hidden_communities.mjs
// asks it): every method that names one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directory, discussions, search } from './contracts.mjs';

const { BanService, CharterService, CommunityArchiveService, DirectoryService, InvitationService,
  JoinRequestService, MemberSearchService, MembershipService, MuteService, Visibility } = directory;
const { BookmarkService, CarryingService, DiscussionsService, DraftService, FeedService, FlagService,
  FollowService, HistoryService, MentionService, ModerationService, PollService,
  PostSearchService, ReactionService, ReadingService, TagService } = discussions;
const { SearchService } = search;

// Every call that names a community, a topic or a post: the request for a given set of ids.
export const CALLS = [
  [DirectoryService, 'GetCommunity', (it) => ({ name: it.community })],
  [DirectoryService, 'ListCommunities', (it) => ({ parent: it.community })],
  [DirectoryService, 'ListCommunities', (it) => ({ ancestor: it.community })],
  [DirectoryService, 'BatchGetCommunities', (it) => ({ names: [it.community] })],
  [MembershipService, 'JoinCommunity', (it) => ({ name: it.community, requestId: it.requestId })],
  [MembershipService, 'LeaveCommunity', (it) => ({ name: it.community, requestId: it.requestId })],
  [MembershipService, 'ListMemberships', (it) => ({ parent: it.community })],
  [MembershipService, 'GetMembership', (it) => ({
    name: `${it.community}/memberships/${it.somebody}` })],
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
  [BanService, 'GetBan', (it) => ({ name: `${it.community}/bans/${it.kept}` })],
  [BanService, 'ListBans', (it) => ({ parent: it.community })],
  [MuteService, 'CreateMute', (it) => ({
    parent: it.community, mute: { member: `members/${it.somebody}` }, requestId: it.requestId })],
  [MuteService, 'DeleteMute', (it) => ({
    name: `${it.community}/mutes/${it.somebody}`, requestId: it.requestId })],
  [MuteService, 'GetMute', (it) => ({ name: `${it.community}/mutes/${it.kept}` })],
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
    name: it.topic, destination: it.community, reason: 'Mine', requestId: it.requestId })],
  [CarryingService, 'SplitTopic', (it) => ({
    name: it.topic, posts: [it.post], title: 'Found you', requestId: it.requestId })],
  [CarryingService, 'MergeTopics', (it) => ({
    name: it.topic, destination: it.topic, requestId: it.requestId })],
  [ModerationService, 'RemoveTopic', (it) => ({
    name: it.topic, reason: 'Mine', requestId: it.requestId })],
  [ModerationService, 'RemovePost', (it) => ({
    name: it.post, reason: 'Mine', requestId: it.requestId })],
  [ModerationService, 'ModeratePost', (it) => ({
    post: { name: it.post, markdown: 'Mine' }, updateMask: { paths: ['markdown'] }, reason: 'Mine',
    requestId: it.requestId })],
  [ModerationService, 'ForgetRevisions', (it) => ({
    name: it.post, reason: 'Mine', requestId: it.requestId })],
  [ModerationService, 'RestoreTopic', (it) => ({ name: it.topic, requestId: it.requestId })],
  [ModerationService, 'RestorePost', (it) => ({ name: it.post, requestId: it.requestId })],
  [ModerationService, 'ListRemovedPosts', (it) => ({ parent: it.removed })],
  [ModerationService, 'ListRemovals', (it) => ({ parent: it.community })],
  [FlagService, 'CreateFlag', (it) => ({
    parent: it.post, flag: { kind: 1 }, requestId: it.requestId })],
  [FlagService, 'DeleteFlag', (it) => ({ post: it.post })],
  [FlagService, 'ListReviews', (it) => ({ parent: it.community })],
  [FlagService, 'ListWaitingReviews', (it) => ({ communities: [it.community] })],
  [FlagService, 'BatchGetReviewCounts', (it) => ({ communities: [it.community] })],
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
  [FeedService, 'ListFeed', (it) => ({ communities: [it.community], kind: 1 })],
  [FeedService, 'ListFeed', (it) => ({ communities: [it.community], filter: 1 })],
  [FeedService, 'ListFeed', (it) => ({ communities: [it.community], tag: 'rye' })],
  [BookmarkService, 'CreateBookmark', (it) => ({ bookmark: { post: it.post } })],
  [BookmarkService, 'DeleteBookmark', (it) => ({ post: it.post })],
  [BookmarkService, 'BatchGetBookmarks', (it) => ({ posts: [it.post] })],
  ...['community', 'topic', 'post'].flatMap((kind) => [
    [DraftService, 'GetDraft', (it) => ({ place: it[kind] })],
    [DraftService, 'DeleteDraft', (it) => ({ place: it[kind] })],
  ]),
  [TagService, 'ListTags', (it) => ({ parent: it.community })],
  [TagService, 'GetMostUsedTags', (it) => ({ communities: [it.community] })],
  [TagService, 'GetSuggestedSkills', (it) => ({ communities: [it.community] })],
  [TagService, 'ListTaggedTopics', (it) => ({ parent: it.community, tag: 'rye' })],
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
export const LEAVES_OUT =
    ['ListCommunities', 'BatchGetCommunities', 'BatchGetReadStates', 'SearchMembers',
      'BatchGetTopics', 'BatchGetPosts', 'GetMostUsedTags', 'GetSuggestedSkills',
      'BatchGetReactions',
      'MarkCommunitiesRead', 'BatchGetUnreadCounts',
      'ListUnreadTopics', 'BatchGetFollows', 'ListFeed',
      'ListWaitingReviews', 'BatchGetReviewCounts',
      'DeleteBookmark', 'BatchGetBookmarks', 'DeleteDraft', 'DeleteFlag', 'DeleteTopicFollow',
      'DeleteCommunityFollow',
      'ListMyMentions', 'SearchPosts', 'Search'];

// Name no community, topic or post: what they tell is asked by tests/security/two_worlds.mjs. A draft
// is taken for any place, and its answer says nothing but what was sent.
const NAME_NONE = ['DirectoryService.GetMember', 'DirectoryService.BatchGetMembers',
  'DirectoryService.UpdateMember', 'DirectoryService.ListMyCommunities',
  'JoinRequestService.ListWaitingJoinRequests', 'JoinRequestService.GetWaitingJoinRequestCount',
  'JoinRequestService.ListMyJoinRequests', 'InvitationService.ListMyInvitations',
  'MembershipService.ListMemberCommunities',
  'MembershipService.ListOwnerlessCommunities', 'MuteService.ListMyMutes',
  'CharterService.ListOverdueCharters', 'MemberModerationService.ModerateMember',
  'MemberModerationService.ListProfileRemovals', 'MemberModerationService.ListMyProfileRemovals',
  'MemberSearchService.ListFacetValues', 'CommunityTemplateService.ListCommunityTemplates',
  'CommunitySearchService.SearchCommunities', 'ModerationService.ListMyRemovals',
  'FlagService.ListMyFlags', 'FollowService.ListFollowedTopics',
  'FollowService.ListFollowedCommunities', 'FollowService.ListFollowedTags',
  'FollowService.UpdateTagFollow', 'FollowService.DeleteTagFollow', 'IgnoreService.CreateIgnore',
  'IgnoreService.DeleteIgnore', 'IgnoreService.ListIgnores',
  'FeedService.ListActiveCommunities', 'BookmarkService.ListBookmarks', 'DraftService.ListDrafts',
  'DraftService.UpdateDraft', 'DraftService.GetPreview'];

test('every method of communities and what is in them is asked here, or names none', () => {
  const methods = [directory, discussions, search].flatMap(Object.values)
      .filter(({ kind }) => kind === 'service').flatMap((service) =>
        service.methods.map(({ name }) => `${service.name}.${name}`));
  const asked = CALLS.map(([service, method]) => `${service.name}.${method}`);
  assert.deepEqual([...new Set([...asked, ...NAME_NONE])].toSorted(), methods.toSorted());
  assert.deepEqual(asked.filter((name) => NAME_NONE.includes(name)), []);
});
