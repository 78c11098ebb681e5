#include "services/directory/workers/member_communities_reconciler.h"

#include <vector>

#include "directory/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {

absl::StatusOr<int> MemberCommunitiesReconciler::RunOnce(absl::Time) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  return database_.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
    GUILDHALL_ASSIGN(const postgres::Rows held, work.Run(sql::kHoldMembersAfter, after_, kBatch));
    std::vector<MemberId> batch;
    for (const postgres::Row row : held) batch.push_back(row.Get<MemberId>(0));
    after_ = batch.size() < kBatch ? MemberId() : batch.back();
    if (batch.empty()) return 0;
    GUILDHALL_ASSIGN(const postgres::Rows mended, work.Run(sql::kMendMemberCommunities, batch));
    return static_cast<int>(mended.size());
  });
}

}  // namespace guildhall::directory
