// Feeds of topics that have a tag.
#include "services/discussions/api/tag_follow_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

using Names = std::vector<std::string>;

struct Fixture : TagFollowFixture {
  v1::ListFeedRequest About(const std::string& tag, int size = 20) {
    auto request = Everywhere<v1::ListFeedRequest>();
    request.set_tag(tag);
    request.set_page_size(size);
    return request;
  }
  absl::StatusOr<v1::ListFeedResponse> Ask(MemberId who, const v1::ListFeedRequest& request) {
    return Call<v1::ListFeedResponse>(who, "FeedService/ListFeed", request);
  }
  // All pages.
  Names All(MemberId who, const std::string& tag, int size = 20) {
    Names names;
    v1::ListFeedRequest request = About(tag, size);
    do {
      const auto page = Must(Ask(who, request));
      for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  void Retag(const std::string& topic, const std::vector<std::string>& tags) {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic);
    for (const std::string& tag : tags) request.mutable_topic()->add_tags(tag);
    request.mutable_update_mask()->add_paths("tags");
    request.set_request_id(NewRequestId());
    Must(Call<v1::Topic>(ada, "UpdateTopic", request));
  }
};

TEST_CASE_METHOD(Fixture,
                 "a feed of a tag shows what has it in all communities, and nothing else") {
  const std::string first = OpenLater(open, {"rye"}), second = OpenLater(secret, {"oat", "rye"});
  OpenLater(closed, {"oat"});
  OpenLater(open, {});
  for (const int size : {1, 2, 20}) CHECK(All(ben, "rye", size) == Names{second, first});
  CHECK(All(ben, " #RYE") == Names{second, first});
  CHECK(All(ben, "wheat").empty());
  clock.Advance(absl::Hours(1));
  Post(ben, first);
  for (const int size : {1, 20}) CHECK(All(ben, "rye", size) == Names{first, second});
}

TEST_CASE_METHOD(Fixture, "pages of a tag hold each topic once, in one order") {
  Names all;
  for (int n = 0; n < 12; ++n) {
    const CommunityId where = n < 5 ? open : n % 2 == 0 ? closed : secret;
    all.insert(all.begin(), OpenLater(where, {"rye", "n" + std::to_string(n)}));
  }
  for (const int size : {1, 2, 3, 5, 7, 20}) CHECK(All(ben, "rye", size) == all);
}

TEST_CASE_METHOD(Fixture,
                 "a feed of a tag follows topics that gain and lose it, move, go and return") {
  const std::string topic = OpenLater(open, {});
  CHECK(All(ben, "rye").empty());
  clock.Advance(absl::Hours(1));
  Retag(topic, {"rye"});
  CHECK(All(ben, "rye") == Names{topic});
  Move(topic, secret);
  CHECK(All(ben, "rye") == Names{topic});
  CHECK(All(eve, "rye").empty());
  Move(topic, open);
  CHECK(All(eve, "rye") == Names{topic});
  facts.SetRole(open, ben, Role::kModerator);
  v1::RemoveTopicRequest removal;
  removal.set_name(topic);
  removal.set_reason("No.");
  removal.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", removal));
  CHECK(All(ben, "rye").empty());
  v1::RestoreTopicRequest restoring;
  restoring.set_name(topic);
  restoring.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ben, "ModerationService/RestoreTopic", restoring));
  CHECK(All(ben, "rye") == Names{topic});
  Retag(topic, {"oat"});
  CHECK(All(ben, "rye").empty());
}

TEST_CASE_METHOD(Fixture, "what one mutes is left out of the feed of a tag, but what one follows") {
  const std::string watched = OpenLater(closed, {"rye"}), beside = OpenLater(open, {"rye"});
  const std::string muted = OpenLater(open, {"rye"}), tagged = OpenLater(closed, {"rye", "oat"});
  OpenLater(closed, {"rye"});
  Choose(OpenLater(closed, {"wheat"}), v1::FOLLOW_LEVEL_WATCHING);
  Choose(watched, v1::FOLLOW_LEVEL_WATCHING);
  Choose(muted, v1::FOLLOW_LEVEL_MUTED);
  Choose(closed, v1::FOLLOW_LEVEL_MUTED);
  Must(Follow(ben, "oat", v1::FOLLOW_LEVEL_NORMAL));
  for (const int size : {1, 2, 20}) CHECK(All(ben, "rye", size) == Names{tagged, beside, watched});
  Must(Follow(ben, "oat", v1::FOLLOW_LEVEL_MUTED));
  CHECK(All(ben, "rye") == Names{beside, watched});
}

TEST_CASE_METHOD(Fixture, "a muted tag hides nothing where it is asked for, and another one does") {
  const std::string plain = OpenLater(open, {"rye"});
  OpenLater(open, {"rye", "jobs"});
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_MUTED));
  Must(Follow(ben, "jobs", v1::FOLLOW_LEVEL_MUTED));
  CHECK(All(ben, "rye") == Names{plain});
}

TEST_CASE_METHOD(Fixture, "a feed of a tag leaves hidden communities out like those never there") {
  const std::string here = OpenLater(open, {"rye"});
  OpenLater(secret, {"rye"});
  OpenLater(secret, {"canary"});
  v1::ListFeedRequest request = About("rye", 1);
  const std::string told = Must(Ask(eve, request)).SerializeAsString();
  CHECK(All(eve, "rye", 1) == Names{here});
  request.set_communities(2, resources::Name(CommunityId(Numbered(99))));
  CHECK(Must(Ask(eve, request)).SerializeAsString() == told);
  CHECK(Must(Ask(eve, About("canary"))).ByteSizeLong() == 0);
}

TEST_CASE_METHOD(Fixture, "a token of one tag is none for another, for all, or for somebody else") {
  OpenLater(open, {"rye", "oat"});
  OpenLater(closed, {"rye", "oat"});
  v1::ListFeedRequest request = About("rye", 1);
  const std::string token = Must(Ask(ben, request)).next_page_token();
  REQUIRE_FALSE(token.empty());
  for (v1::ListFeedRequest other : {About("oat", 1), About("", 1)}) {
    other.set_page_token(token);
    CHECK(Is(Ask(ben, other).status(), policy_reasons::kPageTokenInvalid));
  }
  request.set_page_token(token);
  CHECK(Is(Ask(ada, request).status(), policy_reasons::kPageTokenInvalid));
  CHECK(Ask(ben, request).ok());
}

TEST_CASE_METHOD(Fixture, "a feed takes a tag alone, by latest posts") {
  v1::ListFeedRequest none = About("a/b"), kind = About("rye"), filter = About("rye"),
                      score = About("rye");
  kind.set_kind(v1::TOPIC_KIND_QUESTION);
  filter.set_filter(v1::TOPIC_FILTER_UNANSWERED);
  score.set_order(v1::TOPIC_ORDER_SCORE);
  for (const v1::ListFeedRequest& request : {none, kind, filter, score}) {
    CHECK(Is(Ask(ben, request).status(), policy_reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "places of a tag are those that have a topic with it, by then") {
  const auto places = [&] { return database.Ask("SELECT count(*) FROM tag_places"); };
  const std::string one = OpenLater(open, {"rye"});
  OpenLater(open, {"rye"});
  const std::string other = OpenLater(closed, {"rye"});
  CHECK(places() == "2");
  Move(other, open);
  CHECK(places() == "1");
  Retag(one, {"oat"});
  CHECK(places() == "2");
}

}  // namespace
}  // namespace guildhall::discussions
