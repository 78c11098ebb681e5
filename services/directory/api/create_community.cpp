#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<Community> NewCommunity(Directory& directory, const rpc::Call& call,
                                       const v1::Community& asked) {
  Community community;
  community.id = CommunityId(NewUuidV7(call.now(), directory.random));
  community.create_time = call.now();
  community.member_count = 1;
  community.parent = call.grant().community();
  GUILDHALL_ASSIGN(community.kind, KindFrom("community.kind", asked.kind()));
  GUILDHALL_ASSIGN(community.profile, ProfileFrom(asked));
  return community;
}

// Locks the parent and answers the chain of ancestors of a community below it.
absl::StatusOr<std::vector<CommunityId>> EnterParent(postgres::Work& work, const rpc::Call& call,
                                                     const Community& community) {
  if (!community.parent) return std::vector<CommunityId>();
  GUILDHALL_ASSIGN(LockedCommunity parent, LockPermitted(work, call, *community.parent));
  GUILDHALL_TRY(CheckNesting(parent, community.profile));
  parent.ancestors.push_back(*community.parent);
  return parent.ancestors;
}

}  // namespace

absl::StatusOr<v1::Community> CreateCommunity(Directory& directory, const rpc::Call& call,
                                              const v1::CreateCommunityRequest& request) {
  GUILDHALL_ASSIGN(const Community community, NewCommunity(directory, call, request.community()));
  return idempotency::Once<v1::Community>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Community> {
        const MemberId owner = call.grant().member();
        GUILDHALL_TRY(CheckRoomForAnother(work, owner));
        GUILDHALL_ASSIGN(const auto ancestors, EnterParent(work, call, community));
        GUILDHALL_TRY(InsertCommunity(work, community, ancestors, owner));
        AppendChange(work, change::v1::KIND_COMMUNITY_CREATED, community);
        AppendChange(work, change::v1::KIND_MEMBERSHIP_CREATED, community.id, owner);
        return ToProto(community);
      });
}

}  // namespace guildhall::directory
