#include "services/directory/domain/sanction.h"

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

TEST_CASE("nobody bans or mutes whoever ranks as high or higher") {
  for (const Rank sanctioner : {Rank::kModerator, Rank::kOwner, Rank::kOwnerAbove}) {
    for (const Rank rank : kRanks) {
      const absl::Status status = CheckSanctioning(sanctioner, {.rank = rank});
      if (rank < sanctioner) {
        CHECK(status.ok());
      } else {
        CHECK(Is(status, kNotPermitted));
      }
    }
  }
}

TEST_CASE("a moderator bans and mutes nobody who has a say in a community below") {
  for (const Role role : {Role::kModerator, Role::kOwner}) {
    const StandingToSanction below{.rank = Rank::kMember, .highest_role = role};
    CHECK(Is(CheckSanctioning(Rank::kModerator, below), kNotPermitted));
    CHECK(CheckSanctioning(Rank::kOwner, below).ok());
  }
  CHECK(CheckSanctioning(Rank::kModerator, {.rank = Rank::kMember, .highest_role = Role::kMember})
            .ok());
}

TEST_CASE("the last owner is not banned or muted, by nobody") {
  const StandingToSanction last{
      .rank = Rank::kOwner, .highest_role = Role::kOwner, .last_owner = true};
  CHECK(Is(CheckSanctioning(Rank::kOwnerAbove, last), reasons::kLastOwner));
  // Who may not ban at all is told nothing else.
  CHECK(Is(CheckSanctioning(Rank::kModerator, last), kNotPermitted));
}

TEST_CASE("a ban or mute says why in 500 characters, and ends in the future or not by itself") {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  Sanction ban{.reason = " Sold kettles.\nTwice. ", .create_time = now};
  REQUIRE(TidySanction(ban).ok());
  CHECK(ban.reason == "Sold kettles.\nTwice.");
  ban.expire_time = now + absl::Microseconds(1);
  CHECK(CheckEnd(ban).ok());
  ban.expire_time = now;
  CHECK(Is(CheckEnd(ban), kFieldInvalid));
  ban.expire_time.reset();
  CHECK(CheckEnd(ban).ok());
  ban.reason = std::string(501, 'x');
  CHECK(Is(TidySanction(ban), kFieldInvalid));
}

TEST_CASE("of a ban that ends in the past the ban is at fault, of a mute the mute") {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  for (const SanctionKind kind : {SanctionKind::kBan, SanctionKind::kMute}) {
    const Sanction ended{.kind = kind, .create_time = now, .expire_time = now};
    const std::string field = kind == SanctionKind::kBan ? "ban.expire_time" : "mute.expire_time";
    CHECK(CheckEnd(ended) == WrongField(field, "lies in the future"));
  }
}

}  // namespace
}  // namespace guildhall::directory
