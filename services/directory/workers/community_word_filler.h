#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Lists by their words those communities that came before there was an index of them
// (`community_words`), once, each in a transaction of its own: whoever writes a community waits for
// that one alone. Until it is through, a minute for 5,000, a search finds the others by name only.
class CommunityWordFiller {
 public:
  explicit CommunityWordFiller(postgres::Database& database) : database_(database) {}

  // Takes the next communities in order of their ids, at most `kBatch`, and says how many; 0 when
  // all are listed, and from then on without asking. Processes take turns. Safe to repeat. Fails
  // with: BUSY (another one takes its turn, or somebody writes the next one), DEPENDENCY_AWAY,
  // DEADLINE_PASSED.
  absl::StatusOr<int> RunOnce(absl::Time now);

  static constexpr absl::Duration kEvery = absl::Milliseconds(500);
  // Each takes 1 to 5 ms, by what it says.
  static constexpr int kBatch = 50;

 private:
  postgres::Database& database_;
  bool through_ = false;
};

}  // namespace guildhall::directory
