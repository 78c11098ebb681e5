#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::identity {

using InvitationId = Id<struct InvitationKind>;

// An address may open an account until then.
struct Invitation {
  InvitationId id;
  std::string email;  // normalized
  MemberId creator;
  absl::Time create_time;
  absl::Time expire_time;
};

// OK when an invitation ends later than it begins, by kLongestInvitation at most.
// Fails with: FIELD_INVALID.
absl::Status CheckEnd(const Invitation& invitation);

// OK when there may be another beside `held`. Fails with: TOO_MANY_INVITATIONS.
absl::Status CheckAnotherInvitation(int held);

}  // namespace guildhall::identity
