#include "services/directory/domain/ban.h"

#include <catch2/catch.hpp>

#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::directory {
namespace {

using policy::reasons::kFieldInvalid;
using policy::reasons::kNotPermitted;

constexpr Rank kRanks[] = {Rank::kNone, Rank::kMember, Rank::kModerator, Rank::kOwner,
                           Rank::kOwnerAbove};

TEST_CASE("nobody bans whoever ranks as high or higher") {
  for (const Rank banner : {Rank::kModerator, Rank::kOwner, Rank::kOwnerAbove}) {
    for (const Rank rank : kRanks) {
      const absl::Status status = CheckBanning(banner, {.rank = rank});
      if (rank < banner) {
        CHECK(status.ok());
      } else {
        CHECK(Is(status, kNotPermitted));
      }
    }
  }
}

TEST_CASE("a moderator bans nobody who has a say in a community below") {
  for (const Role role : {Role::kModerator, Role::kOwner}) {
    const StandingToBan below{.rank = Rank::kMember, .highest_role = role};
    CHECK(Is(CheckBanning(Rank::kModerator, below), kNotPermitted));
    CHECK(CheckBanning(Rank::kOwner, below).ok());
  }
  CHECK(
      CheckBanning(Rank::kModerator, {.rank = Rank::kMember, .highest_role = Role::kMember}).ok());
}

TEST_CASE("the last owner is not banned, by nobody") {
  const StandingToBan last{.rank = Rank::kOwner, .highest_role = Role::kOwner, .last_owner = true};
  CHECK(Is(CheckBanning(Rank::kOwnerAbove, last), reasons::kLastOwner));
  // Who may not ban at all is told nothing else.
  CHECK(Is(CheckBanning(Rank::kModerator, last), kNotPermitted));
}

TEST_CASE("a ban says why in a few sentences and ends in the future") {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  Ban ban{.reason = " Sold kettles.\nTwice. ", .create_time = now};
  REQUIRE(TidyBan(ban).ok());
  CHECK(ban.reason == "Sold kettles.\nTwice.");
  ban.expire_time = now + absl::Microseconds(1);
  CHECK(CheckEnd(ban).ok());
  ban.expire_time = now;
  CHECK(Is(CheckEnd(ban), kFieldInvalid));
  ban.expire_time.reset();
  CHECK(CheckEnd(ban).ok());
  ban.reason = std::string(501, 'x');
  CHECK(Is(TidyBan(ban), kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::directory
