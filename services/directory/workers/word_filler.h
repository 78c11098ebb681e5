#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// Lists by their words those members who came before there was an index of them
// (`members.words_listed`), once, by batches in transactions of their own: whoever writes a member
// waits for one batch at most. Until it is through, a quarter of an hour for 100,000 members, a
// search for words finds only the others.
class WordFiller {
 public:
  explicit WordFiller(postgres::Database& database) : database_(database) {}

  // Takes the next members in order of their ids, at most `kBatch`, and says how many; once none
  // was left, 0 without asking. Safe to repeat and to run in several processes at once: each is
  // listed once. Fails with: BUSY (somebody writes one of these), DEPENDENCY_AWAY, DEADLINE_PASSED.
  absl::StatusOr<int> RunOnce(absl::Time now);

  static constexpr absl::Duration kEvery = absl::Milliseconds(500);
  // Each writes all terms of a member, some 150: about 0.3 s on a busy machine.
  static constexpr int kBatch = 100;

 private:
  postgres::Database& database_;
  bool through_ = false;
};

}  // namespace guildhall::directory
