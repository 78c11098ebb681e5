#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/discussions/store/post_counts.h"

namespace guildhall::discussions {

// Holds what posts show of their answers and reactions against these themselves. Every write keeps
// the counts in its own transaction, so a difference is a fault: it is mended, and the number of
// mended posts is a metric that should stay 0.
class PostReconciler {
 public:
  explicit PostReconciler(postgres::Database& database) : database_(database) {}

  // Compares the next posts in order of topic and number, at most `kBatch`, and says how many were
  // wrong; begins anew after the last one. Locks the topics of wrong ones, one after the other.
  // Safe to repeat. Cost: look-ups in two indexes, some 15 buffers, a post.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // A million posts take seventeen hours; each run some 20 ms.
  static constexpr int kBatch = 1000;

 private:
  postgres::Database& database_;
  PostPlace after_;
};

}  // namespace guildhall::discussions
