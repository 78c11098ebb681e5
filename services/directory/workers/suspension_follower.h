#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/changelog/consumer.h"
#include "libs/postgres/database.h"
#include "services/directory/clients/suspended_accounts.h"

namespace guildhall::directory {

// Hears from identity whose accounts are suspended and whose may be used again, from its log of
// changes, each once and in its order; by whichever process of directory is the first to do it. Who
// begins, or has lost its place, reads anew who is suspended.
class SuspensionFollower {
 public:
  // How soon it listens again; on a thread of its own, because it waits for what comes.
  static constexpr absl::Duration kEvery = absl::Milliseconds(50);
  static constexpr absl::Duration kWait = absl::Milliseconds(500);

  // `log` is identity's. The database outlives it.
  SuspensionFollower(postgres::Database& database, ReadSuspendedAccounts read_suspended,
                     changelog::TailParts log);

  // Waits for what comes next, at most kWait, and applies it; the number of changes of any kind
  // that it has passed. Safe to repeat. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, BUSY, ABORTED
  // (another process was faster to begin).
  absl::StatusOr<int> RunOnce();

 private:
  changelog::Consumer consumer_;
};

}  // namespace guildhall::directory
