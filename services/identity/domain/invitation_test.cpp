#include "services/identity/domain/invitation.h"

#include <catch2/catch.hpp>

#include "guildhall/identity/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

absl::Status EndAfter(absl::Duration life) {
  Invitation invitation;
  invitation.create_time = absl::UnixEpoch();
  invitation.expire_time = invitation.create_time + life;
  return CheckEnd(invitation);
}

TEST_CASE("an invitation ends in the future, after a month at most") {
  CHECK(EndAfter(absl::Seconds(1)).ok());
  CHECK(EndAfter(kLongestInvitation).ok());
  for (const absl::Duration life :
       {absl::ZeroDuration(), absl::Seconds(-1), kLongestInvitation + absl::Seconds(1)}) {
    CHECK(Is(EndAfter(life), policy::reasons::kFieldInvalid));
  }
}

TEST_CASE("five hundred invitations hold at most") {
  CHECK(CheckAnotherInvitation(kMaxInvitations - 1).ok());
  CHECK(Is(CheckAnotherInvitation(kMaxInvitations), reasons::kTooManyInvitations));
}

}  // namespace
}  // namespace guildhall::identity
