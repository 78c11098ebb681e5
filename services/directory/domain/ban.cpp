#include "services/directory/domain/ban.h"

#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {

absl::Status TidyBan(Ban& ban) {
  GUILDHALL_ASSIGN(ban.reason, TidyText("ban.reason", ban.reason, kBanReason));
  return absl::OkStatus();
}

absl::Status CheckEnd(const Ban& ban) {
  if (ban.expire_time && *ban.expire_time <= ban.create_time) {
    return WrongField("ban.expire_time", "lies in the future");
  }
  return absl::OkStatus();
}

absl::Status CheckBanning(Rank banner, const StandingToBan& banned) {
  const bool has_a_say = banned.highest_role > Role::kMember;
  if (banned.rank >= banner || (banner < Rank::kOwner && has_a_say)) {
    return Refusal(policy::reasons::kNotPermitted, "Only who ranks higher may ban a member.");
  }
  if (!banned.last_owner) return absl::OkStatus();
  return Refusal(reasons::kLastOwner, "The last owner cannot be banned.");
}

}  // namespace guildhall::directory
