#include <algorithm>

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/discussions/domain/import.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// Exports without a time zone are wrong by 14 hours at most.
constexpr absl::Duration kTolerance = absl::Hours(24);

}  // namespace

RecordHash::Digest TextDigest(const Post& post) {
  return RecordHash().Text(post.markdown).Finish();
}

absl::StatusOr<std::string> ImportedTitle(std::string_view field, std::string_view title) {
  TextRule any_length = kTitle;
  any_length.max_length = std::max(kTitle.max_length, static_cast<int>(title.size()));
  GUILDHALL_ASSIGN(const std::string tidy, TidyText(field, title, any_length));
  return TitleFrom(field, CutText(tidy, kTitle.max_length));
}

absl::Status CheckImportedTime(std::string_view field, absl::Time time, absl::Time now) {
  if (time <= now + kTolerance) return absl::OkStatus();
  return WrongField(std::string(field), "is in the future");
}

}  // namespace guildhall::discussions
