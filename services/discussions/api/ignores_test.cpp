#include <atomic>
#include <thread>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  Fixture() { facts.SetRole(open, eve, Role::kMember); }

  absl::StatusOr<v1::Ignore> Hide(MemberId who, const std::string& whom) {
    v1::CreateIgnoreRequest request;
    request.mutable_ignore()->set_member(whom);
    return Call<v1::Ignore>(who, "IgnoreService/CreateIgnore", request);
  }
  absl::StatusOr<v1::Ignore> Hide(MemberId who, MemberId whom) {
    return Hide(who, resources::Name(whom));
  }
  absl::Status Show(MemberId who, const std::string& whom) {
    v1::DeleteIgnoreRequest request;
    request.set_member(whom);
    return Call<v1::DeleteIgnoreResponse>(who, "IgnoreService/DeleteIgnore", request).status();
  }
  absl::StatusOr<v1::ListIgnoresResponse> List(MemberId who, const std::string& token = "",
                                               int size = 0) {
    v1::ListIgnoresRequest request;
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListIgnoresResponse>(who, "IgnoreService/ListIgnores", request);
  }
  Names Hidden(MemberId who, int size = 0) {
    Names names;
    std::string token;
    do {
      const auto page = Must(List(who, token, size));
      for (const v1::Ignore& each : page.ignores()) names.push_back(each.member());
      token = page.next_page_token();
    } while (!token.empty());
    return names;
  }
  Names Feed(MemberId who, int size = 20, v1::TopicOrder order = v1::TOPIC_ORDER_LATEST) {
    Names names;
    v1::ListFeedRequest request;
    request.add_communities(resources::Name(open));
    request.set_page_size(size);
    request.set_order(order);
    do {
      const auto page = Must(Call<v1::ListFeedResponse>(who, "FeedService/ListFeed", request));
      for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  Names Mentioning(MemberId who, int size = 30) {
    Names names;
    v1::ListMyMentionsRequest request;
    request.add_communities(resources::Name(open));
    request.set_page_size(size);
    do {
      const auto page =
          Must(Call<v1::ListMyMentionsResponse>(who, "MentionService/ListMyMentions", request));
      for (const v1::Mention& mention : page.mentions()) names.push_back(mention.post());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  std::string OpenLater(MemberId who) {
    clock.Advance(absl::Minutes(1));
    return Open(who, open).name();
  }
  static std::string At(MemberId member) { return "[@x](" + resources::Name(member) + ") "; }
};

TEST_CASE_METHOD(Fixture, "a member ignores others, and knows since when") {
  const v1::Ignore first = Must(Hide(ben, eve));
  CHECK(first.member() == resources::Name(eve));
  clock.Advance(absl::Minutes(1));
  CHECK(Must(Hide(ben, eve)).SerializeAsString() == first.SerializeAsString());
  Must(Hide(ben, ada));
  for (const int size : {0, 1, 2}) {
    CHECK(Hidden(ben, size) == Names{resources::Name(ada), resources::Name(eve)});
  }
  CHECK(Hidden(eve).empty());
}

TEST_CASE_METHOD(Fixture,
                 "topics that the ignored opened are not in the feed, whoever posts there") {
  const std::string before = OpenLater(ada), theirs = OpenLater(eve), after = OpenLater(ada);
  Must(Hide(ben, eve));
  Post(ada, theirs);
  Post(eve, before);
  for (const int size : {1, 2, 20}) {
    CHECK(Feed(ben, size) == Names{after, before});
    CHECK(Feed(ben, size, v1::TOPIC_ORDER_SCORE).size() == 2);
  }
  CHECK(Feed(ada).size() == 3);
  REQUIRE(Show(ben, resources::Name(eve)).ok());
  CHECK(Feed(ben) == Names{after, theirs, before});
}

TEST_CASE_METHOD(Fixture,
                 "what the ignored write mentions one no more, and does when they are not") {
  const std::string topic = OpenLater(ada);
  const std::string theirs = Post(eve, topic, At(ben)).name();
  clock.Advance(absl::Minutes(1));
  const std::string other = Post(ada, topic, At(ben)).name();
  clock.Advance(absl::Minutes(1));
  Post(eve, topic, At(ben));
  Must(Hide(ben, eve));
  for (const int size : {1, 2, 30}) CHECK(Mentioning(ben, size) == Names{other});
  REQUIRE(Show(ben, resources::Name(eve)).ok());
  CHECK(Mentioning(ben).size() == 3);
}

TEST_CASE_METHOD(Fixture, "replies for everybody are as they were, and the ignored learn nothing") {
  const std::string topic = OpenLater(eve);
  const v1::Post post = Post(eve, topic, At(ben));
  const std::string read = Must(GetPost(ben, post.name())).SerializeAsString();
  Must(Hide(ben, eve));
  CHECK(Must(GetPost(ben, post.name())).SerializeAsString() == read);
  CHECK(TopicsIn(ben, open) == Names{topic});
  CHECK(Must(List(eve)).ByteSizeLong() == 0);
  CHECK(Must(List(ada)).ByteSizeLong() == 0);
  Post(eve, topic, At(ben));
  CHECK(Feed(eve) == Names{topic});
}

TEST_CASE_METHOD(Fixture, "whoever it is taken back from need not be on the list") {
  CHECK(Show(ben, resources::Name(eve)).ok());
  Must(Hide(ben, eve));
  CHECK(Show(ada, resources::Name(eve)).ok());
  CHECK(Hidden(ben).size() == 1);
  for (int i = 0; i < 2; ++i) CHECK(Show(ben, resources::Name(eve)).ok());
  CHECK(Hidden(ben).empty());
}

TEST_CASE_METHOD(Fixture,
                 "one ignores members, somebody else, and whether they exist is not told") {
  CHECK(Is(Hide(ben, ben).status(), policy_reasons::kFieldInvalid));
  for (const char* name : {"", "members/me", "members/everyone", "members/1", "topics/1"}) {
    CHECK(Is(Hide(ben, name).status(), policy_reasons::kFieldInvalid));
    CHECK(Is(Show(ben, name), policy_reasons::kFieldInvalid));
  }
  CHECK(Hide(ben, MemberId(Numbered(99))).ok());
  CHECK(Is(List(ben, "x").status(), policy_reasons::kPageTokenInvalid));
  Must(Hide(ben, eve));
  const std::string token = Must(List(ben, "", 1)).next_page_token();
  CHECK(Is(List(ada, token, 1).status(), policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "a member ignores 500 others, and those once more") {
  Must(Hide(ben, eve));
  database.Run("INSERT INTO ignores SELECT '" + ben.ToString() +
               "', gen_random_uuid(), now() FROM generate_series(1, 499)");
  CHECK(Is(Hide(ben, ada).status(), reasons::kTooManyIgnores));
  CHECK(Hide(ben, eve).ok());
  CHECK(Hide(ada, eve).ok());
  CHECK(Hidden(ben, 500).size() == 500);
  REQUIRE(Show(ben, resources::Name(eve)).ok());
  CHECK(Hide(ben, ada).ok());
}

TEST_CASE_METHOD(Fixture, "who ignores somebody on two devices at once has one entry") {
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> devices;
    for (int device = 0; device < 4; ++device) {
      devices.emplace_back([&] {
        for (int n = 0; n < 10; ++n) {
          if (!Hide(ben, MemberId(Numbered(100 + n))).ok()) ++failed;
        }
      });
    }
  }
  CHECK(failed == 0);
  CHECK(Hidden(ben).size() == 10);
}

}  // namespace
}  // namespace guildhall::discussions
