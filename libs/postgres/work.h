#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/postgres/context.h"
#include "libs/postgres/params.h"
#include "libs/postgres/rows.h"
#include "libs/postgres/statement.h"

namespace guildhall::postgres {

namespace internal {
class Connection;
}

// One transaction (READ COMMITTED), as Database::Transact hands it to a unit of work. Used by one
// thread. BEGIN travels with the first statement and COMMIT with the last deferred ones, so a write
// with one question costs two round trips. After an error every call answers that error and the
// transaction is rolled back, whatever the unit makes of it.
class Work {
 public:
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  // Sends what was deferred and this statement in one round trip and returns this one's rows. The
  // error may be a deferred statement's; its message names the statement.
  template <typename... Args>
  absl::StatusOr<Rows> Run(const Statement& statement, const Args&... args) {
    return RunList(statement, Params<Args...>(args...).list());
  }

  // Sends the statement with the next round trip or the COMMIT. For writes whose answer nobody
  // needs; its error fails the transaction. `args` are copied.
  template <typename... Args>
  void Defer(const Statement& statement, const Args&... args) {
    DeferList(statement, Params<Args...>(args...).list());
  }

  // Of the call that this transaction serves.
  const Context& context() const { return context_; }

 private:
  friend class Database;
  Work(internal::Connection& connection, const Context& context)
      : connection_(connection), context_(context) {}

  absl::StatusOr<Rows> RunList(const Statement& statement, const ParamList& params);
  void DeferList(const Statement& statement, const ParamList& params);
  void BeginOnce();
  absl::Status Commit();
  void Rollback();

  internal::Connection& connection_;
  const Context context_;
  bool begun_ = false;
  absl::Status status_;
};

}  // namespace guildhall::postgres
