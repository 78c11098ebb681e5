#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {
absl::StatusOr<v1::JoinRequest> CreateJoinRequest(Directory& directory, const rpc::Call& call,
                                                  const v1::CreateJoinRequestRequest& request) {
  const MemberId member = call.grant().member();
  GUILDHALL_ASSIGN(const Proposal proposal,
                   NewProposal({.kind = ProposalKind::kRequest,
                                .member = member,
                                .creator = member,
                                .message = request.join_request().message(),
                                .create_time = call.now()},
                               "join_request.message"));
  return idempotency::Once<v1::JoinRequest>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::JoinRequest> {
        const CommunityId id = *call.grant().community();
        // Members are held before communities.
        HoldMember(work, member);
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, id));
        GUILDHALL_TRY(CheckRequesting(locked.community.profile.visibility, locked.role,
                                      RankIn(locked, call)));
        GUILDHALL_ASSIGN(const int requests,
                         CountRequests(work, member, kMaxJoinRequestsPerMember));
        GUILDHALL_TRY(CheckRoomForRequest(requests));
        GUILDHALL_TRY(Propose(work, id, proposal));
        return ToJoinRequest(id, proposal);
      });
}

}  // namespace guildhall::directory
