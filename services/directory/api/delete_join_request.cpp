#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::DeleteJoinRequestResponse> DeleteJoinRequest(
    Directory& directory, const rpc::Call& call, const v1::DeleteJoinRequestRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseJoinRequest("name", request.name()));
  return idempotency::Once<v1::DeleteJoinRequestResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::DeleteJoinRequestResponse> {
        if (ref.member != call.grant().member()) return access::NotFound();
        HoldMember(work, ref.member);
        GUILDHALL_ASSIGN(const Proposal proposal, GetWaiting(work, ref, ProposalKind::kRequest));
        DeleteWaiting(work, ref.community, proposal);
        return v1::DeleteJoinRequestResponse();
      });
}

}  // namespace guildhall::directory
