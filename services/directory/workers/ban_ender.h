#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Lifts bans whose end has come. Until it has, they hold: a ban ends as late as this runs.
class BanEnder {
 public:
  explicit BanEnder(postgres::Database& database) : database_(database) {}

  // Lifts up to kBatch bans that end at `now` or before, tells of it and notes that access changes,
  // in one transaction; says how many. One small read when there are none. Safe to repeat and to
  // run in several processes at once: each takes what no other one has.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // Its transaction holds the row that all changes of access pass for some milliseconds at most.
  static constexpr int kBatch = 50;

 private:
  postgres::Database& database_;
};

}  // namespace guildhall::directory
