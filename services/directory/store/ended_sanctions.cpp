#include "services/directory/store/ended_sanctions.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"

namespace guildhall::directory {
namespace {

// What comes back into the sight of whoever was banned.
absl::StatusOr<std::vector<changelog::Change>> Shown(postgres::Work& work, CommunityId community,
                                                     MemberId member) {
  std::vector<changelog::Change> changes;
  GUILDHALL_ASSIGN(const auto sight, ReadSightBelow(work, community, member));
  for (const Sight& seen : sight) {
    if (seen.now == Extent::kNothing) continue;
    changes.push_back({.kind = change::v1::KIND_COMMUNITY_SHOWN_TO_MEMBER,
                       .key = seen.community.uuid(),
                       .resource = member.uuid()});
  }
  return changes;
}

}  // namespace

absl::Status TellEnded(postgres::Work& work, SanctionKind kind, CommunityId community,
                       MemberId member) {
  std::vector<changelog::Change> changes{
      {.kind = change::v1::KIND_MUTE_DELETED, .key = community.uuid(), .resource = member.uuid()}};
  if (kind == SanctionKind::kBan) {
    GUILDHALL_ASSIGN(changes, Shown(work, community, member));
  }
  changelog::Append(work, changes);
  feeds::NoteAccessChange(work, feeds::AccessChange::Of(member));
  return absl::OkStatus();
}

}  // namespace guildhall::directory
