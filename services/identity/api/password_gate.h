#pragma once

#include <utility>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/deadline.h"

namespace guildhall::identity {

// Bounds how many calls work on passwords at once, and how many wait for their turn: a hash takes
// 60 ms of a core and 19 MiB, so a flood of sign-ins must neither starve the calls beside them nor
// fill the memory. Hashing stays on the worker that entered; a thread of its own would only be
// waited for. Thread-safe.
class PasswordGate {
 public:
  // `at_once` + `waiting` are fewer than the engine has workers, or nothing else is answered.
  PasswordGate(int at_once, int waiting);

  // The right to work on passwords, until it goes out of scope.
  class Pass {
   public:
    explicit Pass(PasswordGate& gate) : gate_(&gate) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass();

   private:
    PasswordGate* gate_;
  };

  // Waits for a turn. Fails with PASSWORD_CHECKS_BUSY at once when too many wait already, and when
  // the deadline passes before the turn comes.
  absl::StatusOr<Pass> Enter(Deadline deadline);

  // How many are inside and how many wait now.
  int inside() const;
  int waiting() const;

 private:
  void Leave();

  const int most_at_once_;
  const int most_waiting_;
  mutable absl::Mutex mutex_;
  int inside_ = 0;
  int waiting_ = 0;
};

}  // namespace guildhall::identity
