#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/round.h"
#include "libs/postgres/database.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {

// Lets accounts be used again whose suspension was until a time that has passed. Until this runs
// they stay suspended.
class SuspensionEnder {
 public:
  static constexpr absl::Duration kEvery = absl::Seconds(5);
  static constexpr int kBatch = Round<EndedSuspension>::kBatch;

  explicit SuspensionEnder(postgres::Database& database) : database_(database) {}

  // Tries the next ones that end at `now` or before (libs/base/round.h), each in a transaction of
  // its own that tells of it as ReactivateAccount does; says how many it ended. One small read when
  // there are none. Safe to repeat and to run in several processes at once: each is ended once.
  // Fails with: DEPENDENCY_AWAY, BUSY.
  absl::StatusOr<int> RunOnce(absl::Time now);

 private:
  absl::StatusOr<bool> End(MemberId account, absl::Time now);

  postgres::Database& database_;
  Round<EndedSuspension> round_;
};

}  // namespace guildhall::identity
