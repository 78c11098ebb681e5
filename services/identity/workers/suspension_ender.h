#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {

// Lets accounts be used again whose suspension was until a time that has passed. Until this runs
// they stay suspended.
class SuspensionEnder {
 public:
  static constexpr absl::Duration kEvery = absl::Seconds(5);
  static constexpr int kBatch = 50;
  // No further one is begun after that: other tasks wait for this one.
  static constexpr absl::Duration kLongest = absl::Seconds(5);

  explicit SuspensionEnder(postgres::Database& database) : database_(database) {}

  // Tries the next ones that end at `now` or before, at most kBatch of them, each in a transaction
  // of its own that tells of it as ReactivateAccount does; says how many it ended. One that fails
  // stops no other: it is tried again when all others have been, and the first failure is returned
  // once the rest is done. One small read when there are none. Safe to repeat and to run in several
  // processes at once: each is ended once. Fails with: DEPENDENCY_AWAY, BUSY.
  absl::StatusOr<int> RunOnce(absl::Time now);

 private:
  absl::StatusOr<bool> End(MemberId account, absl::Time now);

  postgres::Database& database_;
  EndedSuspension after_;  // the last one tried in this round
};

}  // namespace guildhall::identity
