#include "services/directory/workers/proposal_ender.h"

#include "libs/base/status_macros.h"
#include "services/directory/store/proposal_changes.h"

namespace guildhall::directory {

absl::StatusOr<int> ProposalEnder::RunOnce(absl::Time now) {
  int ended = 0;
  for (int batch = 0; batch < kMostBatches; ++batch) {
    GUILDHALL_ASSIGN(const int more, EndBatch(now));
    if (more == 0) break;
    ended += more;
  }
  return ended;
}

absl::StatusOr<int> ProposalEnder::EndBatch(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  return database_.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
    GUILDHALL_ASSIGN(const auto ended, DeleteEndedProposals(work, now, kBatch));
    changelog::Append(work, ChangesOf(ProposalEvent::kDeleted, ended));
    return static_cast<int>(ended.size());
  });
}

}  // namespace guildhall::directory
