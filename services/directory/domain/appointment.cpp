#include "services/directory/domain/appointment.h"

#include "absl/strings/str_cat.h"

namespace guildhall::directory {
namespace {

absl::Status Refused(absl::string_view why) { return absl::FailedPreconditionError(why); }

}  // namespace

bool CanAct(const CommunityProfile& profile, const OwnerStanding& owner) {
  if (owner.suspended || owner.imported || owner.banned || owner.muted) return false;
  return owner.owns == OwnerStanding::Owns::kIt || IsAdmitted(owner.affiliation, profile);
}

absl::Status CheckAppointing(const CommunityProfile& profile, const StandingToAppoint& appointed) {
  if (appointed.affiliation == Affiliation::kNone) {
    return Refused("There is no such member. Whoever has an account is one after its first call.");
  }
  if (appointed.acting_owner) {
    return Refused(
        absl::StrCat("The community has an owner who can act, its own or one from above: members/",
                     appointed.acting_owner->ToString(), ". Owners appoint others."));
  }
  if (appointed.suspended) {
    return Refused("The member's account is suspended. An administrator reactivates it first.");
  }
  if (appointed.imported) {
    return Refused("The member came with an import and has no account: it could not act.");
  }
  if (!IsAdmitted(appointed.affiliation, profile)) {
    return Refused("The community admits employees only, and the member is external.");
  }
  if (appointed.banned) {
    return Refused("The member is banned from the community or from one above it.");
  }
  if (appointed.muted) {
    return Refused("The member is muted in the community or in one above it, and could not act.");
  }
  return absl::OkStatus();
}

}  // namespace guildhall::directory
