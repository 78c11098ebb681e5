#include <atomic>
#include <thread>

#include "services/discussions/api/tag_follow_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Levels = std::map<std::string, v1::FollowLevel>;
using Names = std::vector<std::string>;

struct Fixture : TagFollowFixture {};

TEST_CASE_METHOD(Fixture, "a member chooses for tags in any form, changes that and takes it back") {
  CHECK(Must(Follow(ben, "#Rye Bread", v1::FOLLOW_LEVEL_WATCHING)).tag() == "rye-bread");
  Must(Follow(ben, "oat", v1::FOLLOW_LEVEL_NORMAL));
  Must(Follow(ben, "zoo", v1::FOLLOW_LEVEL_WATCHING));
  Must(Follow(ben, "zoo", v1::FOLLOW_LEVEL_MUTED));
  for (const int size : {0, 1, 2, 3}) {
    CHECK(Followed(ben, v1::FOLLOW_LEVEL_UNSPECIFIED, size) ==
          Levels{{"oat", v1::FOLLOW_LEVEL_NORMAL},
                 {"rye-bread", v1::FOLLOW_LEVEL_WATCHING},
                 {"zoo", v1::FOLLOW_LEVEL_MUTED}});
    CHECK(Followed(ben, v1::FOLLOW_LEVEL_MUTED, size).size() == 1);
  }
  CHECK(Followed(ada).empty());
  Must(Follow(ben, "oat", v1::FOLLOW_LEVEL_UNSPECIFIED));
  for (int i = 0; i < 2; ++i) CHECK(Forget(ben, "ZOO").ok());
  CHECK(Forget(ada, "rye-bread").ok());
  CHECK(Followed(ben) == Levels{{"rye-bread", v1::FOLLOW_LEVEL_WATCHING}});
}

TEST_CASE_METHOD(Fixture, "a tag that only hidden topics have is followed like one of none") {
  const std::string seen = OpenLater(open, {"bread"});
  OpenLater(secret, {"hush"});
  OpenLater(closed, {"hush"});
  Choose(open, v1::FOLLOW_LEVEL_NORMAL);
  const auto answers = [&](const std::string& tag) {
    std::string all;
    for (const auto level : {v1::FOLLOW_LEVEL_WATCHING, v1::FOLLOW_LEVEL_MUTED}) {
      v1::TagFollow follow = Must(Follow(eve, tag, level));
      CHECK(follow.tag() == tag);
      all += std::to_string(follow.level()) + std::to_string(Feed(eve).size()) +
             std::to_string(Unread(eve).size()) + std::to_string(Counted(eve));
    }
    CHECK(Followed(eve) == Levels{{tag, v1::FOLLOW_LEVEL_MUTED}});
    CHECK(Forget(eve, tag).ok());
    return all;
  };
  CHECK(answers("hush") == answers("nobody-has-it"));
  CHECK(Feed(eve) == Names{seen});
}

TEST_CASE_METHOD(Fixture, "tags are tags, levels those of the contract, tokens the caller's own") {
  for (const std::string& tag : {std::string(), std::string("a/b"), std::string("\xff"),
                                 std::string(41, 'a'), std::string(100'000, 'a')}) {
    CHECK(Is(Follow(ben, tag, v1::FOLLOW_LEVEL_MUTED).status(), policy_reasons::kFieldInvalid));
    CHECK(Is(Forget(ben, tag), policy_reasons::kFieldInvalid));
  }
  CHECK(Is(Follow(ben, "rye", static_cast<v1::FollowLevel>(4)).status(),
           policy_reasons::kFieldInvalid));
  CHECK(Is(List(ben, static_cast<v1::FollowLevel>(4)).status(), policy_reasons::kFieldInvalid));
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_MUTED));
  Must(Follow(ben, "oat", v1::FOLLOW_LEVEL_MUTED));
  const std::string token = Must(List(ben, v1::FOLLOW_LEVEL_MUTED, 1)).next_page_token();
  CHECK(
      Is(List(ada, v1::FOLLOW_LEVEL_MUTED, 1, token).status(), policy_reasons::kPageTokenInvalid));
  CHECK(
      Is(List(ben, v1::FOLLOW_LEVEL_NORMAL, 1, token).status(), policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "a member chooses for a hundred tags, and may change each choice") {
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_WATCHING));
  database.Run("INSERT INTO tag_follows SELECT '" + ben.ToString() +
               "', 'tag-' || n, 1 FROM generate_series(1, 99) n");
  CHECK(Is(Follow(ben, "oat", v1::FOLLOW_LEVEL_MUTED).status(), reasons::kTooManyFollows));
  CHECK(Follow(ben, "rye", v1::FOLLOW_LEVEL_MUTED).ok());
  CHECK(Follow(ada, "oat", v1::FOLLOW_LEVEL_MUTED).ok());
  CHECK(Followed(ben, v1::FOLLOW_LEVEL_MUTED, 100).size() == 100);
  REQUIRE(Forget(ben, "tag-1").ok());
  CHECK(Follow(ben, "oat", v1::FOLLOW_LEVEL_MUTED).ok());
}

TEST_CASE_METHOD(Fixture, "who chooses for a tag on several devices at once has one choice") {
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> devices;
    for (int device = 1; device <= 3; ++device) {
      devices.emplace_back([&, device] {
        for (int n = 0; n < 10; ++n) {
          const auto level = static_cast<v1::FollowLevel>(device);
          if (!Follow(ben, "tag-" + std::to_string(n), level).ok()) ++failed;
        }
      });
    }
  }
  CHECK(failed == 0);
  CHECK(Followed(ben).size() == 10);
}

}  // namespace
}  // namespace guildhall::discussions
