#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/template.h"
#include "services/directory/store/charter_store.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {
namespace {

// Who is to see and join it, as far as the founder says.
absl::StatusOr<AskedReach> ReachFrom(const v1::Community& asked) {
  AskedReach reach;
  if (asked.visibility() != v1::VISIBILITY_UNSPECIFIED) {
    GUILDHALL_ASSIGN(reach.visibility, VisibilityFrom("community.visibility", asked.visibility()));
  }
  if (asked.admits() != v1::ADMITS_UNSPECIFIED) {
    GUILDHALL_ASSIGN(reach.admits, AdmitsFrom("community.admits", asked.admits()));
  }
  return reach;
}

// Without its reach, for which its parent counts, too.
absl::StatusOr<Community> NewCommunity(Directory& directory, const rpc::Call& call,
                                       const v1::Community& asked) {
  Community community;
  community.id = CommunityId(NewUuidV7(call.now(), directory.random));
  community.create_time = call.now();
  community.member_count = 1;
  community.parent = call.grant().community();
  GUILDHALL_ASSIGN(community.kind, KindFrom("community.kind", asked.kind()));
  community.profile = {.display_name = asked.display_name(),
                       .description = asked.description(),
                       .location = asked.location()};
  GUILDHALL_TRY(TidyCommunityProfile(community.profile));
  return community;
}

// Locks the parent, gives the community its reach, and answers the chain of its ancestors.
absl::StatusOr<std::vector<CommunityId>> EnterParent(postgres::Work& work, const rpc::Call& call,
                                                     const Template& preset,
                                                     const AskedReach& asked,
                                                     Community& community) {
  std::optional<LockedCommunity> parent;
  if (community.parent) {
    GUILDHALL_ASSIGN(parent, LockPermitted(work, call, *community.parent));
  }
  const Affiliation founder = call.grant().viewer().affiliation();
  SetReach(preset, asked, founder, parent, community.profile);
  GUILDHALL_TRY(CheckFounding(founder, community.profile));
  if (!parent) return std::vector<CommunityId>();
  GUILDHALL_TRY(CheckNesting(*parent, community.profile));
  parent->ancestors.push_back(*community.parent);
  return parent->ancestors;
}

}  // namespace

absl::StatusOr<v1::Community> CreateCommunity(Directory& directory, const rpc::Call& call,
                                              const v1::CreateCommunityRequest& request) {
  GUILDHALL_ASSIGN(Community community, NewCommunity(directory, call, request.community()));
  GUILDHALL_ASSIGN(const AskedReach asked, ReachFrom(request.community()));
  const Template& preset = TemplateOf(community.kind);
  return idempotency::Once<v1::Community>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Community> {
        const MemberId owner = call.grant().member();
        GUILDHALL_TRY(CheckRoomForAnother(work, owner));
        GUILDHALL_ASSIGN(const auto ancestors, EnterParent(work, call, preset, asked, community));
        GUILDHALL_TRY(InsertCommunity(work, community, ancestors, owner));
        PutCharter(work, community.id, FirstCharter(preset, community.create_time));
        AppendChange(work, change::v1::KIND_COMMUNITY_CREATED, community);
        AppendChange(work, change::v1::KIND_MEMBERSHIP_CREATED, community.id, owner);
        return ToProto(community);
      });
}

}  // namespace guildhall::directory
