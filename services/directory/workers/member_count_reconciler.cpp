#include "services/directory/workers/member_count_reconciler.h"

#include <vector>

#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"

namespace guildhall::directory {

absl::StatusOr<int> MemberCountReconciler::RunOnce(absl::Time) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  return database_.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
    GUILDHALL_ASSIGN(const postgres::Rows locked,
                     work.Run(sql::kLockCommunitiesAfter, after_, kBatch));
    std::vector<CommunityId> batch;
    for (const postgres::Row row : locked) batch.push_back(row.Get<CommunityId>(0));
    after_ = batch.size() < kBatch ? CommunityId() : batch.back();
    if (batch.empty()) return 0;
    GUILDHALL_ASSIGN(const postgres::Rows mended, work.Run(sql::kRecountMembers, batch));
    std::vector<changelog::Change> changes;
    for (const postgres::Row row : mended) {
      changes.push_back({.kind = change::v1::KIND_COMMUNITY_UPDATED,
                         .key = row.Get<Uuid>(0),
                         .resource = row.Get<Uuid>(0),
                         .version = row.Get<std::int64_t>(1)});
    }
    changelog::Append(work, changes);
    return static_cast<int>(mended.size());
  });
}

}  // namespace guildhall::directory
