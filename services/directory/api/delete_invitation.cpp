#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::DeleteInvitationResponse> DeleteInvitation(
    Directory& directory, const rpc::Call& call, const v1::DeleteInvitationRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseInvitation("name", request.name()));
  return idempotency::Once<v1::DeleteInvitationResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::DeleteInvitationResponse> {
        HoldMember(work, ref.member);
        GUILDHALL_TRY(LockPermitted(work, call, ref.community).status());
        GUILDHALL_ASSIGN(const Proposal proposal, GetWaiting(work, ref, ProposalKind::kInvitation));
        DeleteWaiting(work, ref.community, proposal);
        return v1::DeleteInvitationResponse();
      });
}

}  // namespace guildhall::directory
