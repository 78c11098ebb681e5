#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "libs/base/deadline.h"
#include "libs/cache/replies.h"

namespace guildhall::cache {

// A row of the service's own change log, as far as caches go.
struct Change {
  std::uint64_t xid = 0;
  std::int64_t n = 0;  // tells rows apart
  Tags tags;
};

// What one look at the log finds, all of it in one snapshot.
struct Look {
  // The oldest transaction that is still open: what had a lower id and was committed is seen.
  std::uint64_t horizon = 0;
  // Which run of which server answered, and which past of its log: others may number anew.
  std::int64_t server = 0;
  // Rows of transactions from the one asked for on, at most kMostChanges + 1.
  std::vector<Change> changes;
};

// More rows in one look make everything void instead: an import, or a server that was long away.
inline constexpr int kMostChanges = 5000;

// Looks at the log: the rows of transactions from `from` on that are visible, settled or not;
// without `from` only where the log stands. Runs on the follower's thread and ends with the
// deadline.
using LookAtLog =
    std::function<absl::StatusOr<Look>(std::optional<std::uint64_t> from, Deadline deadline)>;

// Keeps cached replies fresh: looks at the service's own change log every kEvery and invalidates
// what changed. Rows that are visible but not settled are seen, too, so nothing has to wait for
// writers that are still open; that they may come in any order does not matter here, since an
// invalidation says nothing but "read again".
//
// The bound on the age of replies counts from when a look was sent, on this machine's monotonic
// clock, and a look is a read of the very database that the replies were read from. So no other
// machine's clock, no Redis and no lost message can make a reply older.
class Follower {
 public:
  static constexpr absl::Duration kEvery = absl::Milliseconds(200);

  // Starts the thread. `replies` outlives the follower.
  Follower(Replies& replies, LookAtLog look);
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

 private:
  void Run();

  Replies& replies_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;  // guarded by mutex_
  LookAtLog look_;
  std::thread thread_;
};

// One look after the other, without a thread: what Follower does, for it and for tests.
class LogReader {
 public:
  LogReader(Replies& replies, const LookAtLog& look) : replies_(replies), look_(look) {}

  // Fails as the look does; then replies grow too old, and are passed by.
  absl::Status RunOnce();

 private:
  void Apply(const Look& look);

  Replies& replies_;
  const LookAtLog& look_;
  std::optional<std::uint64_t> from_;
  std::int64_t server_ = 0;
  absl::flat_hash_set<std::int64_t> seen_;  // rows of transactions from from_ on
};

}  // namespace guildhall::cache
