#include "services/discussions/domain/ignore.h"

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

absl::Status CheckIgnored(std::string_view field, MemberId who, MemberId ignored) {
  if (who == ignored) return WrongField(field, "is somebody else");
  return absl::OkStatus();
}

absl::Status TooManyIgnores() {
  return Refusal(reasons::kTooManyIgnores, "A member ignores no more others.")
      .With("limit", absl::StrCat(kMaxIgnores));
}

}  // namespace guildhall::discussions
