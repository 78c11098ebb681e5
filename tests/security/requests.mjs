// A request for each method that somebody outside may call: what it is about is the world's, the
// rest is harmless.
//
// Writes carry a request id that is none: whoever may make them is refused with FIELD_INVALID for
// it, and nothing changes. So every cell can be asked in any order, and a denial is seen to come
// before anything that looks at the request.
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { directory, identity } from '../journeys/contracts.mjs';

const NO_ID = 'none';
// A member's id that was never given out.
const SOMEBODY = '018f0000-0000-7000-8000-000000000001';
// What everybody who is asked keeps for itself.
export const DRAFT = { place: `topics/${SOMEBODY}`, markdown: 'Not yet' };
// What calls are about that are refused whatever they are about.
export const NOTHING = { self: '', community: '', membership: '', ban: '', mute: '', topic: '',
  post: '', poll: '', session: '', accessToken: '' };
export const ENDS_SESSION = 'IdentityService.SignOut';
const mask = (...paths) => ({ paths });

// By method: [request for a target, the answer to whoever may: "OK" or a reason].
const read = (request) => [request, 'OK'];
const write = (request) => [(it) => ({ ...request(it), requestId: NO_ID }), 'FIELD_INVALID'];

export const REQUESTS = {
  'DirectoryService.GetMember': read(() => ({ name: 'members/me' })),
  'DirectoryService.BatchGetMembers': read(() => ({ names: [] })),
  'DirectoryService.UpdateMember': write((it) => ({
    member: { name: it.self, headline: 'x' }, updateMask: mask('headline') })),
  'DirectoryService.CreateCommunity': write((it) => ({
    community: { parent: it.community, displayName: 'Below', kind: directory.CommunityKind.PROJECT,
      visibility: directory.Visibility.SECRET } })),
  'DirectoryService.GetCommunity': read((it) => ({ name: it.community })),
  'DirectoryService.BatchGetCommunities': read(() => ({ names: [] })),
  'DirectoryService.ListCommunities': read(() => ({})),
  'DirectoryService.ListMyCommunities': read(() => ({})),
  'DirectoryService.UpdateCommunity': write((it) => ({
    community: { name: it.community, description: 'x' }, updateMask: mask('description') })),
  'MembershipService.JoinCommunity': write((it) => ({ name: it.community })),
  'MembershipService.LeaveCommunity': write((it) => ({ name: it.community })),
  'MembershipService.ListMemberships': read((it) => ({ parent: it.community })),
  'MembershipService.GetMembership': read((it) => ({ name: it.membership })),
  'MembershipService.ListMemberCommunities': read(() => ({ member: 'members/me' })),
  'MembershipService.GetStanding': read((it) => ({ community: it.community })),
  'MembershipService.ListOwnerlessCommunities': read(() => ({})),
  'MembershipService.UpdateMembership': write((it) => ({
    membership: { name: `${it.community}/memberships/${SOMEBODY}`, role: directory.Role.MODERATOR },
    updateMask: mask('role') })),
  'MembershipService.DeleteMembership': write((it) => ({
    name: `${it.community}/memberships/${SOMEBODY}` })),
  'CharterService.GetCharter': read((it) => ({ community: it.community })),
  'CharterService.UpdateCharter': write((it) => ({
    charter: { community: it.community, purpose: 'x' }, updateMask: mask('purpose') })),
  'CharterService.ListOverdueCharters': read(() => ({})),
  'MemberModerationService.ModerateMember': write((it) => ({
    member: { name: it.self }, updateMask: mask('headline'), reason: 'x' })),
  'MemberModerationService.ListProfileRemovals': read((it) => ({ parent: it.self })),
  'MemberModerationService.ListMyProfileRemovals': read(() => ({})),
  'MemberSearchService.SearchMembers': read(() => ({ query: 'x' })),
  'MemberSearchService.ListFacetValues': read(() => ({ facet: directory.Facet.SKILL })),
  'JoinRequestService.CreateJoinRequest': write((it) => ({
    parent: it.community, joinRequest: { message: 'x' } })),
  'JoinRequestService.ListJoinRequests': read((it) => ({ parent: it.community })),
  'JoinRequestService.ListWaitingJoinRequests': read(() => ({})),
  'JoinRequestService.GetWaitingJoinRequestCount': read(() => ({})),
  'JoinRequestService.ListMyJoinRequests': read(() => ({})),
  'JoinRequestService.ApproveJoinRequest': write((it) => ({
    name: `${it.community}/joinRequests/${SOMEBODY}` })),
  'JoinRequestService.DeclineJoinRequest': write((it) => ({
    name: `${it.community}/joinRequests/${SOMEBODY}` })),
  'JoinRequestService.DeleteJoinRequest': write((it) => ({
    name: `${it.community}/joinRequests/${SOMEBODY}` })),
  'InvitationService.CreateInvitation': write((it) => ({
    parent: it.community, invitation: { member: `members/${SOMEBODY}` } })),
  'InvitationService.ListInvitations': read((it) => ({ parent: it.community })),
  'InvitationService.ListMyInvitations': read(() => ({})),
  'InvitationService.DeleteInvitation': write((it) => ({
    name: `${it.community}/invitations/${SOMEBODY}` })),
  'InvitationService.AcceptInvitation': write((it) => ({
    name: `${it.community}/invitations/${SOMEBODY}` })),
  'InvitationService.DeclineInvitation': write((it) => ({
    name: `${it.community}/invitations/${SOMEBODY}` })),
  'BanService.CreateBan': write((it) => ({
    parent: it.community, ban: { member: `members/${SOMEBODY}` } })),
  'BanService.DeleteBan': write((it) => ({ name: `${it.community}/bans/${SOMEBODY}` })),
  'BanService.GetBan': read((it) => ({ name: it.ban })),
  'BanService.ListBans': read((it) => ({ parent: it.community })),

  'MuteService.CreateMute': write((it) => ({
    parent: it.community, mute: { member: `members/${SOMEBODY}` } })),
  'MuteService.DeleteMute': write((it) => ({ name: `${it.community}/mutes/${SOMEBODY}` })),
  'MuteService.GetMute': read((it) => ({ name: it.mute })),
  'MuteService.ListMutes': read((it) => ({ parent: it.community })),
  'MuteService.ListMyMutes': read(() => ({})),

  'DiscussionsService.CreateTopic': write((it) => ({
    parent: it.community, topic: { title: 'x' }, markdown: 'x' })),
  'DiscussionsService.GetTopic': read((it) => ({ name: it.topic })),
  'DiscussionsService.ListTopics': read((it) => ({ parent: it.community })),
  'DiscussionsService.UpdateTopic': write((it) => ({
    topic: { name: it.topic, title: 'x' }, updateMask: mask('title') })),
  'DiscussionsService.DeleteTopic': write((it) => ({ name: it.topic })),
  'DiscussionsService.CreatePost': write((it) => ({ parent: it.topic, post: { markdown: 'x' } })),
  'DiscussionsService.GetPost': read((it) => ({ name: it.post })),
  'DiscussionsService.ListPosts': read((it) => ({ parent: it.topic })),
  'DiscussionsService.UpdatePost': write((it) => ({
    post: { name: it.post, markdown: 'x' }, updateMask: mask('markdown') })),
  'DiscussionsService.DeletePost': write((it) => ({ name: it.post })),
  'DiscussionsService.UpdateReadState': read((it) => ({
    readState: { topic: it.topic, lastReadNumber: 1 } })),
  'DiscussionsService.BatchGetReadStates': read(() => ({ topics: [] })),

  'ModerationService.ModerateTopic': write((it) => ({
    topic: { name: it.topic, pinned: true }, updateMask: mask('pinned') })),
  'ModerationService.MoveTopic': write((it) => ({ name: it.topic, destination: it.community })),
  'ModerationService.RemoveTopic': write((it) => ({ name: it.topic, reason: 'x' })),
  'ModerationService.RemovePost': write((it) => ({ name: it.post, reason: 'x' })),
  'ModerationService.ModeratePost': write((it) => ({
    post: { name: it.post, markdown: 'x' }, updateMask: mask('markdown'), reason: 'x' })),
  'ModerationService.ForgetRevisions': write((it) => ({ name: it.post, reason: 'x' })),
  'ModerationService.RestoreTopic': write((it) => ({ name: it.topic })),
  'ModerationService.RestorePost': write((it) => ({ name: it.post })),
  // The topic stands.
  'ModerationService.ListRemovedPosts': [(it) => ({ parent: it.topic, pageSize: -1 }), 'FIELD_INVALID'],
  'ModerationService.ListRemovals': read((it) => ({ parent: it.community })),
  'ModerationService.ListMyRemovals': read(() => ({})),

  'CarryingService.SplitTopic': write((it) => ({
    name: it.topic, posts: [it.post], title: 'x' })),
  'CarryingService.MergeTopics': write((it) => ({ name: it.topic, destination: it.topic })),

  'FlagService.CreateFlag': write((it) => ({ parent: it.post, flag: { kind: 1 } })),
  'FlagService.DeleteFlag': read(() => ({ post: `topics/${SOMEBODY}/posts/${SOMEBODY}` })),
  'FlagService.ListMyFlags': read(() => ({})),
  'FlagService.ListReviews': read((it) => ({ parent: it.community })),
  'FlagService.ListWaitingReviews': read(() => ({ communities: [] })),
  'FlagService.BatchGetReviewCounts': read(() => ({ communities: [] })),
  'FlagService.ListDecidedReviews': read((it) => ({ parent: it.community })),
  'FlagService.DismissFlags': write((it) => ({ name: it.post })),
  'ReactionService.CreateReaction': write((it) => ({ parent: it.post, reaction: { kind: 1 } })),
  'ReactionService.DeleteReaction': write((it) => ({ parent: it.post, kind: 1 })),
  'ReactionService.ListReactions': read((it) => ({ parent: it.post })),
  'ReactionService.BatchGetReactions': read(() => ({ posts: [] })),

  'ReadingService.MarkCommunitiesRead': read(() => ({ communities: [] })),
  'ReadingService.BatchGetUnreadCounts': read(() => ({ communities: [] })),
  'ReadingService.ListUnreadTopics': read(() => ({ communities: [] })),
  'ReadingService.BatchGetTopics': read(() => ({ names: [] })),
  'ReadingService.BatchGetPosts': read(() => ({ names: [] })),
  'ReadingService.RewindReadState': read((it) => ({
    readState: { topic: it.topic, lastReadNumber: 1 } })),

  'FollowService.UpdateTopicFollow': read((it) => ({ topicFollow: { topic: it.topic } })),
  'FollowService.UpdateCommunityFollow': read((it) => ({
    communityFollow: { community: it.community } })),
  'FollowService.DeleteTopicFollow': read(() => ({ topic: `topics/${SOMEBODY}` })),
  'FollowService.DeleteCommunityFollow': read(() => ({ community: `communities/${SOMEBODY}` })),
  'FollowService.UpdateTagFollow': read(() => ({ tagFollow: { tag: 'rye', level: 1 } })),
  'FollowService.DeleteTagFollow': read(() => ({ tag: 'rye' })),
  'FollowService.ListFollowedTags': read(() => ({})),
  'FollowService.BatchGetFollows': read(() => ({ topics: [] })),
  'FollowService.ListFollowedTopics': read(() => ({ level: 1 })),
  'FollowService.ListFollowedCommunities': read(() => ({})),

  'IgnoreService.CreateIgnore': read(() => ({ ignore: { member: `members/${SOMEBODY}` } })),
  'IgnoreService.DeleteIgnore': read(() => ({ member: `members/${SOMEBODY}` })),
  'IgnoreService.ListIgnores': read(() => ({})),

  'FeedService.ListFeed': read(() => ({ communities: [] })),
  'FeedService.ListActiveCommunities': read(() => ({})),

  'BookmarkService.CreateBookmark': read((it) => ({ bookmark: { post: it.post } })),
  'BookmarkService.DeleteBookmark': read(() => ({
    post: `topics/${SOMEBODY}/posts/${SOMEBODY}` })),
  'BookmarkService.ListBookmarks': read(() => ({})),
  'BookmarkService.BatchGetBookmarks': read(() => ({ posts: [] })),

  'DraftService.UpdateDraft': read(() => ({ draft: DRAFT })),
  'DraftService.GetDraft': read(() => ({ place: DRAFT.place })),
  'DraftService.ListDrafts': read(() => ({})),
  'DraftService.GetPreview': read(() => ({ markdown: 'Which flour?' })),
  'DraftService.DeleteDraft': read(() => ({ place: `communities/${SOMEBODY}` })),
  'CommunityArchiveService.ArchiveCommunity': write((it) => ({ name: it.community })),
  'CommunityArchiveService.RestoreCommunity': write((it) => ({ name: it.community })),
  'CommunityTemplateService.ListCommunityTemplates': read(() => ({})),
  'CommunitySearchService.SearchCommunities': read(() => ({ query: 'x' })),

  'TagService.GetMostUsedTags': read(() => ({ communities: [] })),
  'TagService.GetSuggestedSkills': read(() => ({ communities: [] })),
  'TagService.ListTags': read((it) => ({ parent: it.community })),
  'TagService.ListTaggedTopics': read((it) => ({ parent: it.community, tag: 'x' })),
  'PollService.GetPoll': read((it) => ({ topic: it.poll })),
  'PollService.ListVotes': read((it) => ({ topic: it.poll })),
  'PollService.CastVote': write((it) => ({ topic: it.poll, options: [1] })),
  'PollService.WithdrawVote': write((it) => ({ topic: it.poll })),
  'PollService.UpdatePoll': write((it) => ({
    poll: { topic: it.poll, closed: true }, updateMask: mask('closed') })),
  'PollService.ModeratePoll': write((it) => ({
    poll: { topic: it.poll, closed: true }, updateMask: mask('closed') })),
  'MentionService.ListMyMentions': read(() => ({ communities: [] })),

  'PostSearchService.SearchPosts': read(() => ({
    query: 'x', communities: [`communities/${SOMEBODY}`] })),

  'HistoryService.ListRevisions': read((it) => ({ parent: it.post })),

  'IdentityService.GetSignInOptions': read(() => ({})),
  'IdentityService.SignUp': write(() => ({
    email: 'nobody@bakery.example', password: 'the kettle hums in B flat', displayName: 'N' })),
  'IdentityService.SignIn': [() => ({ requestId: NO_ID }), 'FIELD_INVALID'],
  // Asked with a session of its own, which it ends.
  [ENDS_SESSION]: read(() => ({})),
  'IdentityService.GetMe': read(() => ({})),
  // Allowed, it would end the persona's other sessions and tokens.
  'IdentityService.ChangePassword':
      [() => ({ currentPassword: 'x', newPassword: 'y' }), 'PASSWORD_LENGTH'],
  'IdentityService.ListSessions': read(() => ({})),
  'IdentityService.RevokeSession': read((it) => ({ name: it.session })),
  'IdentityService.RevokeSessions': read(() => ({ scope: identity.RevocationScope.OTHERS })),

  'AccountService.GetAccount': read((it) => ({ member: it.self })),
  // Allowed, it looks for nobody's address.
  'AccountService.GetAccountByEmail': [() => ({ email: 'none' }), 'FIELD_INVALID'],
  'AccountService.ListAccounts': read(() => ({})),
  'AccountService.ListAdministrators': read(() => ({})),
  'AccountService.GrantAdministrator': write((it) => ({ member: it.self })),
  'AccountService.RevokeAdministrator': write((it) => ({ member: it.self })),
  'AccountService.ClaimAdministrator': write(() => ({ secret: 'x' })),
  'AccountService.SuspendAccount': write((it) => ({ member: it.self })),
  'AccountService.ReactivateAccount': write((it) => ({ member: it.self })),

  'AccessTokenService.CreateAccessToken': write(() => ({ accessToken: { displayName: 'x',
    scope: identity.AccessTokenScope.READ, expireTime: timestampFromMs(Date.now() + 60_000) } })),
  'AccessTokenService.ListAccessTokens': read(() => ({})),
  'AccessTokenService.RevokeAccessToken': read((it) => ({ name: it.accessToken })),

  'PasswordService.BeginPasswordReset': write(() => ({ email: 'nobody@bakery.example' })),
  'PasswordService.IssuePasswordReset': write((it) => ({ member: it.self })),
  'PasswordService.FinishPasswordReset': write(() => ({ secret: 'x', newPassword: 'y' })),
  'PasswordService.ListPasswordResets': read(() => ({})),

  'EmailChangeService.BeginEmailChange': write(() => ({ newEmail: 'nobody@bakery.example' })),
  'EmailChangeService.FinishEmailChange': write(() => ({ secret: 'x' })),
  'EmailChangeService.ChangeAccountEmail': write((it) => ({
    member: it.self, newEmail: 'nobody@bakery.example' })),
  'EmailChangeService.ListEmailChanges': read(() => ({})),

  'AccountInvitationService.CreateInvitation': write(() => ({ invitation: {
    email: 'nobody@bakery.example', expireTime: timestampFromMs(Date.now() + 60_000) } })),
  'AccountInvitationService.ListInvitations': read(() => ({})),
  'AccountInvitationService.RevokeInvitation':
      write(() => ({ name: `accountInvitations/${SOMEBODY}` })),

  'LiveService.Subscribe': read(() => ({})),
  'SearchService.Search': read(() => ({ query: 'x' })),
};
