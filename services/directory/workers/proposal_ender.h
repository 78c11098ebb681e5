#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Ends requests to join and invitations whose end has come. Until it has, they stand: they end as
// late as this runs.
class ProposalEnder {
 public:
  explicit ProposalEnder(postgres::Database& database) : database_(database) {}

  // Ends those that end at `now` or before and says how many: at most kBatch in a transaction,
  // which tells of them, and kMostBatches of these. One small read when there are none. Safe to
  // repeat and to run in several processes at once: each is ended once.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // So few that whoever writes in one of the communities waits for some milliseconds, and that the
  // other upkeep waits for a second or two; 20,000 a minute, more than are made in one.
  static constexpr int kBatch = 200;
  static constexpr int kMostBatches = 100;

 private:
  absl::StatusOr<int> EndBatch(absl::Time now);

  postgres::Database& database_;
};

}  // namespace guildhall::directory
