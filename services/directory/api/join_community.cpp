#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {

absl::StatusOr<v1::Membership> JoinCommunity(Directory& directory, const rpc::Call& call,
                                             const v1::JoinCommunityRequest& request) {
  directory.access.SettleBefore(call);
  const Touch touch(directory, {call.grant().community()->uuid()});
  return idempotency::Once<v1::Membership>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Membership> {
        const CommunityId id = *call.grant().community();
        const MemberId member = call.grant().member();
        // Members are held before communities, here as in CreateCommunity.
        GUILDHALL_ASSIGN(const StandingToTakeIn taken, HoldForAnother(work, member));
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, id));
        GUILDHALL_ASSIGN(const auto standing, GetMembership(work, id, member));
        if (standing) return ToProto(id, *standing);
        GUILDHALL_TRY(CheckRoom(taken.communities));
        GUILDHALL_TRY(CheckJoining(locked.community.profile.visibility, RankIn(locked, call)));
        const Membership membership{member, Role::kMember, call.now()};
        BeginMembership(work, id, membership);
        return ToProto(id, membership);
      });
}

}  // namespace guildhall::directory
