#include "services/directory/api/archiving.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {
namespace {

// Tells of all that changed, and notes it: of many as one, after which watchers know nothing.
void Tell(postgres::Work& work, const std::vector<MarkedCommunity>& marked) {
  std::vector<changelog::Change> changes;
  std::vector<feeds::AccessChange> facts;
  for (const MarkedCommunity& each : marked) {
    changes.push_back({.kind = change::v1::KIND_COMMUNITY_UPDATED,
                       .key = each.id.uuid(),
                       .resource = each.id.uuid(),
                       .version = each.version});
    facts.push_back(feeds::AccessChange::Of(each.id));
  }
  if (facts.size() > std::size_t{kMaxNotedSingly}) facts = {feeds::AccessChange::Everything()};
  changelog::Append(work, changes);
  feeds::NoteAccessChanges(work, facts);
}

}  // namespace

absl::StatusOr<v1::Community> Mark(Directory& directory, const rpc::Call& call,
                                   const std::string& request_id, std::optional<absl::Time> mark) {
  const CommunityId id = *call.grant().community();
  directory.access.SettleBefore(call);
  // Whatever is below shows it, too.
  const Touch touch(directory, {kAnyCommunity});
  return idempotency::Once<v1::Community>(
      directory.database, call.context(), call.OnceKey(request_id),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Community> {
        GUILDHALL_ASSIGN(const auto parent, LockParent(work, call));
        GUILDHALL_ASSIGN(LockedCommunity locked, LockPermitted(work, call, id));
        Community& community = locked.community;
        if (!mark) GUILDHALL_TRY(CheckRestoring(parent));
        const bool parent_archived = parent && parent->community.archived;
        const bool as_it_is = mark.has_value() == community.archive_time.has_value();
        // Also where nothing changes: for what an import has brought below meanwhile.
        GUILDHALL_ASSIGN(
            const auto marked,
            MarkArchived(work, id, as_it_is ? community.archive_time : mark, parent_archived));
        Tell(work, marked);
        if (as_it_is) return ToProto(community);
        community.archive_time = mark;
        community.archived = mark || parent_archived;
        ++community.version;
        return ToProto(community);
      });
}

}  // namespace guildhall::directory
