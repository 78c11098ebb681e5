#include "guildhall/policy/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::DeleteMembershipResponse> DeleteMembership(
    Directory& directory, const rpc::Call& call, const v1::DeleteMembershipRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseMembership("name", request.name()));
  if (ref.member == call.grant().member()) {
    return Refusal(policy::reasons::kNotPermitted, "LeaveCommunity ends one's own membership.");
  }
  directory.access.SettleBefore(call);
  const Touch touch(directory, {ref.community.uuid()});
  return idempotency::Once<v1::DeleteMembershipResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::DeleteMembershipResponse> {
        // Members are held before communities.
        HoldMember(work, ref.member);
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, ref.community));
        GUILDHALL_ASSIGN(const auto removed, GetMembership(work, ref.community, ref.member));
        if (!removed) return access::NotFound();
        GUILDHALL_ASSIGN(const int others, CountOtherOwners(work, ref.community, ref.member));
        GUILDHALL_TRY(CheckRemoving(RankIn(locked, call), removed->role, others));
        GUILDHALL_TRY(EndMembership(work, ref.community, ref.member, removed->role));
        return v1::DeleteMembershipResponse();
      });
}

}  // namespace guildhall::directory
