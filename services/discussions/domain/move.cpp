#include "services/discussions/domain/move.h"

#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

bool FewerRead(const Readers& from, const Readers& to) {
  if (to.visibility != Visibility::kOpen) return true;
  return to.admits < from.admits;
}

absl::StatusOr<std::string> MoveReasonFrom(std::string_view field, std::string_view reason) {
  if (reason.empty()) return std::string();
  return TidyText(field, reason, kRemovalReason);
}

absl::Status CheckMoveReason(std::string_view field, std::string_view reason, const Readers& from,
                             const Readers& to) {
  if (!reason.empty() || !FewerRead(from, to)) return absl::OkStatus();
  return WrongField(field, "is required where fewer read");
}

}  // namespace guildhall::discussions
