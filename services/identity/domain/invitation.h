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

// What decides whether an address may be invited.
struct InvitingFacts {
  int held = 0;  // invitations of other addresses that hold
  bool has_account = false;
};

// OK when an address may be invited. Fails with: EMAIL_TAKEN, TOO_MANY_INVITATIONS.
absl::Status CheckInviting(const InvitingFacts& facts);

}  // namespace guildhall::identity
