#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/round.h"
#include "libs/postgres/database.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

// Ends the sanctions of one kind whose end has come. Until it has, they hold: one ends as late as
// this runs.
class SanctionEnder {
 public:
  SanctionEnder(postgres::Database& database, SanctionKind kind)
      : database_(database), kind_(kind) {}

  // Tries the next ones that end at `now` or before (libs/base/round.h), each in a transaction of
  // its own that tells of it and notes that access changes; says how many it ended. One small read
  // when there are none. Safe to repeat and to run in several processes at once: each is ended
  // once.
  absl::StatusOr<int> RunOnce(absl::Time now);

  static constexpr int kBatch = Round<EndedSanction>::kBatch;

 private:
  absl::StatusOr<bool> End(const EndedSanction& sanction, absl::Time now);

  postgres::Database& database_;
  const SanctionKind kind_;
  Round<EndedSanction> round_;
};

}  // namespace guildhall::directory
