#include "services/identity/domain/admission.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {

absl::StatusOr<Door> DoorFor(const Applicant& applicant) {
  if (applicant.shows_secret) return Door::kSecret;
  if (applicant.sign_up_open) return Door::kOpen;
  return Refusal(reasons::kSignUpClosed, "This organization does not take sign-ups.");
}

bool Admits(const ShownSecret& secret, std::string_view email) {
  return secret.holds && (!secret.invited_email || *secret.invited_email == email);
}

}  // namespace guildhall::identity
