#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::discussions {

// Holds what topics show of their posts (last number; author and time of the last that stands,
// score) against the posts themselves. Every write keeps them in its own transaction, so a
// difference is a fault: it is mended, and the number of mended topics is a metric that should stay
// 0. It is also how stored scores follow a change of the formula, and how topics of before
// `last_standing_number`, of which the last posts have gone, get to end with what stands.
class TopicReconciler {
 public:
  explicit TopicReconciler(postgres::Database& database) : database_(database) {}

  // Compares the next topics in order of their ids, at most `kBatch`, and says how many were wrong;
  // begins anew after the last one. Locks the batch meanwhile. Safe to repeat.
  // Cost: three index look-ups a topic, and what has gone at its end.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // Small enough that posting waits for some milliseconds at most.
  static constexpr int kBatch = 100;

 private:
  postgres::Database& database_;
  TopicId after_;
};

}  // namespace guildhall::discussions
