#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/drafts.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/draft_store.h"

namespace guildhall::discussions {
namespace {

// OK when the caller saw what stands: nothing, or the draft of its etag.
absl::Status CheckSeen(std::string_view etag, const std::optional<Draft>& stands) {
  if (stands.has_value() == etag.empty()) return OtherDraft();
  return stands ? resources::CheckEtag(etag, VersionOf(*stands)) : absl::OkStatus();
}

// OK when a draft holds no more of anything than can be posted: many small parts take much more
// memory than bytes. Fails with: FIELD_INVALID.
absl::Status CheckParts(const v1::Draft& asked) {
  const auto check = [](const char* field, int count, std::size_t most) {
    if (static_cast<std::size_t>(count) <= most) return absl::OkStatus();
    return absl::Status(WrongField(field, absl::StrCat("takes at most ", most)));
  };
  GUILDHALL_TRY(check("draft.tags", asked.tags_size(), kMaxTags));
  GUILDHALL_TRY(check("draft.praised_members", asked.praised_members_size(), kMaxPraised));
  GUILDHALL_TRY(check("draft.poll.options", asked.poll().options_size(), kMaxPollOptions));
  return check("draft.quotes", asked.quotes_size(), kMaxQuotes);
}

}  // namespace

absl::StatusOr<v1::Draft> UpdateDraft(Discussions& discussions, const rpc::Call& call,
                                      const v1::UpdateDraftRequest& request) {
  const v1::Draft& asked = request.draft();
  Draft draft{.title = asked.title(),
              .markdown = asked.markdown(),
              .rest = RestOf(asked),
              .update_time = call.now()};
  GUILDHALL_ASSIGN(draft.place, PlaceFrom("draft.place", asked.place()));
  GUILDHALL_TRY(CheckDraft(draft));
  GUILDHALL_TRY(CheckParts(asked));
  GUILDHALL_ASSIGN(const std::optional<Draft> stands,
                   GetDraft(discussions.database, call.context(), call.grant(), draft.place));
  if (stands && SaysTheSame(*stands, draft)) return ToProto(*stands);
  GUILDHALL_TRY(CheckSeen(asked.etag(), stands));
  GUILDHALL_ASSIGN(const std::optional<absl::Time> stored,
                   StoreDraft(discussions.database, call.context(), call.grant(), draft, stands));
  if (!stored) return OtherDraft();
  draft.update_time = *stored;
  return ToProto(draft);
}

}  // namespace guildhall::discussions
