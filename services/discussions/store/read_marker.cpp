#include "services/discussions/store/read_marker.h"

#include <memory>

#include "absl/synchronization/notification.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {
namespace {

using Stored = absl::StatusOr<std::shared_ptr<const StoredMark>>;

// Shared with the gatherer, which may answer when nobody waits any more.
struct Waiting {
  absl::Notification done;
  Stored stored;
};

}  // namespace

ReadMarker::ReadMarker(postgres::Database& database)
    : gatherer_([&database](const postgres::Context& context, std::span<const ReadMark> marks) {
        return StoreReadMarks(database, context, marks);
      }) {}

absl::StatusOr<std::optional<ReadState>> ReadMarker::Store(const ReadMark& mark,
                                                           Deadline deadline) {
  auto waiting = std::make_shared<Waiting>();
  gatherer_.Ask(mark, deadline, [waiting](Stored stored) {
    waiting->stored = std::move(stored);
    waiting->done.Notify();
  });
  if (!waiting->done.WaitForNotificationWithTimeout(deadline.Remaining())) {
    return Refusal(policy::reasons::kDeadlinePassed, "The mark was not stored in time.");
  }
  GUILDHALL_ASSIGN(const auto stored, waiting->stored);
  if (stored == nullptr) return std::nullopt;
  if (stored->topic_goes) return Refusal(policy::reasons::kBusy, "The topic is being merged.");
  return stored->state;
}

}  // namespace guildhall::discussions
