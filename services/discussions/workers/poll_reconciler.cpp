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
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_ASSIGN(const std::vector<ComparedPoll> batch,
                   ComparePolls(database_, context, after_, kBatch));
  int mended = 0;
  for (const ComparedPoll& poll : batch) {
    if (poll.right) continue;
    GUILDHALL_ASSIGN(const bool was_wrong,
                     database_.Transact<bool>(
                         context, [&](postgres::Work& work) { return Mend(work, poll.topic); }));
    mended += was_wrong;
  }
  after_ = batch.size() < kBatch ? TopicId() : batch.back().topic;
  return mended;
}

}  // namespace guildhall::discussions
