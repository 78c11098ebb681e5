#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

// Decided here and not before: whoever has left a SECRET community cannot see it any more, and a
// repeat must find its answer all the same.
absl::StatusOr<v1::LeaveCommunityResponse> LeaveCommunity(
    Directory& directory, const rpc::Call& call, const v1::LeaveCommunityRequest& request) {
  GUILDHALL_ASSIGN(const CommunityId id, resources::ParseCommunity("name", request.name()));
  directory.access.SettleBefore(call);
  const Touch touch(directory, {id.uuid()});
  return idempotency::Once<v1::LeaveCommunityResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::LeaveCommunityResponse> {
        const MemberId member = call.grant().member();
        // Members are held before communities.
        HoldMember(work, member);
        GUILDHALL_ASSIGN(const std::optional<Locked> locked, LockCommunity(work, id, member));
        if (!locked || locked->community.role == Role::kNone) return access::NotFound();
        GUILDHALL_ASSIGN(const int others, CountOtherOwners(work, id, member));
        GUILDHALL_TRY(CheckLeaving(locked->community.role, others));
        GUILDHALL_TRY(EndMembership(work, id, member, locked->community.role));
        return v1::LeaveCommunityResponse();
      });
}

}  // namespace guildhall::directory
