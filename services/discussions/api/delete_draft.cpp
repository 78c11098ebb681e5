#include "libs/base/status_macros.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/drafts.h"
#include "services/discussions/store/draft_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteDraftResponse> DeleteDraft(Discussions& discussions, const rpc::Call& call,
                                                    const v1::DeleteDraftRequest& request) {
  GUILDHALL_ASSIGN(const DraftPlace place, PlaceFrom("place", request.place()));
  std::optional<absl::Time> seen;
  if (!request.etag().empty()) {
    GUILDHALL_ASSIGN(const std::optional<Draft> stands,
                     GetDraft(discussions.database, call.context(), call.grant(), place));
    if (!stands) return v1::DeleteDraftResponse();
    GUILDHALL_TRY(resources::CheckEtag(request.etag(), VersionOf(*stands)));
    seen = stands->update_time;
  }
  GUILDHALL_ASSIGN(const bool deleted,
                   DeleteDraft(discussions.database, call.context(), call.grant(), place, seen));
  if (seen && !deleted) return OtherDraft();
  return v1::DeleteDraftResponse();
}

}  // namespace guildhall::discussions
