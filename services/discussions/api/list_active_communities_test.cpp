#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::ListActiveCommunitiesResponse> List(MemberId who,
                                                         const std::string& token = "",
                                                         int size = 0) {
    v1::ListActiveCommunitiesRequest request;
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListActiveCommunitiesResponse>(who, "FeedService/ListActiveCommunities",
                                                   request);
  }
  Names All(MemberId who, int size = 0) {
    Names names;
    std::string token;
    do {
      const auto page = Must(List(who, token, size));
      for (const auto& each : page.communities()) names.push_back(each.community());
      token = page.next_page_token();
    } while (!token.empty());
    return names;
  }
  std::string Write(CommunityId where) {
    clock.Advance(absl::Hours(1));
    return Open(ada, where).name();
  }
  const std::string in_open = resources::Name(open), in_closed = resources::Name(closed),
                    in_secret = resources::Name(secret);
};

TEST_CASE_METHOD(Fixture, "communities come by their latest posts") {
  CHECK(All(ada).empty());
  const std::string topic = Write(open);
  Write(closed);
  Write(secret);
  CHECK(All(ada) == Names{in_secret, in_closed, in_open});
  clock.Advance(absl::Hours(1));
  Post(ben, topic);
  CHECK(All(ada, 1) == Names{in_open, in_secret, in_closed});
}

TEST_CASE_METHOD(Fixture, "what one may not read is passed over") {
  for (const CommunityId place : {open, secret, closed}) Write(place);
  const auto seen = Must(List(eve, "", 1));
  REQUIRE(seen.communities_size() == 1);
  CHECK(seen.communities(0).community() == in_open);
  CHECK(seen.next_page_token().empty());
  CHECK(All(ben) == Names{in_closed, in_secret, in_open});
}

TEST_CASE_METHOD(Fixture, "archived communities are left out") {
  for (const CommunityId place : {open, secret, closed}) Write(place);
  facts.Archive(secret);
  CHECK(All(ada, 1) == Names{in_closed, in_open});
}

TEST_CASE_METHOD(Fixture, "activity is told to ten minutes, and is written as often") {
  Write(open);
  const auto before = Must(List(ada)).communities(0).active_time().seconds();
  CHECK(before % 600 == 0);
  CHECK(before <= absl::ToUnixSeconds(clock.Now()));
  CHECK(before > absl::ToUnixSeconds(clock.Now() - absl::Minutes(10)));
  const std::string row = "SELECT xmin FROM community_activity";
  const std::string written = database.Ask(row);
  Open(ben, open);
  CHECK(database.Ask(row) == written);
}

TEST_CASE_METHOD(Fixture, "what was written stays activity when it is deleted or moved") {
  const std::string topic = Write(open);
  Write(closed);
  Move(topic, secret);
  const Names all = All(ada);
  REQUIRE(all.size() == 3);
  CHECK(all.front() == in_closed);
}

TEST_CASE_METHOD(Fixture, "a page goes on behind many communities that one may not read") {
  Write(open);
  database.Run(
      "INSERT INTO community_activity "
      "SELECT gen_random_uuid(), now() + interval '1 day' FROM generate_series(1, 450)");
  CHECK(All(eve, 1) == Names{in_open});
}

TEST_CASE_METHOD(Fixture, "without facts nothing is told") {
  Write(open);
  facts.FailWith(Refusal(policy_reasons::kDependencyAway, "Directory is away."));
  CHECK_FALSE(List(ada).ok());
}

}  // namespace
}  // namespace guildhall::discussions
