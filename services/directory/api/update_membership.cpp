#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "libs/resources/update_mask.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::Membership> UpdateMembership(Directory& directory, const rpc::Call& call,
                                                const v1::UpdateMembershipRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseMembership("membership.name", request.membership().name()));
  GUILDHALL_TRY(resources::UpdateMask::From(request.update_mask().paths(), {"role"}).status());
  GUILDHALL_ASSIGN(const Role role, RoleFrom("membership.role", request.membership().role()));
  directory.access.SettleBefore(call);
  return idempotency::Once<v1::Membership>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Membership> {
        // Members are held before communities.
        HoldMember(work, ref.member);
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, ref.community));
        GUILDHALL_ASSIGN(auto membership, GetMembership(work, ref.community, ref.member));
        if (!membership) return access::NotFound();
        GUILDHALL_ASSIGN(const int others, CountOtherOwners(work, ref.community, ref.member));
        const RoleChange change{.by = ref.member == call.grant().member()
                                          ? RoleChange::By::kItself
                                          : RoleChange::By::kAnother,
                                .from = membership->role,
                                .to = role};
        GUILDHALL_TRY(CheckChangingRole(RankIn(locked, call), change, others));
        if (membership->role != role) {
          GUILDHALL_TRY(ChangeRole(work, ref.community, *membership, role));
        }
        return ToProto(ref.community, *membership);
      });
}

}  // namespace guildhall::directory
