#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

// Ends the sanctions of one kind whose end has come. Until it has, they hold: one ends as late as
// this runs.
class SanctionEnder {
 public:
  SanctionEnder(postgres::Database& database, SanctionKind kind)
      : database_(database), kind_(kind) {}

  // Tries the next ones that end at `now` or before, at most kBatch of them, each in a transaction
  // of its own that tells of it and notes that access changes; says how many it ended. One that
  // fails stops no other: it is tried again when all others have been, and the first failure is
  // returned once the rest is done. One small read when there are none. Safe to repeat and to run
  // in several processes at once: each is ended once.
  absl::StatusOr<int> RunOnce(absl::Time now);

  static constexpr int kBatch = 50;
  // No further one is begun after that: the other upkeep, and the end of the process, wait for
  // this.
  static constexpr absl::Duration kLongest = absl::Seconds(5);

 private:
  absl::StatusOr<bool> End(const EndedSanction& sanction, absl::Time now);

  postgres::Database& database_;
  const SanctionKind kind_;
  EndedSanction after_;  // the last one tried in this round
};

}  // namespace guildhall::directory
