#include "services/directory/domain/sanction.h"

#include "absl/strings/str_cat.h"
#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

std::string Field(const Sanction& sanction, std::string_view name) {
  return absl::StrCat(Absl(WordFor(sanction.kind)), ".", Absl(name));
}

}  // namespace

std::string_view WordFor(SanctionKind kind) { return kind == SanctionKind::kBan ? "ban" : "mute"; }

absl::Status TidySanction(Sanction& sanction) {
  GUILDHALL_ASSIGN(sanction.reason,
                   TidyText(Field(sanction, "reason"), sanction.reason, kSanctionReason));
  return absl::OkStatus();
}

absl::Status CheckEnd(const Sanction& sanction) {
  if (sanction.expire_time && *sanction.expire_time <= sanction.create_time) {
    return WrongField(Field(sanction, "expire_time"), "lies in the future");
  }
  return absl::OkStatus();
}

absl::Status CheckSanctioning(Rank sanctioner, const StandingToSanction& sanctioned) {
  const bool has_a_say = sanctioned.highest_role > Role::kMember;
  if (sanctioned.rank >= sanctioner || (sanctioner < Rank::kOwner && has_a_say)) {
    return Refusal(policy::reasons::kNotPermitted,
                   "Only who ranks higher may ban or mute a member.");
  }
  if (!sanctioned.last_owner) return absl::OkStatus();
  return Refusal(reasons::kLastOwner, "The last owner cannot be banned or muted.");
}

}  // namespace guildhall::directory
