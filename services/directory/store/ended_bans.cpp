#include "services/directory/store/ended_bans.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"

namespace guildhall::directory {

absl::Status TellEnded(postgres::Work& work, std::span<const EndedBan> bans) {
  std::vector<changelog::Change> changes;
  std::vector<feeds::AccessChange> facts;
  for (const EndedBan& ban : bans) {
    GUILDHALL_ASSIGN(const auto sight, ReadSightBelow(work, ban.community, ban.member));
    for (const Sight& seen : sight) {
      if (!seen.now) continue;
      changes.push_back({.kind = change::v1::KIND_COMMUNITY_SHOWN_TO_MEMBER,
                         .key = seen.community.uuid(),
                         .resource = ban.member.uuid()});
    }
    facts.push_back(feeds::AccessChange::Of(ban.member));
  }
  changelog::Append(work, changes);
  feeds::NoteAccessChanges(work, facts);
  return absl::OkStatus();
}

}  // namespace guildhall::directory
