#include "services/discussions/domain/follow.h"

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

absl::StatusOr<std::optional<FollowLevel>> FollowLevelFrom(std::string_view field, int number) {
  if (number == 0) return std::nullopt;
  if (number >= 1 && number <= static_cast<int>(FollowLevel::kWatching)) {
    return static_cast<FollowLevel>(number);
  }
  return WrongField(field, "is one of the values of the contract");
}

absl::Status TooManyFollows() {
  return Refusal(reasons::kTooManyFollows, "A member has room for no more choices.")
      .With("limit", absl::StrCat(kMaxFollows));
}

}  // namespace guildhall::discussions
