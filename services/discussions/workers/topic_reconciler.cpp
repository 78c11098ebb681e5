#include "services/discussions/workers/topic_reconciler.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {
namespace {

// The topic as its posts say it should be.
LockedTopic Mended(LockedTopic locked, const TopicEnd& end) {
  locked.imported_post_number = std::min(locked.imported_post_number, end.last_number);
  if (end.last_number > 0) {
    EndWith(locked.topic, end);
  } else {
    locked.topic.last_post_number = 0;
    locked.topic.gone_tail.reset();
  }
  return locked;
}

bool SameEnd(const Topic& a, const Topic& b) {
  return a.last_post_number == b.last_post_number && a.last_author == b.last_author &&
         a.last_post_time == b.last_post_time && a.score == b.score && a.gone_tail == b.gone_tail;
}

}  // namespace

absl::StatusOr<int> TopicReconciler::RunOnce(absl::Time) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  return database_.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
    GUILDHALL_ASSIGN(const std::vector<LockedTopic> batch, LockTopicsAfter(work, after_, kBatch));
    after_ = batch.size() < kBatch ? TopicId() : batch.back().topic.id;
    std::vector<TopicId> ids;
    for (const LockedTopic& locked : batch) ids.push_back(locked.topic.id);
    GUILDHALL_ASSIGN(auto ends, GetEnds(work, ids, kMaxPostsPerTopic));
    std::vector<LockedTopic> wrong;
    for (const LockedTopic& locked : batch) {
      LockedTopic mended = Mended(locked, ends[locked.topic.id]);
      if (!SameEnd(locked.topic, mended.topic)) wrong.push_back(std::move(mended));
    }
    StoreEnds(work, wrong);
    for (const LockedTopic& mended : wrong) {
      changelog::Append(work, {.kind = change::v1::KIND_TOPIC_UPDATED,
                               .key = mended.topic.id.uuid(),
                               .resource = mended.topic.id.uuid(),
                               .version = mended.topic.version});
    }
    return static_cast<int>(wrong.size());
  });
}

}  // namespace guildhall::discussions
