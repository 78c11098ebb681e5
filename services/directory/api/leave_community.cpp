#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {

absl::StatusOr<v1::LeaveCommunityResponse> LeaveCommunity(
    Directory& directory, const rpc::Call& call, const v1::LeaveCommunityRequest& request) {
  return idempotency::Once<v1::LeaveCommunityResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::LeaveCommunityResponse> {
        const CommunityId id = *call.grant().community();
        const MemberId member = call.grant().member();
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, id));
        if (locked.role == Role::kNone) return NotFound();
        GUILDHALL_ASSIGN(const int owners, CountOwners(work, id));
        GUILDHALL_TRY(CheckLeaving(locked.role, owners));
        DeleteMembership(work, id, member);
        AppendChange(work, change::v1::KIND_MEMBERSHIP_DELETED, id, member);
        return v1::LeaveCommunityResponse();
      });
}

}  // namespace guildhall::directory
