#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/ended_sanctions.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::DeleteMuteResponse> DeleteMute(Directory& directory, const rpc::Call& call,
                                                  const v1::DeleteMuteRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref, resources::ParseMute("name", request.name()));
  directory.access.SettleBefore(call);
  return idempotency::Once<v1::DeleteMuteResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::DeleteMuteResponse> {
        // Members are held before communities.
        HoldMember(work, ref.member);
        GUILDHALL_TRY(LockPermitted(work, call, ref.community).status());
        GUILDHALL_ASSIGN(const bool ended,
                         DeleteSanction(work, SanctionKind::kMute, ref.community, ref.member));
        if (!ended) return access::NotFound();
        GUILDHALL_TRY(TellEnded(work, SanctionKind::kMute, ref.community, ref.member));
        return v1::DeleteMuteResponse();
      });
}

}  // namespace guildhall::directory
