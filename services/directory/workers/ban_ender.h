#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/directory/store/ban_store.h"

namespace guildhall::directory {

// Lifts bans whose end has come. Until it has, they hold: a ban ends as late as this runs.
class BanEnder {
 public:
  explicit BanEnder(postgres::Database& database) : database_(database) {}

  // Tries the next bans that end at `now` or before, at most kBatch of them, each in a transaction
  // of its own that tells of it and notes that access changes; says how many it lifted. One that
  // fails stops no other: it is tried again when all others have been, and the first failure is
  // returned once the rest is done. One small read when there are none. Safe to repeat and to run
  // in several processes at once: each ban is lifted once.
  absl::StatusOr<int> RunOnce(absl::Time now);

  static constexpr int kBatch = 50;
  // No further ban is begun after that: the other upkeep, and the end of the process, wait for
  // this.
  static constexpr absl::Duration kLongest = absl::Seconds(5);

 private:
  absl::StatusOr<bool> Lift(const EndedBan& ban, absl::Time now);

  postgres::Database& database_;
  EndedBan after_;  // the last one tried in this round
};

}  // namespace guildhall::directory
