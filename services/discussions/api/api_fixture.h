#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "changelog/migrations.h"
#include "discussions/migrations.h"
#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "idempotency/migrations.h"
#include "libs/access/policy.h"
#include "libs/base/refusal.h"
#include "libs/resources/names.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/seeded_random.h"
#include "libs/testing/test_database.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/places.h"

namespace guildhall::discussions {

// What is true of communities and people, as the test states it. Thread-safe.
class StatedFacts final : public access::Facts {
 public:
  void AddCommunity(CommunityId id, Visibility visibility) {
    const std::lock_guard lock(mutex_);
    communities_[id] = visibility;
  }
  void AdmitEveryone(CommunityId id) {
    const std::lock_guard lock(mutex_);
    admitting_everyone_.insert(id);
  }
  void SetRole(CommunityId community, MemberId member, Role role) {
    const std::lock_guard lock(mutex_);
    roles_[{community, member}] = role;
  }
  void Archive(CommunityId community) {
    const std::lock_guard lock(mutex_);
    archived_.insert(community);
  }
  void FailWith(absl::Status failure) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
  }

  void Ask(const access::Question& question, Deadline, Done done) override {
    done(AnswerTo(question));
  }

 private:
  absl::StatusOr<access::Answer> AnswerTo(const access::Question& question) {
    const std::lock_guard lock(mutex_);
    if (!failure_.ok()) return failure_;
    access::Answer answer{.subject = {.session_live = true, .affiliation = Affiliation::kEmployee}};
    if (!question.community || !communities_.contains(*question.community)) return answer;
    answer.community.exists = true;
    answer.community.visibility = communities_[*question.community];
    if (admitting_everyone_.contains(*question.community)) {
      answer.community.admits = Admits::kEveryone;
    }
    answer.community.archived = archived_.contains(*question.community);
    const auto role = roles_.find({*question.community, question.caller.member});
    if (role != roles_.end()) answer.community.role = role->second;
    return answer;
  }

  std::mutex mutex_;
  std::map<CommunityId, Visibility> communities_;
  std::set<CommunityId> admitting_everyone_;
  std::set<CommunityId> archived_;
  std::map<std::pair<CommunityId, MemberId>, Role> roles_;
  absl::Status failure_;
};

// Discussions for one test, with three communities: Ada and Ben belong to all of them, Eve to none.
class ApiFixture {
 public:
  static Uuid Numbered(int n, int version = 7) {
    Uuid uuid;
    uuid.bytes[6] = static_cast<std::uint8_t>(version << 4);
    uuid.bytes[14] = static_cast<std::uint8_t>(n >> 8);
    uuid.bytes[15] = static_cast<std::uint8_t>(n);
    return uuid;
  }
  const MemberId ada{Numbered(1)}, ben{Numbered(2)}, eve{Numbered(3)};
  const CommunityId open{Numbered(11)}, closed{Numbered(12)}, secret{Numbered(13)};

  ApiFixture() {
    facts.AddCommunity(open, Visibility::kOpen);
    facts.AddCommunity(closed, Visibility::kClosed);
    facts.AddCommunity(secret, Visibility::kSecret);
    for (const CommunityId community : {open, closed, secret}) {
      facts.SetRole(community, ada, Role::kMember);
      facts.SetRole(community, ben, Role::kMember);
    }
    AddHandlers();
  }

  // Calls as a member would, through the same decision as the engine's; thread-safe. `method` is
  // one of DiscussionsService, or of another service with its name: "ModerationService/MoveTopic".
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(MemberId who, const std::string& method, const Request& request) {
    const std::string bytes = request.SerializeAsString();
    rpc::CallFacts call;
    const std::string service = method.find('/') == std::string::npos ? "DiscussionsService/" : "";
    const std::string full_name = "guildhall.discussions.v1." + service + method;
    call.method = full_name;
    call.request_bytes = bytes;
    call.deadline = Deadline::After(deadline);
    call.clock = &clock;
    call.caller = {.kind = access::Caller::Kind::kMember, .member = who};
    absl::StatusOr<access::Grant> grant = Authorize(call, request);
    if (!grant.ok()) return grant.status();
    call.grant = *std::move(grant);
    absl::StatusOr<std::string> reply = handlers_.at(method)(rpc::Call(call), bytes);
    if (!reply.ok()) return reply.status();
    Response response;
    response.ParseFromString(*reply);
    return response;
  }

  // Calls as another service would.
  template <typename Response, typename Request>
  absl::StatusOr<Response> CallInternal(const std::string& method, const Request& request) {
    const std::string bytes = request.SerializeAsString();
    rpc::CallFacts call;
    call.request_bytes = bytes;
    call.deadline = Deadline::After(deadline);
    call.clock = &clock;
    call.caller = {.kind = access::Caller::Kind::kService, .service = "import"};
    call.grant = *access::Authorizer::Admit(access::Audience::kService, call.caller);
    absl::StatusOr<std::string> reply = handlers_.at(method)(rpc::Call(call), bytes);
    if (!reply.ok()) return reply.status();
    Response response;
    response.ParseFromString(*reply);
    return response;
  }

  // A topic that must come about.
  v1::Topic Open(MemberId who, CommunityId where, const std::string& title = "Bread",
                 v1::TopicKind kind = v1::TOPIC_KIND_DISCUSSION) {
    v1::CreateTopicRequest request;
    request.set_parent(resources::Name(where));
    request.mutable_topic()->set_title(title);
    request.mutable_topic()->set_kind(kind);
    request.set_markdown("Which flour?");
    request.set_request_id(NewRequestId());
    return Must(Call<v1::Topic>(who, "CreateTopic", request));
  }

  v1::Topic Ask(MemberId who, CommunityId where) {
    return Open(who, where, "Which flour?", v1::TOPIC_KIND_QUESTION);
  }

  v1::CreatePostRequest PostRequest(const std::string& topic, const std::string& markdown) {
    v1::CreatePostRequest request;
    request.set_parent(topic);
    request.mutable_post()->set_markdown(markdown);
    request.set_request_id(NewRequestId());
    return request;
  }
  v1::Post Post(MemberId who, const std::string& topic, const std::string& markdown = "Rye.") {
    return Must(Call<v1::Post>(who, "CreatePost", PostRequest(topic, markdown)));
  }
  // For a reason where one is due.
  v1::MoveTopicRequest MoveRequest(const std::string& topic, CommunityId destination) {
    v1::MoveTopicRequest request;
    request.set_name(topic);
    request.set_destination(resources::Name(destination));
    if (destination != open) request.set_reason("It names customers.");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Topic> TryToMove(MemberId who, const v1::MoveTopicRequest& request) {
    return Call<v1::Topic>(who, "ModerationService/MoveTopic", request);
  }
  // A move that must come about, by Ben, who keeps order everywhere from then on.
  v1::Topic Move(const std::string& topic, CommunityId destination) {
    for (const CommunityId place : {open, closed, secret}) {
      facts.SetRole(place, ben, Role::kModerator);
    }
    return Must(TryToMove(ben, MoveRequest(topic, destination)));
  }
  absl::StatusOr<v1::Topic> GetTopic(MemberId who, const std::string& name) {
    v1::GetTopicRequest request;
    request.set_name(name);
    return Call<v1::Topic>(who, "GetTopic", request);
  }
  absl::StatusOr<v1::Post> GetPost(MemberId who, const std::string& name) {
    v1::GetPostRequest request;
    request.set_name(name);
    return Call<v1::Post>(who, "GetPost", request);
  }

  template <typename T>
  static T Must(absl::StatusOr<T> result) {
    INFO(result.status());
    REQUIRE(result.ok());
    return *std::move(result);
  }

  // What somebody sees of a community: names of topics in the order of the list.
  std::vector<std::string> TopicsIn(MemberId who, CommunityId where) {
    v1::ListTopicsRequest request;
    request.set_parent(resources::Name(where));
    const auto page = Must(Call<v1::ListTopicsResponse>(who, "ListTopics", request));
    std::vector<std::string> names;
    for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
    return names;
  }

  std::string NewRequestId() { return NewUuidV7(clock.Now(), random).ToString(); }

  // The whole refusal, to compare two of them to the letter.
  static std::string Told(const absl::Status& status) {
    std::string told = status.ToString(absl::StatusToStringMode::kWithEverything);
    const auto details = DetailsOf(status);
    if (details) told += " " + details->domain + " " + details->reason;
    return told;
  }

  StatedFacts facts;
  testing::FakeClock clock;
  testing::SeededRandom random;
  testing::TestDatabase database{{{"idempotency", idempotency::kMigrations},
                                  {"changelog", changelog::kMigrations},
                                  {"discussions", kMigrations}}};
  absl::Duration deadline = absl::Seconds(20);

 private:
  using Handler = std::function<absl::StatusOr<std::string>(const rpc::Call&, const std::string&)>;

  template <typename Request, typename Response>
  void Add(const char* name,
           absl::StatusOr<Response> (*handler)(Discussions&, const rpc::Call&, const Request&)) {
    handlers_[name] = [this, handler](const rpc::Call& call,
                                      const std::string& bytes) -> absl::StatusOr<std::string> {
      Request request;
      request.ParseFromString(bytes);
      GUILDHALL_ASSIGN(const Response response, handler(discussions, call, request));
      return response.SerializeAsString();
    };
  }

  // The same of a handler that answers later.
  template <typename Request, typename Response>
  void Add(const char* name, void (*handler)(Discussions&, const rpc::Call&, const Request&,
                                             rpc::Answered<Response>)) {
    handlers_[name] = [this, handler](const rpc::Call& call,
                                      const std::string& bytes) -> absl::StatusOr<std::string> {
      Request request;
      request.ParseFromString(bytes);
      std::promise<absl::StatusOr<Response>> answer;
      handler(discussions, call, request, [&](const absl::StatusOr<const Response*>& response) {
        if (!response.ok()) return answer.set_value(response.status());
        answer.set_value(**response);
      });
      GUILDHALL_ASSIGN(const Response response, answer.get_future().get());
      return response.SerializeAsString();
    };
  }

  void AddHandlersOfOrder() {
    Add("ModerationService/ModerateTopic", ModerateTopic);
    Add<v1::MoveTopicRequest, v1::Topic>("ModerationService/MoveTopic", MoveTopic);
    Add<v1::RemoveTopicRequest, v1::Removal>("ModerationService/RemoveTopic", RemoveTopic);
    Add<v1::RemovePostRequest, v1::Removal>("ModerationService/RemovePost", RemovePost);
    Add<v1::ModeratePostRequest, v1::Post>("ModerationService/ModeratePost", ModeratePost);
    Add<v1::ForgetRevisionsRequest, v1::Post>("ModerationService/ForgetRevisions", ForgetRevisions);
    Add<v1::RestoreTopicRequest, v1::Topic>("ModerationService/RestoreTopic", RestoreTopic);
    Add<v1::RestorePostRequest, v1::Post>("ModerationService/RestorePost", RestorePost);
    Add<v1::ListRemovedPostsRequest, v1::ListRemovedPostsResponse>(
        "ModerationService/ListRemovedPosts", ListRemovedPosts);
    Add<v1::ListRemovalsRequest, v1::ListRemovalsResponse>("ModerationService/ListRemovals",
                                                           ListRemovals);
    Add("ModerationService/ListMyRemovals", ListMyRemovals);
    Add<v1::SplitTopicRequest, v1::Topic>("CarryingService/SplitTopic", SplitTopic);
    Add<v1::MergeTopicsRequest, v1::Topic>("CarryingService/MergeTopics", MergeTopics);
    Add("FlagService/CreateFlag", CreateFlag);
    Add("FlagService/DeleteFlag", DeleteFlag);
    Add("FlagService/ListMyFlags", ListMyFlags);
    Add<v1::ListReviewsRequest, v1::ListReviewsResponse>("FlagService/ListReviews", ListReviews);
    Add<v1::ListWaitingReviewsRequest, v1::ListWaitingReviewsResponse>(
        "FlagService/ListWaitingReviews", ListWaitingReviews);
    Add("FlagService/BatchGetReviewCounts", BatchGetReviewCounts);
    Add<v1::ListDecidedReviewsRequest, v1::ListDecidedReviewsResponse>(
        "FlagService/ListDecidedReviews", ListDecidedReviews);
    Add("FlagService/DismissFlags", DismissFlags);
  }

  void AddHandlers() {
    Add("CreateTopic", CreateTopic);
    Add("ListTopics", ListTopics);
    Add<v1::UpdateTopicRequest, v1::Topic>("UpdateTopic", UpdateTopic);
    Add<v1::DeleteTopicRequest, v1::DeleteTopicResponse>("DeleteTopic", DeleteTopic);
    Add("CreatePost", CreatePost);
    Add("GetPost", discussions::GetPost);
    Add("ListPosts", ListPosts);
    Add<v1::UpdatePostRequest, v1::Post>("UpdatePost", UpdatePost);
    Add<v1::DeletePostRequest, v1::DeletePostResponse>("DeletePost", DeletePost);
    Add("UpdateReadState", UpdateReadState);
    Add("BatchGetReadStates", BatchGetReadStates);
    Add<v1::ImportTopicsRequest, v1::ImportTopicsResponse>("ImportTopics", ImportTopics);
    Add<v1::ImportPostsRequest, v1::ImportPostsResponse>("ImportPosts", ImportPosts);
    Add("LoadItems", LoadItems);
    AddHandlersOfOrder();
    Add<v1::ListTagsRequest, v1::ListTagsResponse>("TagService/ListTags", ListTags);
    Add<v1::ListTaggedTopicsRequest, v1::ListTaggedTopicsResponse>("TagService/ListTaggedTopics",
                                                                   ListTaggedTopics);
    Add("TagService/GetMostUsedTags", GetMostUsedTags);
    Add("TagService/GetSuggestedSkills", GetSuggestedSkills);
    Add("ReactionService/CreateReaction", CreateReaction);
    Add<v1::DeleteReactionRequest, v1::DeleteReactionResponse>("ReactionService/DeleteReaction",
                                                               DeleteReaction);
    Add<v1::ListReactionsRequest, v1::ListReactionsResponse>("ReactionService/ListReactions",
                                                             ListReactions);
    Add("ReactionService/BatchGetReactions", BatchGetReactions);
    AddPollHandlers();
    AddReadersHandlers();
    Add("PostSearchService/SearchPosts", SearchPosts);
    Add<v1::ListRevisionsRequest, v1::ListRevisionsResponse>("HistoryService/ListRevisions",
                                                             ListRevisions);
    handlers_["GetTopic"] = [this](const rpc::Call& call,
                                   const std::string& bytes) -> absl::StatusOr<std::string> {
      v1::GetTopicRequest request;
      request.ParseFromString(bytes);
      const auto lookup = TopicLookup(discussions);
      GUILDHALL_ASSIGN(const TopicId id, lookup.key(request));
      GUILDHALL_ASSIGN(const auto rows, lookup.fetch(call.context(), {&id, 1}));
      if (!rows[0]) return access::NotFound();
      return lookup.reply(call, *rows[0]).SerializeAsString();
    };
  }

  void AddPollHandlers() {
    Add<v1::GetPollRequest, v1::Poll>("PollService/GetPoll", discussions::GetPoll);
    Add<v1::CastVoteRequest, v1::Poll>("PollService/CastVote", CastVote);
    Add<v1::WithdrawVoteRequest, v1::Poll>("PollService/WithdrawVote", WithdrawVote);
    Add<v1::ListVotesRequest, v1::ListVotesResponse>("PollService/ListVotes", ListVotes);
    Add("PollService/UpdatePoll", UpdatePoll);
    Add("PollService/ModeratePoll", ModeratePoll);
  }

  // What is the reader's own.
  void AddReadersHandlers() {
    Add<v1::MarkCommunitiesReadRequest, v1::MarkCommunitiesReadResponse>(
        "ReadingService/MarkCommunitiesRead", MarkCommunitiesRead);
    Add("ReadingService/BatchGetUnreadCounts", BatchGetUnreadCounts);
    Add<v1::ListUnreadTopicsRequest, v1::ListUnreadTopicsResponse>(
        "ReadingService/ListUnreadTopics", ListUnreadTopics);
    Add("ReadingService/BatchGetTopics", BatchGetTopics);
    Add("ReadingService/BatchGetPosts", BatchGetPosts);
    Add<v1::RewindReadStateRequest, v1::ReadState>("ReadingService/RewindReadState",
                                                   RewindReadState);
    Add("FollowService/UpdateTopicFollow", UpdateTopicFollow);
    Add("FollowService/UpdateCommunityFollow", UpdateCommunityFollow);
    Add("FollowService/DeleteTopicFollow", DeleteTopicFollow);
    Add("FollowService/DeleteCommunityFollow", DeleteCommunityFollow);
    Add("FollowService/UpdateTagFollow", UpdateTagFollow);
    Add<v1::DeleteTagFollowRequest, v1::DeleteTagFollowResponse>("FollowService/DeleteTagFollow",
                                                                 DeleteTagFollow);
    Add("FollowService/BatchGetFollows", BatchGetFollows);
    Add<v1::ListFollowedTopicsRequest, v1::ListFollowedTopicsResponse>(
        "FollowService/ListFollowedTopics", ListFollowedTopics);
    Add<v1::ListFollowedCommunitiesRequest, v1::ListFollowedCommunitiesResponse>(
        "FollowService/ListFollowedCommunities", ListFollowedCommunities);
    Add<v1::ListFollowedTagsRequest, v1::ListFollowedTagsResponse>("FollowService/ListFollowedTags",
                                                                   ListFollowedTags);
    Add("IgnoreService/CreateIgnore", CreateIgnore);
    Add<v1::DeleteIgnoreRequest, v1::DeleteIgnoreResponse>("IgnoreService/DeleteIgnore",
                                                           DeleteIgnore);
    Add<v1::ListIgnoresRequest, v1::ListIgnoresResponse>("IgnoreService/ListIgnores", ListIgnores);
    Add("FeedService/ListFeed", ListFeed);
    Add<v1::ListActiveCommunitiesRequest, v1::ListActiveCommunitiesResponse>(
        "FeedService/ListActiveCommunities", ListActiveCommunities);
    Add("BookmarkService/CreateBookmark", CreateBookmark);
    Add<v1::DeleteBookmarkRequest, v1::DeleteBookmarkResponse>("BookmarkService/DeleteBookmark",
                                                               DeleteBookmark);
    Add<v1::ListBookmarksRequest, v1::ListBookmarksResponse>("BookmarkService/ListBookmarks",
                                                             ListBookmarks);
    Add("BookmarkService/BatchGetBookmarks", BatchGetBookmarks);
    Add("MentionService/ListMyMentions", ListMyMentions);
    Add("DraftService/UpdateDraft", UpdateDraft);
    Add<v1::GetDraftRequest, v1::Draft>("DraftService/GetDraft", GetDraft);
    Add<v1::ListDraftsRequest, v1::ListDraftsResponse>("DraftService/ListDrafts", ListDrafts);
    Add("DraftService/GetPreview", GetPreview);
    Add<v1::DeleteDraftRequest, v1::DeleteDraftResponse>("DraftService/DeleteDraft", DeleteDraft);
  }

  absl::StatusOr<access::Grant> Authorize(rpc::CallFacts& call,
                                          const google::protobuf::Message& request) {
    const access::MethodPolicy& policy = *policies_.Find(call.method);
    access::Demand demand{.permission = policy.permission};
    const std::string name(policy.ResourceOf(request));
    const postgres::Context context{.deadline = call.deadline};
    if (const auto community = resources::ParseCommunity("", name); community.ok()) {
      demand.community = *community;
    } else if (!policy.resource.empty()) {
      const auto topic = resources::ParseTopic("", name);
      const auto post = resources::ParsePost("", name);
      if (!topic.ok() && !post.ok()) return WrongField(name, "");
      GUILDHALL_ASSIGN(const Places places, topic.ok()
                                                ? GetTopicPlaces(*database, context, {&*topic, 1})
                                                : GetPostPlaces(*database, context, {&*post, 1}));
      demand.item = access::ItemFacts{};
      if (places[0]) {
        demand.community = places[0]->community;
        demand.item = access::ItemFacts{true, places[0]->author, places[0]->deleted};
      }
    }
    return authorizer_.AuthorizeAndWait(demand, call.caller, call.deadline);
  }

  static access::PolicyTable Policies() {
    const google::protobuf::ServiceDescriptor* const services[] = {
        v1::CreateTopicRequest::descriptor()->file()->service(0),
        v1::MoveTopicRequest::descriptor()->file()->service(0),
        v1::SplitTopicRequest::descriptor()->file()->service(0),
        v1::Reaction::descriptor()->file()->service(0),
        v1::UnreadCount::descriptor()->file()->service(0),
        v1::TopicFollow::descriptor()->file()->service(0),
        v1::Ignore::descriptor()->file()->service(0),
        v1::ListFeedRequest::descriptor()->file()->service(0),
        v1::Bookmark::descriptor()->file()->service(0),
        v1::Draft::descriptor()->file()->service(0),
        v1::Flag::descriptor()->file()->service(0),
        v1::SearchResult::descriptor()->file()->service(0),
        v1::Revision::descriptor()->file()->service(0),
        v1::Tag::descriptor()->file()->service(0),
        v1::Mention::descriptor()->file()->service(0),
        v1::Poll::descriptor()->file()->service(0)};
    return *access::PolicyTable::FromServices(services);
  }

  access::Authorizer authorizer_{facts};
  const access::PolicyTable policies_ = Policies();
  const resources::PageTokens page_tokens_{std::string(32, 'k')};
  std::map<std::string, Handler> handlers_;

  telemetry::Metrics metrics_;

 public:
  cache::Replies replies{{}, metrics_};
  Discussions discussions{*database, authorizer_, facts, random, page_tokens_, replies};
};

}  // namespace guildhall::discussions
