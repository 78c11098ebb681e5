#include "services/identity/api/password_gate.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

absl::Status Busy() {
  return Refusal(reasons::kPasswordChecksBusy,
                 "As many passwords are being checked as the machine can bear.")
      .RetryAfter(kPasswordChecksRetry);
}

}  // namespace

PasswordGate::PasswordGate(int at_once, int waiting)
    : most_at_once_(at_once), most_waiting_(waiting) {
  GUILDHALL_CHECK(at_once > 0 && waiting >= 0);
}

PasswordGate::Pass::~Pass() {
  if (gate_ != nullptr) gate_->Leave();
}

absl::StatusOr<PasswordGate::Pass> PasswordGate::Enter(Deadline deadline) {
  const absl::MutexLock lock(&mutex_);
  const auto free = [this] { return inside_ < most_at_once_; };
  if (!free()) {
    if (waiting_ >= most_waiting_) return Busy();
    ++waiting_;
    const bool entered = mutex_.AwaitWithTimeout(absl::Condition(&free), deadline.Remaining());
    --waiting_;
    if (!entered) return Busy();
  }
  ++inside_;
  return Pass(*this);
}

void PasswordGate::Leave() {
  const absl::MutexLock lock(&mutex_);
  --inside_;
}

int PasswordGate::inside() const {
  const absl::MutexLock lock(&mutex_);
  return inside_;
}

int PasswordGate::waiting() const {
  const absl::MutexLock lock(&mutex_);
  return waiting_;
}

}  // namespace guildhall::identity
