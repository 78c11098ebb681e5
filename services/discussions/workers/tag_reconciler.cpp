#include "services/discussions/workers/tag_reconciler.h"

#include <vector>

#include "libs/base/status_macros.h"

namespace guildhall::discussions {

absl::StatusOr<int> TagReconciler::RunOnce(absl::Time) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_ASSIGN(const std::vector<ComparedTag> batch,
                   CompareTagCounts(database_, context, after_, kBatch));
  int mended = 0;
  for (const ComparedTag& tag : batch) {
    if (tag.right) continue;
    GUILDHALL_ASSIGN(const bool was_wrong,
                     database_.Transact<bool>(context, [&](postgres::Work& work) {
                       return MendTagCount(work, tag.place);
                     }));
    mended += was_wrong;
  }
  after_ = batch.size() < kBatch ? TagPlace() : batch.back().place;
  return mended;
}

}  // namespace guildhall::discussions
