#include "libs/postgres/database.h"

#include <libpq-fe.h>

#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/postgres/connection.h"
#include "libs/postgres/pool.h"

namespace guildhall::postgres {
namespace {

using internal::Connection;
using internal::Pool;
using internal::Purpose;

// Gives the reason that libpq has against a connection string.
absl::Status CheckConninfo(const std::string& conninfo) {
  char* error = nullptr;
  PQconninfoOption* options = PQconninfoParse(conninfo.c_str(), &error);
  absl::Status status;
  // The string may hold a password, and so may what libpq quotes of it.
  if (options == nullptr) {
    status = absl::InvalidArgumentError(
        "The connection string of the database is malformed; expected \"host=… dbname=… user=…\".");
  }
  PQconninfoFree(options);
  PQfreemem(error);
  return status;
}

// Reads by `exchange` on a connection, and once more on another when it broke.
template <typename ExchangeOn>
absl::Status ReadOn(Pool& readers, const Context& context, ExchangeOn exchange) {
  for (int attempt = 1;; ++attempt) {
    GUILDHALL_ASSIGN(Pool::Lease connection, readers.Acquire(context));
    Connection::Outcome outcome = exchange(*connection);
    const bool broke = !outcome.finished && absl::IsUnavailable(outcome.status);
    if (!broke || attempt == 2) return std::move(outcome.status);
  }
}

std::shared_ptr<Pool> OpenPool(const PostgresSettings& settings, Purpose purpose, int size,
                               telemetry::Metrics* metrics) {
  const char* name = purpose == Purpose::kRead ? "read" : "write";
  auto pool = std::make_shared<Pool>(settings, purpose, size, internal::Meters(metrics, name));
  if (metrics != nullptr) {
    // The metrics may be shown when the database is gone.
    metrics->BeforeExposition([weak = std::weak_ptr(pool)] {
      if (const std::shared_ptr<Pool> pool = weak.lock()) pool->Show();
    });
  }
  return pool;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const PostgresSettings& settings,
                                                         telemetry::Metrics* metrics) {
  GUILDHALL_TRY(CheckConninfo(settings.conninfo));
  if (settings.read_connections < 1 || settings.write_connections < 1) {
    return absl::InvalidArgumentError("A database needs at least one connection of each kind.");
  }
  return std::unique_ptr<Database>(new Database(settings, metrics));
}

Database::Database(const PostgresSettings& settings, telemetry::Metrics* metrics)
    : readers_(OpenPool(settings, Purpose::kRead, settings.read_connections, metrics)),
      writers_(OpenPool(settings, Purpose::kWrite, settings.write_connections, metrics)) {}

Database::~Database() = default;

absl::StatusOr<Rows> Database::ReadList(const Context& context, const Statement& statement,
                                        const ParamList& params) {
  Rows rows;
  GUILDHALL_TRY(ReadOn(*readers_, context, [&](Connection& connection) {
    connection.Queue(statement, params, context);
    Connection::Outcome outcome = connection.Exchange(context);
    rows = std::move(outcome.last);
    return outcome;
  }));
  return rows;
}

absl::StatusOr<std::vector<Rows>> Database::ReadTogether(const Context& context,
                                                         absl::FunctionRef<void(ReadBatch&)> add) {
  std::vector<Rows> answers;
  GUILDHALL_TRY(ReadOn(*readers_, context, [&](Connection& connection) {
    answers.clear();
    ReadBatch batch(connection, context);
    add(batch);
    return connection.Exchange(context, &answers);
  }));
  return answers;
}

void ReadBatch::AddList(const Statement& statement, const ParamList& params) {
  connection_.Queue(statement, params, context_);
}

absl::StatusOr<Rows> Database::WriteList(const Context& context, const Statement& statement,
                                         const ParamList& params) {
  GUILDHALL_ASSIGN(Pool::Lease connection, writers_->Acquire(context));
  connection->Queue(statement, params, context);
  Connection::Outcome outcome = connection->Exchange(context);
  // The server commits at the Sync, so only a whole answer is a commit.
  if (outcome.status.ok()) return std::move(outcome.last);
  if (outcome.definite) return std::move(outcome.status);
  return internal::WithCommitUnknown(std::move(outcome.status));
}

absl::Status Database::Transact(const Context& context,
                                absl::FunctionRef<absl::Status(Work&)> unit) {
  GUILDHALL_ASSIGN(const Pool::Lease connection, writers_->Acquire(context));
  Work work(*connection, context);
  absl::Status status = unit(work);
  if (status.ok()) status = work.Commit();
  if (!status.ok()) work.Rollback();
  return status;
}

Database::Usage Database::read_usage() const {
  const Pool::Usage usage = readers_->usage();
  return {usage.open, usage.resting};
}

Database::Usage Database::write_usage() const {
  const Pool::Usage usage = writers_->usage();
  return {usage.open, usage.resting};
}

}  // namespace guildhall::postgres
