#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::DeclineInvitationResponse> DeclineInvitation(
    Directory& directory, const rpc::Call& call, const v1::DeclineInvitationRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseInvitation("name", request.name()));
  return idempotency::Once<v1::DeclineInvitationResponse>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::DeclineInvitationResponse> {
        if (ref.member != call.grant().member()) return access::NotFound();
        // No ban comes or goes while it is held.
        HoldMember(work, ref.member);
        GUILDHALL_ASSIGN(const bool invited, SeesInvitation(work, ref.community, ref.member));
        if (!invited) return access::NotFound();
        GUILDHALL_ASSIGN(Proposal proposal, GetWaiting(work, ref, ProposalKind::kInvitation));
        DeclineWaiting(work, ref.community, proposal, call.now());
        return v1::DeclineInvitationResponse();
      });
}

}  // namespace guildhall::directory
