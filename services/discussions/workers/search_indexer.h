#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/discussions/store/word_store.h"

namespace guildhall::discussions {

// Keeps the words of posts as search knows them in step with the posts: by the change log of this
// service, and for posts that are older than what the log tells of, or after a restore, by walking
// through all of them once.
//
// Any number of processes may run it: the progress moves in the transaction of the words, and only
// from where it was seen; who comes late rests for kRest, so that mostly one does the work. Words
// are computed outside of transactions, so that nobody who follows a log waits for them.
class SearchIndexer {
 public:
  explicit SearchIndexer(postgres::Database& database) : database_(database) {}

  // Takes up to kAtOnce changes and, while there are older posts to know, as many of these; says
  // how many of both, none while it rests. What fails, because long texts take too long, is taken
  // in parts of half the size. Safe to repeat. Cost: 4 round trips; about 0.2 ms a post.
  absl::StatusOr<int> RunOnce(absl::Time now);

  // Posts that come together are told of together; a transaction of words takes some 50 ms.
  static constexpr int kAtOnce = 200;
  // Of Markdown that is taken together, unless one post alone has more: its words take some ten
  // times as much.
  static constexpr std::size_t kMostBytes = 2 * 1024 * 1024;
  // Half of the second within which posts are found, should the other process end meanwhile.
  static constexpr absl::Duration kRest = absl::Milliseconds(500);

 private:
  absl::StatusOr<int> Take(int count, absl::Time time);

  postgres::Database& database_;
  int at_once_ = kAtOnce;
  absl::Time rests_until_ = absl::InfinitePast();
};

}  // namespace guildhall::discussions
