#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/discussions/store/poll_store.h"

namespace guildhall::discussions {

// Holds what polls show against the votes. Every vote keeps the numbers in its own transaction, so
// a difference is a fault: it is mended, and the number of mended polls is a metric that should
// stay 0. What was chosen anonymously stands in the numbers alone: of such polls only how many have
// voted can be mended.
class PollReconciler {
 public:
  explicit PollReconciler(postgres::Database& database) : database_(database) {}

  // Compares the next polls in order of their topics, at most `kBatch`, for about a second, and
  // says how many were wrong; begins anew after the last one. Each by itself, since one may have as
  // many votes as there are members. Locks the topics of wrong ones. Safe to repeat. Cost: for each
  // poll a range of an index as long as it has votes.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // 100,000 polls take a day.
  static constexpr int kBatch = 100;

 private:
  postgres::Database& database_;
  TopicId after_;
};

}  // namespace guildhall::discussions
