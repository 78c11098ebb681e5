#pragma once

#include "guildhall/change/v1/internal_item_service.pb.h"
#include "guildhall/discussions/v1/bookmark_service.pb.h"
#include "guildhall/discussions/v1/carrying_service.pb.h"
#include "guildhall/discussions/v1/discussions_service.pb.h"
#include "guildhall/discussions/v1/draft_service.pb.h"
#include "guildhall/discussions/v1/feed_service.pb.h"
#include "guildhall/discussions/v1/flag_service.pb.h"
#include "guildhall/discussions/v1/follow_service.pb.h"
#include "guildhall/discussions/v1/history_service.pb.h"
#include "guildhall/discussions/v1/ignore_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "guildhall/discussions/v1/mention_service.pb.h"
#include "guildhall/discussions/v1/moderation_service.pb.h"
#include "guildhall/discussions/v1/poll_service.pb.h"
#include "guildhall/discussions/v1/post_search_service.pb.h"
#include "guildhall/discussions/v1/reaction_service.pb.h"
#include "guildhall/discussions/v1/reading_service.pb.h"
#include "guildhall/discussions/v1/tag_service.pb.h"
#include "libs/access/authorizer.h"
#include "libs/access/facts.h"
#include "libs/base/random.h"
#include "libs/cache/replies.h"
#include "libs/postgres/database.h"
#include "libs/resources/page_tokens.h"
#include "libs/rpc/call.h"
#include "libs/rpc/server.h"
#include "services/discussions/store/post_store.h"
#include "services/discussions/store/read_marker.h"
#include "services/discussions/store/topic_store.h"

namespace guildhall::discussions {

// How stretches of lists of topics are read together.
rpc::Gatherer<TopicStretch, std::vector<Topic>>::Fetch TopicLists(postgres::Database& database);

// What the handlers work with. Outlives the server.
struct Discussions {
  postgres::Database& database;
  // For decisions that are taken within a call: about many communities, or once more.
  access::Authorizer& authorizer;
  // For rules that ask what communities are: who may read in both ends of a move.
  access::Facts& facts;
  Random& random;
  const resources::PageTokens& page_tokens;
  cache::Replies& replies;
  PostStore posts{database};
  ReadMarker read_marker{database};
  // Lists of topics for concurrent calls; one is decoded while the next is read.
  rpc::Gatherer<TopicStretch, std::vector<Topic>> topic_lists{TopicLists(database), 2};
};

// One function per RPC, each in the file of its name. What each does, costs and fails with stands
// in the contract, protos/guildhall/discussions/v1.
absl::StatusOr<v1::Topic> CreateTopic(Discussions&, const rpc::Call&,
                                      const v1::CreateTopicRequest&);
// How the engine reads a topic, gathered with those of other calls.
rpc::Lookup<v1::GetTopicRequest, v1::Topic, TopicId, NamedTopic> TopicLookup(Discussions&);
// Which replies are kept (rpc::Server::Keep), and what they depend on.
std::optional<cache::Subject> SubjectOf(const v1::GetTopicRequest&);
std::optional<cache::Subject> SubjectOf(const v1::ListTopicsRequest&);
std::optional<cache::Subject> SubjectOf(const v1::GetPostRequest&);
std::optional<cache::Subject> SubjectOf(const v1::ListPostsRequest&);
void ListTopics(Discussions&, const rpc::Call&, const v1::ListTopicsRequest&,
                rpc::Answered<v1::ListTopicsResponse>);
absl::StatusOr<v1::Topic> UpdateTopic(Discussions&, const rpc::Call&,
                                      const v1::UpdateTopicRequest&);
absl::StatusOr<v1::DeleteTopicResponse> DeleteTopic(Discussions&, const rpc::Call&,
                                                    const v1::DeleteTopicRequest&);
absl::StatusOr<v1::Post> CreatePost(Discussions&, const rpc::Call&, const v1::CreatePostRequest&);
absl::StatusOr<v1::Post> GetPost(Discussions&, const rpc::Call&, const v1::GetPostRequest&);
absl::StatusOr<v1::ListPostsResponse> ListPosts(Discussions&, const rpc::Call&,
                                                const v1::ListPostsRequest&);
absl::StatusOr<v1::Post> UpdatePost(Discussions&, const rpc::Call&, const v1::UpdatePostRequest&);
absl::StatusOr<v1::DeletePostResponse> DeletePost(Discussions&, const rpc::Call&,
                                                  const v1::DeletePostRequest&);
absl::StatusOr<v1::ReadState> UpdateReadState(Discussions&, const rpc::Call&,
                                              const v1::UpdateReadStateRequest&);
absl::StatusOr<v1::BatchGetReadStatesResponse> BatchGetReadStates(
    Discussions&, const rpc::Call&, const v1::BatchGetReadStatesRequest&);

absl::StatusOr<v1::Topic> ModerateTopic(Discussions&, const rpc::Call&,
                                        const v1::ModerateTopicRequest&);
absl::StatusOr<v1::Topic> MoveTopic(Discussions&, const rpc::Call&, const v1::MoveTopicRequest&);
absl::StatusOr<v1::Topic> SplitTopic(Discussions&, const rpc::Call&, const v1::SplitTopicRequest&);
absl::StatusOr<v1::Topic> MergeTopics(Discussions&, const rpc::Call&,
                                      const v1::MergeTopicsRequest&);
absl::StatusOr<v1::Removal> RemoveTopic(Discussions&, const rpc::Call&,
                                        const v1::RemoveTopicRequest&);
absl::StatusOr<v1::Removal> RemovePost(Discussions&, const rpc::Call&,
                                       const v1::RemovePostRequest&);
absl::StatusOr<v1::Post> ModeratePost(Discussions&, const rpc::Call&,
                                      const v1::ModeratePostRequest&);
absl::StatusOr<v1::Post> ForgetRevisions(Discussions&, const rpc::Call&,
                                         const v1::ForgetRevisionsRequest&);
absl::StatusOr<v1::Topic> RestoreTopic(Discussions&, const rpc::Call&,
                                       const v1::RestoreTopicRequest&);
absl::StatusOr<v1::Post> RestorePost(Discussions&, const rpc::Call&, const v1::RestorePostRequest&);
absl::StatusOr<v1::ListRemovedPostsResponse> ListRemovedPosts(Discussions&, const rpc::Call&,
                                                              const v1::ListRemovedPostsRequest&);
absl::StatusOr<v1::ListRemovalsResponse> ListRemovals(Discussions&, const rpc::Call&,
                                                      const v1::ListRemovalsRequest&);
absl::StatusOr<v1::ListMyRemovalsResponse> ListMyRemovals(Discussions&, const rpc::Call&,
                                                          const v1::ListMyRemovalsRequest&);

absl::StatusOr<v1::Flag> CreateFlag(Discussions&, const rpc::Call&, const v1::CreateFlagRequest&);
absl::StatusOr<v1::DeleteFlagResponse> DeleteFlag(Discussions&, const rpc::Call&,
                                                  const v1::DeleteFlagRequest&);
absl::StatusOr<v1::ListMyFlagsResponse> ListMyFlags(Discussions&, const rpc::Call&,
                                                    const v1::ListMyFlagsRequest&);
absl::StatusOr<v1::ListReviewsResponse> ListReviews(Discussions&, const rpc::Call&,
                                                    const v1::ListReviewsRequest&);
absl::StatusOr<v1::ListWaitingReviewsResponse> ListWaitingReviews(
    Discussions&, const rpc::Call&, const v1::ListWaitingReviewsRequest&);
absl::StatusOr<v1::BatchGetReviewCountsResponse> BatchGetReviewCounts(
    Discussions&, const rpc::Call&, const v1::BatchGetReviewCountsRequest&);
absl::StatusOr<v1::ListDecidedReviewsResponse> ListDecidedReviews(
    Discussions&, const rpc::Call&, const v1::ListDecidedReviewsRequest&);
absl::StatusOr<v1::DismissFlagsResponse> DismissFlags(Discussions&, const rpc::Call&,
                                                      const v1::DismissFlagsRequest&);

absl::StatusOr<v1::Reaction> CreateReaction(Discussions&, const rpc::Call&,
                                            const v1::CreateReactionRequest&);
absl::StatusOr<v1::DeleteReactionResponse> DeleteReaction(Discussions&, const rpc::Call&,
                                                          const v1::DeleteReactionRequest&);
absl::StatusOr<v1::ListReactionsResponse> ListReactions(Discussions&, const rpc::Call&,
                                                        const v1::ListReactionsRequest&);
absl::StatusOr<v1::BatchGetReactionsResponse> BatchGetReactions(
    Discussions&, const rpc::Call&, const v1::BatchGetReactionsRequest&);

absl::StatusOr<v1::Poll> GetPoll(Discussions&, const rpc::Call&, const v1::GetPollRequest&);
absl::StatusOr<v1::Poll> CastVote(Discussions&, const rpc::Call&, const v1::CastVoteRequest&);
absl::StatusOr<v1::Poll> WithdrawVote(Discussions&, const rpc::Call&,
                                      const v1::WithdrawVoteRequest&);
absl::StatusOr<v1::ListVotesResponse> ListVotes(Discussions&, const rpc::Call&,
                                                const v1::ListVotesRequest&);
absl::StatusOr<v1::Poll> UpdatePoll(Discussions&, const rpc::Call&, const v1::UpdatePollRequest&);
absl::StatusOr<v1::Poll> ModeratePoll(Discussions&, const rpc::Call&,
                                      const v1::ModeratePollRequest&);

absl::StatusOr<v1::MarkCommunitiesReadResponse> MarkCommunitiesRead(
    Discussions&, const rpc::Call&, const v1::MarkCommunitiesReadRequest&);
absl::StatusOr<v1::BatchGetUnreadCountsResponse> BatchGetUnreadCounts(
    Discussions&, const rpc::Call&, const v1::BatchGetUnreadCountsRequest&);
absl::StatusOr<v1::ListUnreadTopicsResponse> ListUnreadTopics(Discussions&, const rpc::Call&,
                                                              const v1::ListUnreadTopicsRequest&);
absl::StatusOr<v1::BatchGetTopicsResponse> BatchGetTopics(Discussions&, const rpc::Call&,
                                                          const v1::BatchGetTopicsRequest&);
absl::StatusOr<v1::BatchGetPostsResponse> BatchGetPosts(Discussions&, const rpc::Call&,
                                                        const v1::BatchGetPostsRequest&);
absl::StatusOr<v1::ReadState> RewindReadState(Discussions&, const rpc::Call&,
                                              const v1::RewindReadStateRequest&);

absl::StatusOr<v1::TopicFollow> UpdateTopicFollow(Discussions&, const rpc::Call&,
                                                  const v1::UpdateTopicFollowRequest&);
absl::StatusOr<v1::CommunityFollow> UpdateCommunityFollow(Discussions&, const rpc::Call&,
                                                          const v1::UpdateCommunityFollowRequest&);
absl::StatusOr<v1::DeleteTopicFollowResponse> DeleteTopicFollow(
    Discussions&, const rpc::Call&, const v1::DeleteTopicFollowRequest&);
absl::StatusOr<v1::DeleteCommunityFollowResponse> DeleteCommunityFollow(
    Discussions&, const rpc::Call&, const v1::DeleteCommunityFollowRequest&);
absl::StatusOr<v1::TagFollow> UpdateTagFollow(Discussions&, const rpc::Call&,
                                              const v1::UpdateTagFollowRequest&);
absl::StatusOr<v1::DeleteTagFollowResponse> DeleteTagFollow(Discussions&, const rpc::Call&,
                                                            const v1::DeleteTagFollowRequest&);
absl::StatusOr<v1::BatchGetFollowsResponse> BatchGetFollows(Discussions&, const rpc::Call&,
                                                            const v1::BatchGetFollowsRequest&);
absl::StatusOr<v1::ListFollowedTopicsResponse> ListFollowedTopics(
    Discussions&, const rpc::Call&, const v1::ListFollowedTopicsRequest&);
absl::StatusOr<v1::ListFollowedCommunitiesResponse> ListFollowedCommunities(
    Discussions&, const rpc::Call&, const v1::ListFollowedCommunitiesRequest&);
absl::StatusOr<v1::ListFollowedTagsResponse> ListFollowedTags(Discussions&, const rpc::Call&,
                                                              const v1::ListFollowedTagsRequest&);

absl::StatusOr<v1::Ignore> CreateIgnore(Discussions&, const rpc::Call&,
                                        const v1::CreateIgnoreRequest&);
absl::StatusOr<v1::DeleteIgnoreResponse> DeleteIgnore(Discussions&, const rpc::Call&,
                                                      const v1::DeleteIgnoreRequest&);
absl::StatusOr<v1::ListIgnoresResponse> ListIgnores(Discussions&, const rpc::Call&,
                                                    const v1::ListIgnoresRequest&);

absl::StatusOr<v1::GetMostUsedTagsResponse> GetMostUsedTags(Discussions&, const rpc::Call&,
                                                            const v1::GetMostUsedTagsRequest&);
absl::StatusOr<v1::GetSuggestedSkillsResponse> GetSuggestedSkills(
    Discussions&, const rpc::Call&, const v1::GetSuggestedSkillsRequest&);

absl::StatusOr<v1::ListFeedResponse> ListFeed(Discussions&, const rpc::Call&,
                                              const v1::ListFeedRequest&);

absl::StatusOr<v1::ListActiveCommunitiesResponse> ListActiveCommunities(
    Discussions&, const rpc::Call&, const v1::ListActiveCommunitiesRequest&);

absl::StatusOr<v1::Bookmark> CreateBookmark(Discussions&, const rpc::Call&,
                                            const v1::CreateBookmarkRequest&);
absl::StatusOr<v1::DeleteBookmarkResponse> DeleteBookmark(Discussions&, const rpc::Call&,
                                                          const v1::DeleteBookmarkRequest&);
absl::StatusOr<v1::ListBookmarksResponse> ListBookmarks(Discussions&, const rpc::Call&,
                                                        const v1::ListBookmarksRequest&);
absl::StatusOr<v1::BatchGetBookmarksResponse> BatchGetBookmarks(
    Discussions&, const rpc::Call&, const v1::BatchGetBookmarksRequest&);

absl::StatusOr<v1::Draft> UpdateDraft(Discussions&, const rpc::Call&,
                                      const v1::UpdateDraftRequest&);
absl::StatusOr<v1::Draft> GetDraft(Discussions&, const rpc::Call&, const v1::GetDraftRequest&);
absl::StatusOr<v1::ListDraftsResponse> ListDrafts(Discussions&, const rpc::Call&,
                                                  const v1::ListDraftsRequest&);
absl::StatusOr<v1::Preview> GetPreview(Discussions&, const rpc::Call&,
                                       const v1::GetPreviewRequest&);
absl::StatusOr<v1::DeleteDraftResponse> DeleteDraft(Discussions&, const rpc::Call&,
                                                    const v1::DeleteDraftRequest&);

absl::StatusOr<v1::ListRevisionsResponse> ListRevisions(Discussions&, const rpc::Call&,
                                                        const v1::ListRevisionsRequest&);

absl::StatusOr<v1::SearchPostsResponse> SearchPosts(Discussions&, const rpc::Call&,
                                                    const v1::SearchPostsRequest&);

absl::StatusOr<v1::ListTagsResponse> ListTags(Discussions&, const rpc::Call&,
                                              const v1::ListTagsRequest&);
absl::StatusOr<v1::ListTaggedTopicsResponse> ListTaggedTopics(Discussions&, const rpc::Call&,
                                                              const v1::ListTaggedTopicsRequest&);

absl::StatusOr<v1::ListMyMentionsResponse> ListMyMentions(Discussions&, const rpc::Call&,
                                                          const v1::ListMyMentionsRequest&);

absl::StatusOr<v1::ImportTopicsResponse> ImportTopics(Discussions&, const rpc::Call&,
                                                      const v1::ImportTopicsRequest&);
absl::StatusOr<v1::ImportPostsResponse> ImportPosts(Discussions&, const rpc::Call&,
                                                    const v1::ImportPostsRequest&);

absl::StatusOr<change::v1::LoadItemsResponse> LoadItems(Discussions&, const rpc::Call&,
                                                        const change::v1::LoadItemsRequest&);

// Puts all of them into the table of a server that has not started.
void Register(Discussions& discussions, rpc::Server& server);

}  // namespace guildhall::discussions
