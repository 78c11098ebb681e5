#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Lists what those members have who came before their values were listed (`facet_values`), once, by
// batches in transactions of their own: whoever writes a member waits for one batch at most. Until
// it is through, a minute for 100,000 members, lists of values lack what only the others have.
class FacetFiller {
 public:
  explicit FacetFiller(postgres::Database& database) : database_(database) {}

  // Takes the next members in order of their ids, at most `kBatch`, and says how many; 0 when all
  // are listed, and from then on without asking. Processes take turns. Safe to repeat. Fails with:
  // BUSY (another one takes its turn, or somebody writes one of these), DEPENDENCY_AWAY,
  // DEADLINE_PASSED.
  absl::StatusOr<int> RunOnce(absl::Time now);

  static constexpr absl::Duration kEvery = absl::Milliseconds(200);
  // About 50 ms.
  static constexpr int kBatch = 300;

 private:
  postgres::Database& database_;
  bool through_ = false;
};

}  // namespace guildhall::directory
