#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/api/writing.h"

namespace guildhall::directory {

absl::StatusOr<v1::Membership> ApproveJoinRequest(Directory& directory, const rpc::Call& call,
                                                  const v1::ApproveJoinRequestRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseJoinRequest("name", request.name()));
  directory.access.SettleBefore(call);
  const Touch touch(directory, {ref.community.uuid()});
  return idempotency::Once<v1::Membership>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Membership> {
        GUILDHALL_ASSIGN(const StandingToTakeIn standing, HoldForAnother(work, ref.member));
        GUILDHALL_TRY(LockPermitted(work, call, ref.community).status());
        return TakeIn(work, ref, ProposalKind::kRequest, standing, call.now());
      });
}

}  // namespace guildhall::directory
