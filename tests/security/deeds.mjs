// What somebody does where it belongs: every kind of write to communities and what is in them, with
// request ids of their own, and then what there is to be read of it. Wherever words may be chosen
// they are those of a SECRET community, and whoever else is named belongs there.
import { directory, discussions } from '../journeys/contracts.mjs';

const { Admits, CommunityKind, Role, Visibility } = directory;
const { FlagKind, FollowLevel, PollBallot, ReactionKind, TopicKind } = discussions;
const mask = (...paths) => ({ paths });
const idOf = (name) => name.split('/').at(-1);
const within = (place, collection, member) => `${place}/${collection}/${idOf(member)}`;

// [method, request, and under which name of `it` what it answers goes on]. `it` has what stage() makes
// and `word(what)`, which is what the others have written.
export const DEEDS = [
  ['DirectoryService.UpdateMember', (it) => ({ member: { name: it.self, headline: it.word('the name'),
    skills: [it.word('a tag')], location: it.word('a text') },
  updateMask: mask('headline', 'skills', 'location') })],
  ['DirectoryService.UpdateMember', (it) => ({ member: { name: it.self },
    updateMask: mask('headline', 'skills', 'location') })],

  ['DirectoryService.UpdateCommunity', (it) => ({ community: { name: it.place,
    displayName: it.word('the name'), description: it.word('the description') },
  updateMask: mask('display_name', 'description') })],
  ['DirectoryService.UpdateCommunity', (it) => ({ community: { name: it.place,
    displayName: it.word('a former name') }, updateMask: mask('display_name') })],
  ['DirectoryService.CreateCommunity', (it) => ({ community: { parent: it.place,
    displayName: it.word('the name'), kind: CommunityKind.PROJECT, visibility: Visibility.OPEN,
    admits: Admits.EVERYONE } }), 'below'],
  ['DirectoryService.CreateCommunity', (it) => ({ community: { parent: it.place,
    displayName: it.word('the name'), kind: CommunityKind.PROJECT,
    visibility: Visibility.SECRET } }), 'hidden'],
  ['CharterService.UpdateCharter', (it) => ({ charter: { community: it.below,
    purpose: it.word('the purpose'), sponsor: it.insider }, updateMask: mask('purpose') })],
  ['CommunityArchiveService.ArchiveCommunity', (it) => ({ name: it.below })],
  ['CommunityArchiveService.RestoreCommunity', (it) => ({ name: it.below })],

  ['MembershipService.JoinCommunity', (it) => ({ name: it.elsewhere })],
  ['MembershipService.LeaveCommunity', (it) => ({ name: it.elsewhere })],
  ['JoinRequestService.CreateJoinRequest', (it) => ({ parent: it.closed,
    joinRequest: { message: it.word('a request') } })],
  ['JoinRequestService.DeleteJoinRequest', (it) => ({
    name: within(it.closed, 'joinRequests', it.self) })],
  ['InvitationService.AcceptInvitation', (it) => ({
    name: within(it.welcoming, 'invitations', it.self) })],
  ['InvitationService.DeclineInvitation', (it) => ({
    name: within(it.inviting, 'invitations', it.self) })],
  ['JoinRequestService.ApproveJoinRequest', (it) => ({
    name: within(it.own, 'joinRequests', it.mate) })],
  ['JoinRequestService.DeclineJoinRequest', (it) => ({
    name: within(it.own, 'joinRequests', it.other) })],
  ['InvitationService.CreateInvitation', (it) => ({ parent: it.place,
    invitation: { member: it.insider, message: it.word('an invitation') } })],
  ['InvitationService.DeleteInvitation', (it) => ({
    name: within(it.place, 'invitations', it.insider) })],
  ['MembershipService.UpdateMembership', (it) => ({ membership: {
    name: within(it.place, 'memberships', it.mate), role: Role.MODERATOR }, updateMask: mask('role') })],
  ['BanService.CreateBan', (it) => ({ parent: it.place,
    ban: { member: it.insider, reason: it.word('a ban') } })],
  ['BanService.DeleteBan', (it) => ({ name: within(it.place, 'bans', it.insider) })],
  ['MuteService.CreateMute', (it) => ({ parent: it.place,
    mute: { member: it.insider, reason: it.word('a mute') } })],
  ['MuteService.DeleteMute', (it) => ({ name: within(it.place, 'mutes', it.insider) })],

  ['DiscussionsService.CreateTopic', (it) => ({ parent: it.place, markdown: it.word('a text'),
    topic: { title: it.word('a title'), tags: [it.word('a tag')] } }), 'topic'],
  ['DiscussionsService.UpdateTopic', (it) => ({ topic: { name: it.topic, title: it.word('an edit') },
    updateMask: mask('title') })],
  ['DiscussionsService.CreatePost', (it) => ({ parent: it.topic, post: {
    markdown: `[@Somebody](${it.insider}) and [all](members/everyone): ${it.word('a text')}` } }),
  'post'],
  ['DiscussionsService.UpdatePost', (it) => ({ post: { name: it.post,
    markdown: it.word('a former text') }, updateMask: mask('markdown') })],
  ['DiscussionsService.CreatePost', (it) => ({ parent: it.topic, post: { markdown: 'As I said.',
    quotes: [{ post: it.post, text: it.word('a former text') }] } }), 'second'],
  ['ReactionService.CreateReaction', (it) => ({ parent: it.theirPost,
    reaction: { kind: ReactionKind.LIKE } })],
  ['ReactionService.DeleteReaction', (it) => ({ parent: it.theirPost, kind: ReactionKind.LIKE })],
  ['FlagService.CreateFlag', (it) => ({ parent: it.theirPost,
    flag: { kind: FlagKind.OTHER, text: it.word('a flag') } })],
  ['FlagService.DismissFlags', (it) => ({ name: it.theirPost, note: it.word('a note on a flag') })],
  ['ModerationService.ModerateTopic', (it) => ({ topic: { name: it.theirTopic, pinned: true,
    tags: [it.word('a tag')] }, updateMask: mask('pinned', 'tags') })],
  ['CarryingService.SplitTopic', (it) => ({ name: it.topic, posts: [it.second],
    title: it.word('a title') }), 'split'],
  ['CarryingService.MergeTopics', (it) => ({ name: it.split, destination: it.theirTopic })],
  ['ModerationService.MoveTopic', (it) => ({ name: it.theirTopic, destination: it.below,
    reason: it.word('a removal') })],
  ['ModerationService.ModeratePost', (it) => ({ post: { name: it.theirPost,
    markdown: it.word('a text') }, updateMask: mask('markdown'), reason: it.word('a removal') })],
  ['ModerationService.ForgetRevisions', (it) => ({ name: it.theirPost,
    reason: it.word('a removal') })],
  ['ModerationService.RemovePost', (it) => ({ name: it.theirPost, reason: it.word('a removal') })],
  ['ModerationService.RestorePost', (it) => ({ name: it.theirPost })],
  ['ModerationService.RemoveTopic', (it) => ({ name: it.theirTopic, reason: it.word('a removal') })],
  ['ModerationService.RestoreTopic', (it) => ({ name: it.theirTopic })],
  ['DiscussionsService.DeletePost', (it) => ({ name: it.post })],
  ['DiscussionsService.DeleteTopic', (it) => ({ name: it.topic })],

  ['DiscussionsService.CreateTopic', (it) => ({ parent: it.place, markdown: it.word('a text'),
    topic: { title: it.word('a title'), kind: TopicKind.POLL },
    poll: { options: [{ text: it.word('an option') }, { text: 'Neither' }],
      ballot: PollBallot.NAMED } }), 'poll'],
  ['PollService.CastVote', (it) => ({ topic: it.poll, options: [1] })],
  ['PollService.WithdrawVote', (it) => ({ topic: it.poll })],
  ['PollService.UpdatePoll', (it) => ({ poll: { topic: it.poll, closed: true },
    updateMask: { paths: ['closed'] } })],
  ['PollService.ModeratePoll', (it) => ({ poll: { topic: it.theirPoll, closed: true },
    updateMask: { paths: ['closed'] } })],

  ['DiscussionsService.UpdateReadState', (it) => ({
    readState: { topic: it.poll, lastReadNumber: 1 } })],
  ['ReadingService.RewindReadState', (it) => ({ readState: { topic: it.poll } })],
  ['ReadingService.MarkCommunitiesRead', (it) => ({ communities: [it.place, it.below] })],
  ['FollowService.UpdateTopicFollow', (it) => ({
    topicFollow: { topic: it.poll, level: FollowLevel.WATCHING } })],
  ['FollowService.UpdateCommunityFollow', (it) => ({
    communityFollow: { community: it.place, level: FollowLevel.MUTED } })],
  ['FollowService.DeleteTopicFollow', (it) => ({ topic: it.poll })],
  ['FollowService.DeleteCommunityFollow', (it) => ({ community: it.place })],
  ['FollowService.UpdateTagFollow', (it) => ({
    tagFollow: { tag: it.word('a tag'), level: FollowLevel.WATCHING } })],
  ['FollowService.DeleteTagFollow', (it) => ({ tag: it.word('a tag') })],
  ['BookmarkService.CreateBookmark', (it) => ({ bookmark: { post: it.kept } })],
  ['BookmarkService.DeleteBookmark', (it) => ({ post: it.kept })],
  ['DraftService.UpdateDraft', (it) => ({ draft: { place: it.poll,
    markdown: it.word('a draft') } })],
  ['DraftService.DeleteDraft', (it) => ({ place: it.poll })],

  ['DirectoryService.GetCommunity', (it) => ({ name: it.place })],
  ['DirectoryService.ListCommunities', (it) => ({ parent: it.place })],
  ['DirectoryService.ListCommunities', (it) => ({ ancestor: it.place })],
  ['MembershipService.ListMemberships', (it) => ({ parent: it.place })],
  ['DiscussionsService.ListTopics', (it) => ({ parent: it.place })],
  ['TagService.ListTags', (it) => ({ parent: it.place })],
  ['FeedService.ListFeed', (it) => ({ communities: [it.place, it.below] })],
  ['ReadingService.BatchGetUnreadCounts', (it) => ({ communities: [it.place, it.below] })],
  ['ModerationService.ListRemovals', (it) => ({ parent: it.below })],
  ['MembershipService.DeleteMembership', (it) => ({
    name: within(it.place, 'memberships', it.mate) })],
  // Leaves the name to whoever comes next.
  ['DirectoryService.UpdateCommunity', (it) => ({
    community: { name: it.place, displayName: idOf(it.place) }, updateMask: mask('display_name') })],
];

// Where `person` owns what it needs for that, anew for each time; `host` made it.
export async function stage(host, person, { mate, other, insider }) {
  const found = (more) => host.found({ admits: Admits.EVERYONE, ...more });
  const [place, elsewhere] = [await found(), await found()];
  const shut = { visibility: Visibility.CLOSED };
  const [closed, own, inviting, welcoming] =
      [await found(shut), await found(shut), await found(shut), await found(shut)];
  for (const each of [person, mate, other]) await each.join(place);
  for (const each of [inviting, welcoming, own]) await host.invite(each, person);
  await person.invitations.acceptInvitation(
      { name: within(own.name, 'invitations', person.name), requestId: crypto.randomUUID() });
  for (const each of [place, own]) await host.give(each, person, Role.OWNER);
  for (const each of [mate, other]) await each.askToJoin(own);
  const theirTopic = await mate.open(place);
  const theirPost = await mate.post(theirTopic, 'I have found it.');
  const theirPoll = await mate.openPoll(place);
  const { posts: [kept] } = await mate.discussions.listPosts({ parent: theirPoll.name });
  return { self: person.name, place: place.name, elsewhere: elsewhere.name, closed: closed.name,
    own: own.name, inviting: inviting.name, welcoming: welcoming.name, mate: mate.name,
    other: other.name, insider: insider.name, theirTopic: theirTopic.name,
    theirPost: theirPost.name, theirPoll: theirPoll.name, kept: kept.name };
}
