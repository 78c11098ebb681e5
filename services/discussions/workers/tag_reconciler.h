#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/discussions/store/tag_store.h"

namespace guildhall::discussions {

// Holds how many topics the tags of communities show against the topics. Every write keeps the
// numbers in its own transaction, so a difference is a fault: it is mended, and the number of
// mended tags is a metric that should stay 0.
class TagReconciler {
 public:
  explicit TagReconciler(postgres::Database& database) : database_(database) {}

  // Compares the next tags in order of community and tag, at most `kBatch`, and says how many were
  // wrong; begins anew after the last one. Locks wrong ones, one after the other. Safe to repeat.
  // Cost: one range of an index for each tag, as long as it has topics.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // 5,000 communities with 100 tags each take a day.
  static constexpr int kBatch = 400;

 private:
  postgres::Database& database_;
  TagPlace after_;
};

}  // namespace guildhall::discussions
