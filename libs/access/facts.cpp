#include "libs/access/facts.h"

#include <memory>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "guildhall/policy/v1/reasons.h"

namespace guildhall::access {
namespace {

// Outlives whichever of the two sides goes first.
struct Pending {
  absl::Mutex mutex;
  std::optional<absl::StatusOr<Answer>> answer;
};

}  // namespace

absl::StatusOr<Answer> Facts::AskAndWait(const Question& question, Deadline deadline) {
  auto pending = std::make_shared<Pending>();
  Ask(question, deadline, [pending](absl::StatusOr<Answer> answer) {
    const absl::MutexLock lock(&pending->mutex);
    pending->answer = std::move(answer);
  });
  const absl::MutexLock lock(&pending->mutex);
  const auto arrived = [&] { return pending->answer.has_value(); };
  if (!pending->mutex.AwaitWithTimeout(absl::Condition(&arrived), deadline.Remaining())) {
    return Refusal(policy::reasons::kDeadlinePassed, "Access facts did not arrive in time.");
  }
  return *std::move(pending->answer);
}

}  // namespace guildhall::access
