#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Holds members.community_ids, by which members are found, against the memberships themselves.
// Every write keeps both in its own transaction, so a difference is a fault: it is mended, and the
// number of mended members is a metric that should stay 0.
class MemberCommunitiesReconciler {
 public:
  explicit MemberCommunitiesReconciler(postgres::Database& database) : database_(database) {}

  // Compares the next members in order of their ids, at most `kBatch`, and says how many were
  // wrong; begins anew after the last one. Holds the batch meanwhile. Safe to repeat.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // 100,000 members in about three hours.
  static constexpr int kBatch = 500;

 private:
  postgres::Database& database_;
  MemberId after_;
};

}  // namespace guildhall::directory
