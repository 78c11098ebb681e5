#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/postgres/connection.h"
#include "libs/postgres/context.h"
#include "libs/postgres/meters.h"
#include "libs/postgres/settings.h"

namespace guildhall::postgres::internal {

// At most `size` connections for one purpose, opened when needed, the warmest first. Thread-safe.
class Pool {
 public:
  Pool(PostgresSettings settings, Purpose purpose, int size, Meters meters);

  // A connection on loan; it goes back by itself, or away when it is not fit to serve again.
  class Lease {
   public:
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    friend class Pool;
    Lease(Pool* pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Waits for a free connection, or opens one. Fails with DEADLINE_PASSED when all stay taken,
  // DEPENDENCY_AWAY when the server cannot be reached, CANCELLED (noticed within 20 ms).
  absl::StatusOr<Lease> Acquire(const Context& context);

  struct Usage {
    int open = 0;  // connections that are on loan, resting or being opened
    int resting = 0;
  };
  Usage usage() const;
  // Puts the usage into the gauges.
  void Show();

 private:
  // A connection that is alive.
  absl::StatusOr<Lease> Find(const Context& context);
  // A resting connection, or null when the caller has to open one and counts as its owner already.
  absl::StatusOr<std::unique_ptr<Connection>> Take(const Context& context);
  absl::Status WaitForChange(std::unique_lock<std::mutex>& lock, const Context& context);
  void Return(std::unique_ptr<Connection> connection);
  void Forget();
  // Closes resting connections on which nothing was heard since then: where one has lost its server
  // without a word, so may have those beside it, and each would cost a call its deadline.
  void Distrust(absl::Duration since);

  const PostgresSettings settings_;
  const Purpose purpose_;
  const int size_;
  Meters meters_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Connection>> resting_;
  int open_ = 0;
};

}  // namespace guildhall::postgres::internal
