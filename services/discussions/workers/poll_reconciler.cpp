#include "services/discussions/workers/poll_reconciler.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {
namespace {

// Whether there was something to mend: somebody may have done it, or deleted the topic, since.
absl::StatusOr<bool> Mend(postgres::Work& work, TopicId topic) {
  GUILDHALL_ASSIGN(const auto locked, LockTopic(work, topic));
  if (!locked) return false;
  GUILDHALL_ASSIGN(const bool was_wrong, MendPoll(work, topic));
  if (!was_wrong) return false;
  changelog::Append(work, {.kind = change::v1::KIND_POLL_COUNTED,
                           .key = topic.uuid(),
                           .resource = topic.uuid(),
                           .version = locked->topic.version});
  return true;
}

}  // namespace

absl::StatusOr<int> PollReconciler::RunOnce(absl::Time) {
  const Deadline rest = Deadline::After(absl::Seconds(1));
  int mended = 0;
  for (int compared = 0; compared < kBatch && !rest.Passed(); ++compared) {
    const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
    GUILDHALL_ASSIGN(const std::vector<ComparedPoll> next,
                     ComparePolls(database_, context, after_, 1));
    after_ = next.empty() ? TopicId() : next[0].topic;
    if (next.empty()) break;
    if (next[0].right) continue;
    GUILDHALL_ASSIGN(const bool was_wrong,
                     database_.Transact<bool>(
                         context, [&](postgres::Work& work) { return Mend(work, after_); }));
    mended += was_wrong;
  }
  return mended;
}

}  // namespace guildhall::discussions
