#include "services/identity/domain/suspension.h"

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {

absl::Status TidyTerms(SuspensionTerms& terms) {
  GUILDHALL_ASSIGN(terms.reason, TidyText("reason", terms.reason, kSuspendReason));
  return absl::OkStatus();
}

absl::Status CheckEnd(const SuspensionTerms& terms, absl::Time now) {
  if (!terms.expire_time) return absl::OkStatus();
  if (*terms.expire_time > now && *terms.expire_time <= now + kLongestSuspension) {
    return absl::OkStatus();
  }
  return WrongField("expire_time", "lies in the future, by ten years at most");
}

}  // namespace guildhall::identity
