#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/ended_sanctions.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::DeleteBanResponse> DeleteBan(Directory& directory, const rpc::Call& call,
                                                const v1::DeleteBanRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref, resources::ParseBan("name", request.name()));
  directory.access.SettleBefore(call);
  return idempotency::Once<v1::DeleteBanResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::DeleteBanResponse> {
        // Before the community: no other ban of the member comes or goes while its sight is told.
        HoldMember(work, ref.member);
        GUILDHALL_TRY(LockPermitted(work, call, ref.community).status());
        GUILDHALL_ASSIGN(const bool lifted,
                         DeleteSanction(work, SanctionKind::kBan, ref.community, ref.member));
        if (!lifted) return access::NotFound();
        GUILDHALL_TRY(TellEnded(work, SanctionKind::kBan, ref.community, ref.member));
        return v1::DeleteBanResponse();
      });
}

}  // namespace guildhall::directory
