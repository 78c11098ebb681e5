#include "services/discussions/domain/draft.h"

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/text.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

absl::Status CheckDraft(const Draft& draft) {
  constexpr std::string_view kTitleField = "draft.title", kTextField = "draft.markdown";
  constexpr const char* kNotText = "is not UTF-8 or contains NUL";
  if (!IsStorableUtf8(draft.title)) return WrongField(kTitleField, kNotText);
  if (CodePointCount(draft.title) > kTitle.max_length) {
    return WrongField(kTitleField,
                      absl::StrCat("takes at most ", kTitle.max_length, " characters"));
  }
  if (draft.markdown.size() > Count(kMaxMarkdown)) {
    return WrongField(kTextField, "takes at most 64 KiB");
  }
  if (!IsStorableUtf8(draft.markdown)) return WrongField(kTextField, kNotText);
  if (draft.rest.size() > Count(kMaxDraftRest)) {
    return WrongField("draft", "takes at most 64 KiB beside title and text");
  }
  return absl::OkStatus();
}

bool SaysTheSame(const Draft& one, const Draft& other) {
  return one.title == other.title && one.markdown == other.markdown && one.rest == other.rest;
}

std::int64_t VersionOf(const Draft& draft) { return absl::ToUnixMicros(draft.update_time); }

absl::Status TooManyDrafts() {
  return Refusal(reasons::kTooManyDrafts, "A member has room for no more drafts.")
      .With("limit", absl::StrCat(kMaxDrafts));
}

}  // namespace guildhall::discussions
