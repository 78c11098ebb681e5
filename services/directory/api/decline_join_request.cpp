#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::JoinRequest> DeclineJoinRequest(Directory& directory, const rpc::Call& call,
                                                   const v1::DeclineJoinRequestRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseJoinRequest("name", request.name()));
  GUILDHALL_ASSIGN(const std::string reason, TidyText("reason", request.reason(), kDeclineReason));
  return idempotency::Once<v1::JoinRequest>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::JoinRequest> {
        HoldMember(work, ref.member);
        GUILDHALL_TRY(LockPermitted(work, call, ref.community).status());
        GUILDHALL_ASSIGN(Proposal proposal, GetWaiting(work, ref, ProposalKind::kRequest));
        proposal.decline_reason = reason;
        DeclineWaiting(work, ref.community, proposal, call.now());
        return ToJoinRequest(ref.community, proposal);
      });
}

}  // namespace guildhall::directory
