#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/postgres/context.h"
#include "libs/postgres/errors.h"
#include "libs/postgres/params.h"
#include "libs/postgres/rows.h"
#include "libs/postgres/settings.h"
#include "libs/postgres/statement.h"
#include "libs/postgres/work.h"

namespace guildhall::telemetry {
class Metrics;
}

namespace guildhall::postgres {

namespace internal {
class Connection;
class Pool;
}  // namespace internal

// Reads that travel together; see Database::ReadTogether.
class ReadBatch {
 public:
  // Adds one more statement. `args` are copied.
  template <typename... Args>
  void Add(const Statement& statement, const Args&... args) {
    AddList(statement, Params<Args...>(args...).list());
  }

 private:
  friend class Database;
  ReadBatch(internal::Connection& connection, const Context& context)
      : connection_(connection), context_(context) {}
  void AddList(const Statement& statement, const ParamList& params);

  internal::Connection& connection_;
  const Context& context_;
};

// The database of one service: a pool of connections for reads and one for writes. Thread-safe.
// Every call waits at most until its context's deadline and ends early when it is cancelled; errors
// are those of errors.h. Answers are held in memory whole: bound them with LIMIT.
class Database {
 public:
  // Checks the settings; connects when first used, so a process may start before its database.
  // Fails with INVALID_ARGUMENT for a connection string that libpq cannot read. `metrics`, when
  // given, outlives the database and shows its pools and the time of its statements.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const PostgresSettings& settings,
                                                        telemetry::Metrics* metrics = nullptr);
  ~Database();

  // Runs one statement that only reads, on the read pool, without BEGIN: one round trip. A
  // connection that breaks is replaced once, unseen: reads are safe to repeat.
  template <typename... Args>
  absl::StatusOr<Rows> Read(const Context& context, const Statement& statement,
                            const Args&... args) {
    return ReadList(context, statement, Params<Args...>(args...).list());
  }

  // Runs several statements that only read in one round trip, each as Read does, and returns their
  // answers in the order in which `add` added them. `add` is called once more when the connection
  // broke. When one of them fails, all do.
  absl::StatusOr<std::vector<Rows>> ReadTogether(const Context& context,
                                                 absl::FunctionRef<void(ReadBatch&)> add);

  // Runs one statement as a transaction of its own, on the write pool: one round trip.
  template <typename... Args>
  absl::StatusOr<Rows> Write(const Context& context, const Statement& statement,
                             const Args&... args) {
    return WriteList(context, statement, Params<Args...>(args...).list());
  }

  // Runs `unit` in a transaction on the write pool: commits when it returns OK, else rolls back.
  // The unit holds a connection: it must not wait for anything but its Work, nor begin another
  // transaction. A failure for which CommitUnknown() holds may have been committed.
  template <typename T>
  absl::StatusOr<T> Transact(const Context& context,
                             absl::FunctionRef<absl::StatusOr<T>(Work&)> unit) {
    std::optional<absl::StatusOr<T>> answer;
    absl::Status status = Transact(context, [&](Work& work) -> absl::Status {
      answer.emplace(unit(work));
      return answer->status();
    });
    if (!status.ok()) return status;
    return *std::move(answer);
  }
  absl::Status Transact(const Context& context, absl::FunctionRef<absl::Status(Work&)> unit);

  // Connections now, for metrics and tests.
  struct Usage {
    int open = 0;
    int resting = 0;
  };
  Usage read_usage() const;
  Usage write_usage() const;

 private:
  Database(const PostgresSettings& settings, telemetry::Metrics* metrics);
  absl::StatusOr<Rows> ReadList(const Context& context, const Statement& statement,
                                const ParamList& params);
  absl::StatusOr<Rows> WriteList(const Context& context, const Statement& statement,
                                 const ParamList& params);

  std::shared_ptr<internal::Pool> readers_;
  std::shared_ptr<internal::Pool> writers_;
};

}  // namespace guildhall::postgres
