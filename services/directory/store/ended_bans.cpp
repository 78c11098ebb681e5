#include "services/directory/store/ended_bans.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"

namespace guildhall::directory {

absl::Status TellEnded(postgres::Work& work, CommunityId community, MemberId member) {
  std::vector<changelog::Change> changes;
  GUILDHALL_ASSIGN(const auto sight, ReadSightBelow(work, community, member));
  for (const Sight& seen : sight) {
    if (seen.now == Extent::kNothing) continue;
    changes.push_back({.kind = change::v1::KIND_COMMUNITY_SHOWN_TO_MEMBER,
                       .key = seen.community.uuid(),
                       .resource = member.uuid()});
  }
  changelog::Append(work, changes);
  feeds::NoteAccessChange(work, feeds::AccessChange::Of(member));
  return absl::OkStatus();
}

}  // namespace guildhall::directory
