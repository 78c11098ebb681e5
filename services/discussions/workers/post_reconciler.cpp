#include "services/discussions/workers/post_reconciler.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"

namespace guildhall::discussions {
namespace {

// Whether there was something to mend: somebody else may have done it since.
absl::StatusOr<bool> Mend(postgres::Work& work, const PostPlace& place) {
  GUILDHALL_ASSIGN(const auto mended, MendCounts(work, place));
  if (!mended) return false;
  changelog::Append(work, {.kind = change::v1::KIND_POST_COUNTED,
                           .key = place.topic.uuid(),
                           .resource = mended->id.uuid(),
                           .version = mended->version});
  return true;
}

}  // namespace

absl::StatusOr<int> PostReconciler::RunOnce(absl::Time) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_ASSIGN(const std::vector<ComparedPost> batch,
                   CompareCounts(database_, context, after_, kBatch));
  int mended = 0;
  for (const ComparedPost& post : batch) {
    if (post.right) continue;
    GUILDHALL_ASSIGN(const bool was_wrong,
                     database_.Transact<bool>(
                         context, [&](postgres::Work& work) { return Mend(work, post.place); }));
    mended += was_wrong;
  }
  after_ = batch.size() < kBatch ? PostPlace() : batch.back().place;
  return mended;
}

}  // namespace guildhall::discussions
