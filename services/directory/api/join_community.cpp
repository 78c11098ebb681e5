#include "guildhall/change/v1/change.pb.h"
#include "guildhall/directory/v1/reasons.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_changes.h"
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
        const absl::Status room = CheckRoomForAnother(work, member);
        if (!room.ok() && !Is(room, reasons::kTooManyCommunities)) return room;
        GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, id));
        GUILDHALL_ASSIGN(const auto standing, GetMembership(work, id, member));
        if (standing) return ToProto(id, *standing);
        GUILDHALL_TRY(room);
        GUILDHALL_TRY(CheckJoining(locked.community.profile.visibility));
        const Membership membership{member, Role::kMember, call.now()};
        InsertMembership(work, id, membership);
        AppendChange(work, change::v1::KIND_MEMBERSHIP_CREATED, id, member);
        feeds::NoteAccessChange(work, feeds::AccessChange::Of(member, id));
        return ToProto(id, membership);
      });
}

}  // namespace guildhall::directory
