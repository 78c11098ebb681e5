#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/drafts.h"
#include "services/discussions/store/draft_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Draft> GetDraft(Discussions& discussions, const rpc::Call& call,
                                   const v1::GetDraftRequest& request) {
  GUILDHALL_ASSIGN(const DraftPlace place, PlaceFrom("place", request.place()));
  GUILDHALL_ASSIGN(const std::optional<Draft> draft,
                   GetDraft(discussions.database, call.context(), call.grant(), place));
  if (!draft) return access::NotFound();
  return ToProto(*draft);
}

}  // namespace guildhall::discussions
