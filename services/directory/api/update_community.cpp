#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_changes.h"
#include "libs/idempotency/once.h"
#include "libs/resources/etag.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/former_names.h"
#include "services/directory/store/proposal_store.h"

namespace guildhall::directory {
namespace {

// Who sees more or less of the community from now on.
void AppendReach(postgres::Work& work, const ReachChange& reach, const Community& community) {
  if (reach.lost == ReachChange::Lost::kEmployees) {
    AppendChange(work, change::v1::KIND_COMMUNITY_NARROWED_FROM_EMPLOYEES, community);
  } else if (reach.lost == ReachChange::Lost::kEveryone) {
    AppendChange(work, change::v1::KIND_COMMUNITY_NARROWED_FROM_EVERYONE, community);
  }
  if (reach.widened) AppendChange(work, change::v1::KIND_COMMUNITY_WIDENED, community);
}

}  // namespace

absl::StatusOr<v1::Community> UpdateCommunity(Directory& directory, const rpc::Call& call,
                                              const v1::UpdateCommunityRequest& request) {
  GUILDHALL_ASSIGN(const resources::UpdateMask mask,
                   resources::UpdateMask::From(request.update_mask().paths(),
                                               {"display_name", "description", "location",
                                                "visibility", "admits", "kind"}));
  directory.access.SettleBefore(call);
  const Touch touch(directory, {call.grant().community()->uuid(), kAnyCommunity});
  return idempotency::Once<v1::Community>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Community> {
        GUILDHALL_ASSIGN(const auto parent, LockParent(work, call));
        GUILDHALL_ASSIGN(LockedCommunity locked,
                         LockPermitted(work, call, *call.grant().community()));
        Community& community = locked.community;
        GUILDHALL_TRY(resources::CheckEtag(request.community().etag(), community.version));
        const CommunityProfile before = community.profile;
        GUILDHALL_TRY(Apply(mask, request.community(), community));
        GUILDHALL_ASSIGN(const auto widest_child, ReadWidestChild(work, community.id));
        const std::optional<CommunityProfile> above =
            parent ? std::optional(parent->community.profile) : std::nullopt;
        GUILDHALL_TRY(CheckWidth(community.profile, above, widest_child));
        if (community.profile.admits < before.admits) {
          GUILDHALL_ASSIGN(const bool has_externals, HasExternals(work, community.id));
          GUILDHALL_TRY(CheckMembersAdmitted(community.profile, has_externals));
        }
        ++community.version;
        const ReachChange reach = CompareReach(before, community.profile);
        if (before.display_name != community.profile.display_name) {
          KeepFormerName(work, community, before.display_name, call.now());
        }
        GUILDHALL_TRY(UpdateCommunity(work, community, reach.lost));
        // Before the change: whoever answers one meanwhile holds it, and then appends.
        DeleteMisfits(work, community.id, community.profile);
        AppendChange(work, change::v1::KIND_COMMUNITY_UPDATED, community);
        AppendReach(work, reach, community);
        if (before.visibility != community.profile.visibility ||
            before.admits != community.profile.admits) {
          feeds::NoteAccessChange(work, feeds::AccessChange::Of(community.id));
        }
        return ToProto(community);
      });
}

}  // namespace guildhall::directory
