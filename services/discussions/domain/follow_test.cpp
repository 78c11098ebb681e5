#include "services/discussions/domain/follow.h"

#include <catch2/catch.hpp>

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

TEST_CASE("there are no other levels") {
  CHECK(Is(FollowLevelFrom("level", 4).status(), policy::reasons::kFieldInvalid));
  CHECK(Is(FollowLevelFrom("level", -1).status(), policy::reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
