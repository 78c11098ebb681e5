#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::Invitation> CreateInvitation(Directory& directory, const rpc::Call& call,
                                                const v1::CreateInvitationRequest& request) {
  GUILDHALL_ASSIGN(const MemberId member,
                   resources::ParseMember("invitation.member", request.invitation().member()));
  GUILDHALL_ASSIGN(const Proposal proposal, NewProposal({.kind = ProposalKind::kInvitation,
                                                         .member = member,
                                                         .creator = call.grant().member(),
                                                         .message = request.invitation().message(),
                                                         .create_time = call.now()},
                                                        "invitation.message"));
  return idempotency::Once<v1::Invitation>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Invitation> {
        const CommunityId id = *call.grant().community();
        // Members are held before communities.
        GUILDHALL_ASSIGN(const auto affiliation,
                         HoldMemberInSight(work, call.grant().viewer(), member));
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, id));
        if (!affiliation) return access::NotFound();
        GUILDHALL_ASSIGN(StandingToInvite standing,
                         GetStandingToInvite(work, id, member, call.grant().viewer()));
        standing.affiliation = *affiliation;
        GUILDHALL_TRY(CheckInviting(locked.community.profile, standing));
        GUILDHALL_TRY(Propose(work, id, proposal));
        return ToInvitation(id, proposal);
      });
}

}  // namespace guildhall::directory
