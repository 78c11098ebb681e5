#include "libs/base/status_macros.h"
#include "libs/rpc/handler_table.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/places.h"

namespace guildhall::discussions {
namespace {

using Items = absl::StatusOr<std::vector<std::optional<rpc::Item>>>;

Items ItemsOf(const absl::StatusOr<Places>& places) {
  if (!places.ok()) return places.status();
  std::vector<std::optional<rpc::Item>> items(places->size());
  for (std::size_t i = 0; i < places->size(); ++i) {
    if (const auto& place = (*places)[i]) {
      items[i] = rpc::Item{place->community, place->author, place->deleted};
    }
  }
  return items;
}

template <typename Request>
void Keep(Discussions& discussions, rpc::Server& server, const std::string& method) {
  server.Keep<Request>(method, {.replies = discussions.replies,
                                .subject = [](const Request& asked) { return SubjectOf(asked); }});
}

// How the engine finds what a request names.
void AddResolvers(Discussions& discussions, rpc::Server& server) {
  server.ResolveItems<TopicId>(
      "topics", resources::ParseTopic,
      [&discussions](const postgres::Context& context, std::span<const TopicId> topics) {
        return ItemsOf(GetTopicPlaces(discussions.database, context, topics));
      });
  server.ResolveItems<resources::PostRef>(
      "topics/posts", resources::ParsePost,
      [&discussions](const postgres::Context& context, std::span<const resources::PostRef> posts) {
        return ItemsOf(GetPostPlaces(discussions.database, context, posts));
      });
}

// How order is kept.
void RegisterOrder(Discussions& discussions, rpc::Server& server) {
  rpc::HandlerTable moderation(discussions, server, "guildhall.discussions.v1.ModerationService");
  moderation.Add("ModerateTopic", ModerateTopic);
  moderation.Add<v1::MoveTopicRequest, v1::Topic>("MoveTopic", MoveTopic);
  moderation.Add<v1::RemoveTopicRequest, v1::Removal>("RemoveTopic", RemoveTopic);
  moderation.Add<v1::RemovePostRequest, v1::Removal>("RemovePost", RemovePost);
  moderation.Add<v1::ModeratePostRequest, v1::Post>("ModeratePost", ModeratePost);
  moderation.Add<v1::ForgetRevisionsRequest, v1::Post>("ForgetRevisions", ForgetRevisions);
  moderation.Add<v1::RestoreTopicRequest, v1::Topic>("RestoreTopic", RestoreTopic);
  moderation.Add<v1::RestorePostRequest, v1::Post>("RestorePost", RestorePost);
  moderation.Add<v1::ListRemovedPostsRequest, v1::ListRemovedPostsResponse>("ListRemovedPosts",
                                                                            ListRemovedPosts);
  moderation.Add<v1::ListRemovalsRequest, v1::ListRemovalsResponse>("ListRemovals", ListRemovals);
  moderation.Add("ListMyRemovals", ListMyRemovals);

  rpc::HandlerTable carrying(discussions, server, "guildhall.discussions.v1.CarryingService");
  carrying.Add<v1::SplitTopicRequest, v1::Topic>("SplitTopic", SplitTopic);
  carrying.Add<v1::MergeTopicsRequest, v1::Topic>("MergeTopics", MergeTopics);

  rpc::HandlerTable flags(discussions, server, "guildhall.discussions.v1.FlagService");
  flags.Add("CreateFlag", CreateFlag);
  flags.Add("DeleteFlag", DeleteFlag);
  flags.Add("ListMyFlags", ListMyFlags);
  flags.Add<v1::ListReviewsRequest, v1::ListReviewsResponse>("ListReviews", ListReviews);
  flags.Add<v1::ListWaitingReviewsRequest, v1::ListWaitingReviewsResponse>("ListWaitingReviews",
                                                                           ListWaitingReviews);
  flags.Add("BatchGetReviewCounts", BatchGetReviewCounts);
  flags.Add<v1::ListDecidedReviewsRequest, v1::ListDecidedReviewsResponse>("ListDecidedReviews",
                                                                           ListDecidedReviews);
  flags.Add("DismissFlags", DismissFlags);
}

// What a reader keeps for itself.
void RegisterReading(Discussions& discussions, rpc::Server& server) {
  rpc::HandlerTable reading(discussions, server, "guildhall.discussions.v1.ReadingService");
  reading.Add<v1::MarkCommunitiesReadRequest, v1::MarkCommunitiesReadResponse>(
      "MarkCommunitiesRead", MarkCommunitiesRead);
  reading.Add("BatchGetUnreadCounts", BatchGetUnreadCounts);
  reading.Add<v1::ListUnreadTopicsRequest, v1::ListUnreadTopicsResponse>("ListUnreadTopics",
                                                                         ListUnreadTopics);
  reading.Add("BatchGetTopics", BatchGetTopics);
  reading.Add("BatchGetPosts", BatchGetPosts);
  reading.Add<v1::RewindReadStateRequest, v1::ReadState>("RewindReadState", RewindReadState);

  rpc::HandlerTable follows(discussions, server, "guildhall.discussions.v1.FollowService");
  follows.Add("UpdateTopicFollow", UpdateTopicFollow);
  follows.Add("UpdateCommunityFollow", UpdateCommunityFollow);
  follows.Add("DeleteTopicFollow", DeleteTopicFollow);
  follows.Add("DeleteCommunityFollow", DeleteCommunityFollow);
  follows.Add("UpdateTagFollow", UpdateTagFollow);
  follows.Add<v1::DeleteTagFollowRequest, v1::DeleteTagFollowResponse>("DeleteTagFollow",
                                                                       DeleteTagFollow);
  follows.Add("BatchGetFollows", BatchGetFollows);
  follows.Add<v1::ListFollowedTopicsRequest, v1::ListFollowedTopicsResponse>("ListFollowedTopics",
                                                                             ListFollowedTopics);
  follows.Add<v1::ListFollowedCommunitiesRequest, v1::ListFollowedCommunitiesResponse>(
      "ListFollowedCommunities", ListFollowedCommunities);
  follows.Add<v1::ListFollowedTagsRequest, v1::ListFollowedTagsResponse>("ListFollowedTags",
                                                                         ListFollowedTags);

  rpc::HandlerTable ignores(discussions, server, "guildhall.discussions.v1.IgnoreService");
  ignores.Add("CreateIgnore", CreateIgnore);
  ignores.Add<v1::DeleteIgnoreRequest, v1::DeleteIgnoreResponse>("DeleteIgnore", DeleteIgnore);
  ignores.Add<v1::ListIgnoresRequest, v1::ListIgnoresResponse>("ListIgnores", ListIgnores);

  rpc::HandlerTable feed(discussions, server, "guildhall.discussions.v1.FeedService");
  feed.Add("ListFeed", ListFeed);
  feed.Add<v1::ListActiveCommunitiesRequest, v1::ListActiveCommunitiesResponse>(
      "ListActiveCommunities", ListActiveCommunities);

  rpc::HandlerTable bookmarks(discussions, server, "guildhall.discussions.v1.BookmarkService");
  bookmarks.Add("CreateBookmark", CreateBookmark);
  bookmarks.Add<v1::DeleteBookmarkRequest, v1::DeleteBookmarkResponse>("DeleteBookmark",
                                                                       DeleteBookmark);
  bookmarks.Add<v1::ListBookmarksRequest, v1::ListBookmarksResponse>("ListBookmarks",
                                                                     ListBookmarks);
  bookmarks.Add("BatchGetBookmarks", BatchGetBookmarks);

  rpc::HandlerTable mentions(discussions, server, "guildhall.discussions.v1.MentionService");
  mentions.Add("ListMyMentions", ListMyMentions);

  rpc::HandlerTable drafts(discussions, server, "guildhall.discussions.v1.DraftService");
  drafts.Add("UpdateDraft", UpdateDraft);
  drafts.Add<v1::GetDraftRequest, v1::Draft>("GetDraft", GetDraft);
  drafts.Add<v1::ListDraftsRequest, v1::ListDraftsResponse>("ListDrafts", ListDrafts);
  drafts.Add("GetPreview", GetPreview);
  drafts.Add<v1::DeleteDraftRequest, v1::DeleteDraftResponse>("DeleteDraft", DeleteDraft);
}

// By which words topics and posts are found.
void RegisterFinding(Discussions& discussions, rpc::Server& server) {
  rpc::HandlerTable tags(discussions, server, "guildhall.discussions.v1.TagService");
  tags.Add<v1::ListTagsRequest, v1::ListTagsResponse>("ListTags", ListTags);
  tags.Add<v1::ListTaggedTopicsRequest, v1::ListTaggedTopicsResponse>("ListTaggedTopics",
                                                                      ListTaggedTopics);
  tags.Add("GetMostUsedTags", GetMostUsedTags);
  tags.Add("GetSuggestedSkills", GetSuggestedSkills);

  rpc::HandlerTable search(discussions, server, "guildhall.discussions.v1.PostSearchService");
  search.Add("SearchPosts", SearchPosts);
}

}  // namespace

void Register(Discussions& discussions, rpc::Server& server) {
  const std::string service = "guildhall.discussions.v1.DiscussionsService";
  rpc::HandlerTable table(discussions, server, service);
  table.Add("CreateTopic", CreateTopic);
  server.Lookup(service + "/GetTopic", TopicLookup(discussions));
  table.Add("ListTopics", ListTopics);
  table.Add<v1::UpdateTopicRequest, v1::Topic>("UpdateTopic", UpdateTopic);
  table.Add<v1::DeleteTopicRequest, v1::DeleteTopicResponse>("DeleteTopic", DeleteTopic);
  table.Add("CreatePost", CreatePost);
  table.Add("GetPost", GetPost);
  table.Add("ListPosts", ListPosts);
  table.Add<v1::UpdatePostRequest, v1::Post>("UpdatePost", UpdatePost);
  table.Add<v1::DeletePostRequest, v1::DeletePostResponse>("DeletePost", DeletePost);
  table.Add("UpdateReadState", UpdateReadState);
  table.Add("BatchGetReadStates", BatchGetReadStates);
  Keep<v1::GetTopicRequest>(discussions, server, service + "/GetTopic");
  Keep<v1::ListTopicsRequest>(discussions, server, service + "/ListTopics");
  Keep<v1::GetPostRequest>(discussions, server, service + "/GetPost");
  Keep<v1::ListPostsRequest>(discussions, server, service + "/ListPosts");
  AddResolvers(discussions, server);

  RegisterOrder(discussions, server);

  rpc::HandlerTable reactions(discussions, server, "guildhall.discussions.v1.ReactionService");
  reactions.Add("CreateReaction", CreateReaction);
  reactions.Add<v1::DeleteReactionRequest, v1::DeleteReactionResponse>("DeleteReaction",
                                                                       DeleteReaction);
  reactions.Add<v1::ListReactionsRequest, v1::ListReactionsResponse>("ListReactions",
                                                                     ListReactions);
  reactions.Add("BatchGetReactions", BatchGetReactions);

  rpc::HandlerTable polls(discussions, server, "guildhall.discussions.v1.PollService");
  polls.Add<v1::GetPollRequest, v1::Poll>("GetPoll", GetPoll);
  polls.Add<v1::CastVoteRequest, v1::Poll>("CastVote", CastVote);
  polls.Add<v1::WithdrawVoteRequest, v1::Poll>("WithdrawVote", WithdrawVote);
  polls.Add<v1::ListVotesRequest, v1::ListVotesResponse>("ListVotes", ListVotes);
  polls.Add("UpdatePoll", UpdatePoll);
  polls.Add("ModeratePoll", ModeratePoll);

  RegisterReading(discussions, server);

  rpc::HandlerTable history(discussions, server, "guildhall.discussions.v1.HistoryService");
  history.Add<v1::ListRevisionsRequest, v1::ListRevisionsResponse>("ListRevisions", ListRevisions);

  RegisterFinding(discussions, server);

  rpc::HandlerTable internal(discussions, server,
                             "guildhall.discussions.v1.InternalDiscussionsService");
  internal.Add<v1::ImportTopicsRequest, v1::ImportTopicsResponse>("ImportTopics", ImportTopics);
  internal.Add<v1::ImportPostsRequest, v1::ImportPostsResponse>("ImportPosts", ImportPosts);

  rpc::HandlerTable items(discussions, server, "guildhall.change.v1.InternalItemService");
  items.Add("LoadItems", LoadItems);
}

}  // namespace guildhall::discussions
