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
  CHECK(CheckInviting({.held = kMaxInvitations - 1}).ok());
  CHECK(Is(CheckInviting({.held = kMaxInvitations}), reasons::kTooManyInvitations));
}

TEST_CASE("an address that has an account is not invited") {
  CHECK(Is(CheckInviting({.held = 0, .has_account = true}), reasons::kEmailTaken));
}

}  // namespace
}  // namespace guildhall::identity
