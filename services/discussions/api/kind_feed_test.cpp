// Feeds of topics of one kind, and of unanswered questions.
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  v1::ListFeedRequest Of(v1::TopicKind kind) {
    v1::ListFeedRequest request;
    for (const std::string& each : everywhere) request.add_communities(each);
    request.set_kind(kind);
    return request;
  }
  v1::ListFeedRequest Unanswered() {
    v1::ListFeedRequest request = Of(v1::TOPIC_KIND_UNSPECIFIED);
    request.set_filter(v1::TOPIC_FILTER_UNANSWERED);
    return request;
  }
  absl::StatusOr<v1::ListFeedResponse> Feed(MemberId who, const v1::ListFeedRequest& request) {
    return Call<v1::ListFeedResponse>(who, "FeedService/ListFeed", request);
  }
  // All pages.
  Names All(MemberId who, v1::ListFeedRequest request, int size = 20) {
    Names names;
    request.set_page_size(size);
    do {
      const auto page = Must(Feed(who, request));
      for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  std::string AskLater(CommunityId where) {
    clock.Advance(absl::Minutes(1));
    return Ask(ada, where).name();
  }
  std::string OpenLater(CommunityId where) {
    clock.Advance(absl::Minutes(1));
    return Open(ada, where).name();
  }
  void Accept(const std::string& topic, int number) {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic);
    request.mutable_topic()->set_accepted_post_number(number);
    request.mutable_update_mask()->add_paths("accepted_post_number");
    request.set_request_id(NewRequestId());
    Must(Call<v1::Topic>(ada, "UpdateTopic", request));
  }
  void Choose(const std::string& topic, v1::FollowLevel level) {
    v1::UpdateTopicFollowRequest request;
    request.mutable_topic_follow()->set_topic(topic);
    request.mutable_topic_follow()->set_level(level);
    Must(Call<v1::TopicFollow>(ben, "FollowService/UpdateTopicFollow", request));
  }
  void MuteCommunity(CommunityId community) {
    v1::UpdateCommunityFollowRequest request;
    request.mutable_community_follow()->set_community(resources::Name(community));
    request.mutable_community_follow()->set_level(v1::FOLLOW_LEVEL_MUTED);
    Must(Call<v1::CommunityFollow>(ben, "FollowService/UpdateCommunityFollow", request));
  }
  const Names everywhere = {resources::Name(open), resources::Name(closed),
                            resources::Name(secret)};
  const v1::ListFeedRequest questions = Of(v1::TOPIC_KIND_QUESTION);
};

TEST_CASE_METHOD(Fixture, "a feed of one kind shows it of all communities, and no other") {
  facts.SetRole(secret, ada, Role::kModerator);
  const std::string first = AskLater(open), discussion = OpenLater(closed);
  const std::string announcement =
      Open(ada, secret, "Closed on Monday", v1::TOPIC_KIND_ANNOUNCEMENT).name();
  const std::string second = AskLater(secret);
  CHECK(All(ben, questions) == Names{second, first});
  CHECK(All(ben, Of(v1::TOPIC_KIND_DISCUSSION)) == Names{discussion});
  CHECK(All(ben, Of(v1::TOPIC_KIND_ANNOUNCEMENT)) == Names{announcement});
  CHECK(All(ben, Of(v1::TOPIC_KIND_PRAISE)).empty());
  clock.Advance(absl::Minutes(1));
  Post(ben, first);
  for (const int size : {1, 2}) CHECK(All(ben, questions, size) == Names{first, second});
}

TEST_CASE_METHOD(Fixture, "a feed of unanswered questions ends for each with its answer") {
  const std::string oldest = AskLater(secret), first = AskLater(open), second = AskLater(closed);
  OpenLater(open);
  Post(ben, first);
  const Names all = {first, second, oldest}, others = {second, oldest};
  CHECK(All(ben, Unanswered()) == all);
  Accept(first, 2);
  for (const int size : {1, 20}) CHECK(All(ben, Unanswered(), size) == others);
  CHECK(All(ben, questions) == all);
  Accept(first, 0);
  for (const int size : {1, 20}) CHECK(All(ben, Unanswered(), size) == all);
}

TEST_CASE_METHOD(Fixture, "a question that loses its answer long after is unanswered where it is") {
  const std::string topic = AskLater(open);
  const v1::Post answer = Post(ben, topic);
  Accept(topic, 2);
  database.Run("TRUNCATE kind_activity");
  clock.Advance(absl::Hours(1));
  Must(Call<v1::DeletePostResponse>(ben, "DeletePost", [&] {
    v1::DeletePostRequest request;
    request.set_name(answer.name());
    request.set_request_id(NewRequestId());
    return request;
  }()));
  CHECK(All(ben, Unanswered()) == Names{topic});
  Move(topic, secret);
  CHECK(All(ben, Unanswered()) == Names{topic});
  CHECK(All(eve, Unanswered()).empty());
}

TEST_CASE_METHOD(Fixture,
                 "what one mutes is left out of a feed of one kind, but what one follows") {
  const std::string watched = AskLater(closed), beside = AskLater(open), muted = AskLater(open);
  AskLater(closed);
  Choose(OpenLater(closed), v1::FOLLOW_LEVEL_WATCHING);
  Choose(watched, v1::FOLLOW_LEVEL_WATCHING);
  Choose(muted, v1::FOLLOW_LEVEL_MUTED);
  MuteCommunity(closed);
  for (const int size : {1, 2, 20}) {
    CHECK(All(ben, questions, size) == Names{beside, watched});
    CHECK(All(ben, Unanswered(), size) == Names{beside, watched});
  }
  Post(ben, watched);
  Accept(watched, 2);
  CHECK(All(ben, Unanswered()) == Names{beside});
}

TEST_CASE_METHOD(Fixture, "feeds of one kind leave hidden communities out like those never there") {
  const std::string here = AskLater(open);
  AskLater(secret);
  for (v1::ListFeedRequest request : {questions, Unanswered()}) {
    request.set_page_size(1);
    const std::string told = Must(Feed(eve, request)).SerializeAsString();
    CHECK(All(eve, request) == Names{here});
    request.set_communities(2, resources::Name(CommunityId(Numbered(99))));
    CHECK(Must(Feed(eve, request)).SerializeAsString() == told);
  }
}

TEST_CASE_METHOD(Fixture, "what one follows is in no feed where one may read no more") {
  const std::string watched = AskLater(closed);
  Choose(watched, v1::FOLLOW_LEVEL_WATCHING);
  MuteCommunity(closed);
  MuteCommunity(open);
  CHECK(All(ben, questions) == Names{watched});
  facts.SetRole(closed, ben, Role::kNone);
  for (const v1::ListFeedRequest& request : {questions, Unanswered()}) {
    CHECK(All(ben, request).empty());
  }
}

TEST_CASE_METHOD(Fixture, "removed questions are in no feed, followed or not") {
  const std::string followed = AskLater(closed);
  Choose(followed, v1::FOLLOW_LEVEL_WATCHING);
  MuteCommunity(closed);
  CHECK(All(ben, questions) == Names{followed});
  for (const std::string& removed : {followed, AskLater(open)}) {
    v1::DeleteTopicRequest request;
    request.set_name(removed);
    request.set_request_id(NewRequestId());
    Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  }
  CHECK(All(ben, questions).empty());
  CHECK(All(ben, Unanswered()).empty());
  CHECK(All(ada, questions).empty());
  CHECK(All(ada, Unanswered()).empty());
}

TEST_CASE_METHOD(Fixture, "a token of one kind is none for another, nor for all") {
  AskLater(open);
  AskLater(closed);
  v1::ListFeedRequest request = questions;
  request.set_page_size(1);
  const std::string token = Must(Feed(ben, request)).next_page_token();
  REQUIRE_FALSE(token.empty());
  for (v1::ListFeedRequest other : {Unanswered(), Of(v1::TOPIC_KIND_POLL), Of({})}) {
    other.set_page_size(1);
    other.set_page_token(token);
    CHECK(Is(Feed(ben, other).status(), policy_reasons::kPageTokenInvalid));
  }
  request.set_page_token(token);
  CHECK(Is(Feed(ada, request).status(), policy_reasons::kPageTokenInvalid));
  CHECK(Feed(ben, request).ok());
}

TEST_CASE_METHOD(Fixture, "a feed takes a kind or a filter of the contract, by latest posts") {
  v1::ListFeedRequest both = Unanswered(), score = questions, unknown = questions,
                      filter = questions;
  both.set_kind(v1::TOPIC_KIND_QUESTION);
  score.set_order(v1::TOPIC_ORDER_SCORE);
  unknown.set_kind(static_cast<v1::TopicKind>(9));
  filter.set_kind(v1::TOPIC_KIND_UNSPECIFIED);
  filter.set_filter(static_cast<v1::TopicFilter>(9));
  for (const v1::ListFeedRequest& request : {both, score, unknown, filter}) {
    CHECK(Is(Feed(ben, request).status(), policy_reasons::kFieldInvalid));
  }
}

}  // namespace
}  // namespace guildhall::discussions
