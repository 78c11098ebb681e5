#include "services/identity/domain/invitation.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {

absl::Status CheckEnd(const Invitation& invitation) {
  if (invitation.expire_time > invitation.create_time &&
      invitation.expire_time <= invitation.create_time + kLongestInvitation) {
    return absl::OkStatus();
  }
  return WrongField("invitation.expire_time", "lies in the future, by 30 days at most");
}

absl::Status CheckInviting(const InvitingFacts& facts) {
  if (facts.has_account) {
    return Refusal(reasons::kEmailTaken, "An account with this e-mail address exists.");
  }
  if (facts.held < kMaxInvitations) return absl::OkStatus();
  return Refusal(reasons::kTooManyInvitations, "As many invitations hold as may.");
}

}  // namespace guildhall::identity
