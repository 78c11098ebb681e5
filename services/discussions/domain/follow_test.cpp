#include "services/discussions/domain/follow.h"

#include <catch2/catch.hpp>
#include <vector>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::discussions {
namespace {

TEST_CASE("a member mutes, follows normally, watches, or takes its choice back") {
  CHECK(*FollowLevelFrom("level", 1) == FollowLevel::kMuted);
  CHECK(*FollowLevelFrom("level", 2) == FollowLevel::kNormal);
  CHECK(*FollowLevelFrom("level", 3) == FollowLevel::kWatching);
  CHECK(*FollowLevelFrom("level", 0) == std::nullopt);
}

TEST_CASE("a member chooses no level but these") {
  CHECK(Is(FollowLevelFrom("level", 4).status(), policy::reasons::kFieldInvalid));
  CHECK(Is(FollowLevelFrom("level", -1).status(), policy::reasons::kFieldInvalid));
}

TEST_CASE("a member chooses for at most so many, and is told how many that are") {
  CHECK(Is(TooManyFollows(100), reasons::kTooManyFollows));
  CHECK(DetailsOf(TooManyFollows(100))->metadata[0].second == "100");
}

TEST_CASE("what was chosen for the topic, its tags, its community decides, in this order") {
  constexpr auto kMuted = FollowLevel::kMuted;
  constexpr auto kNormal = FollowLevel::kNormal;
  constexpr auto kWatching = FollowLevel::kWatching;
  using Tags = std::vector<TagFollow>;
  struct Case {
    std::optional<FollowLevel> topic;
    Tags tags;
    std::optional<FollowLevel> community;
    EffectiveFollow expected;
  };
  const std::vector<Case> cases = {
      {{}, {}, {}, {kNormal, FollowSource::kNone, ""}},
      {{}, {}, kMuted, {kMuted, FollowSource::kCommunity, ""}},
      {{}, {}, kWatching, {kWatching, FollowSource::kCommunity, ""}},
      {{}, {{"rye", kNormal}}, kMuted, {kNormal, FollowSource::kTag, "rye"}},
      {{}, {{"rye", kWatching}}, kMuted, {kWatching, FollowSource::kTag, "rye"}},
      {{}, {{"rye", kMuted}}, kWatching, {kMuted, FollowSource::kTag, "rye"}},
      {{}, {{"rye", kWatching}, {"jobs", kMuted}}, {}, {kMuted, FollowSource::kTag, "jobs"}},
      {{}, {{"rye", kNormal}, {"oat", kWatching}}, {}, {kWatching, FollowSource::kTag, "oat"}},
      {{}, {{"rye", kMuted}, {"oat", kMuted}}, {}, {kMuted, FollowSource::kTag, "rye"}},
      {kNormal, {{"rye", kMuted}}, kMuted, {kNormal, FollowSource::kTopic, ""}},
      {kWatching, {{"rye", kMuted}}, kMuted, {kWatching, FollowSource::kTopic, ""}},
      {kMuted, {{"rye", kWatching}}, kWatching, {kMuted, FollowSource::kTopic, ""}},
  };
  for (const Case& each : cases) {
    CHECK(FollowOf(each.topic, each.tags, each.community) == each.expected);
  }
}

}  // namespace
}  // namespace guildhall::discussions
