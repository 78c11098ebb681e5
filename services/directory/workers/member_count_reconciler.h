#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Holds communities.member_count against the memberships themselves. Every write keeps the count in
// its own transaction, so a difference is a fault: it is mended, and the number of mended rows is a
// metric that should stay 0.
class MemberCountReconciler {
 public:
  explicit MemberCountReconciler(postgres::Database& database) : database_(database) {}

  // Recounts the next communities in order of their ids, at most `kBatch`, and says how many were
  // wrong; begins anew after the last one. Locks the batch while it counts. Safe to repeat.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // Small enough that joining waits for some milliseconds at most.
  static constexpr int kBatch = 50;

 private:
  postgres::Database& database_;
  CommunityId after_;
};

}  // namespace guildhall::directory
