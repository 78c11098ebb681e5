#include "libs/postgres/migrate.h"

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/postgres/connection.h"
#include "libs/postgres/errors.h"
#include "postgres/statements.h"

namespace guildhall::postgres {
namespace {

using internal::Connection;
using internal::Purpose;

constexpr Statement kBegin{"begin", "BEGIN"};
constexpr Statement kCommit{"commit", "COMMIT"};
constexpr Statement kRollback{"rollback", "ROLLBACK"};

using Checksum = std::array<char, SHA256_DIGEST_LENGTH>;

std::string_view ChecksumOf(const Migration& migration, Checksum& room) {
  const std::string_view text = migration.text;
  SHA256(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
         reinterpret_cast<std::uint8_t*>(room.data()));
  return {room.data(), room.size()};
}

// The migrations of one process at work, on a connection of its own.
class Migrator {
 public:
  Migrator(std::unique_ptr<Connection> connection, const Context& context)
      : connection_(std::move(connection)), context_(context) {}

  // Whether anything is left to do.
  absl::StatusOr<bool> IsDue(std::span<const Component> components) {
    GUILDHALL_ASSIGN(const Rows has_table, Ask(sql::kHasMigrationsTable));
    if (!has_table[0].Get<bool>(0)) return true;
    for (const Component& component : components) {
      GUILDHALL_ASSIGN(const std::size_t applied, CountApplied(component));
      if (applied < component.migrations.size()) return true;
    }
    return false;
  }

  absl::Status Apply(std::span<const Component> components) {
    GUILDHALL_TRY(Ask(sql::kLockMigrations).status());
    GUILDHALL_TRY(Ask(sql::kCreateMigrationsTable).status());
    for (const Component& component : components) {
      GUILDHALL_ASSIGN(const std::size_t applied, CountApplied(component));
      for (std::size_t i = applied; i < component.migrations.size(); ++i) {
        GUILDHALL_TRY(ApplyPatiently(component, component.migrations[i]));
      }
    }
    return absl::OkStatus();
  }

 private:
  template <typename... Args>
  absl::StatusOr<Rows> Ask(const Statement& statement, const Args&... args) {
    connection_->Queue(statement, Params<Args...>(args...).list(), context_);
    Connection::Outcome outcome = connection_->Exchange(context_);
    if (!outcome.status.ok()) return std::move(outcome.status);
    return std::move(outcome.last);
  }

  // How many of the component's migrations the database has; refuses a history that differs.
  absl::StatusOr<std::size_t> CountApplied(const Component& component) {
    GUILDHALL_ASSIGN(const Rows rows, Ask(sql::kListMigrations, component.name));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const int number = rows[i].Get<std::int32_t>(0);
      if (number != static_cast<int>(i) + 1) {
        return absl::FailedPreconditionError(absl::StrCat("Migration ", i + 1, " of ",
                                                          Absl(component.name), " is missing, but ",
                                                          number, " was applied."));
      }
      if (i >= component.migrations.size()) continue;
      Checksum room;
      if (rows[i].Get<std::string_view>(2) != ChecksumOf(component.migrations[i], room)) {
        return absl::FailedPreconditionError(
            absl::StrCat("Migration ", component.migrations[i].name, " of ", Absl(component.name),
                         " was edited after it had been applied. Restore it and write a new one."));
      }
    }
    return rows.size();
  }

  absl::Status ApplyPatiently(const Component& component, const Migration& migration) {
    while (true) {
      absl::Status status = ApplyOne(component, migration);
      if (status.ok() || !absl::IsAborted(status) || context_.deadline.Passed()) return status;
    }
  }

  absl::Status ApplyOne(const Component& component, const Migration& migration) {
    connection_->Queue(kBegin, {}, context_);
    GUILDHALL_TRY(Ask(sql::kLimitLockWait).status());
    absl::Status status = connection_->RunScript(migration.text, migration.name, context_);
    if (status.ok() && !connection_->InTransaction()) {
      status = absl::FailedPreconditionError(
          absl::StrCat("Migration ", migration.name, " ends its own transaction."));
    }
    if (status.ok()) {
      Checksum room;
      const Bytea checksum{ChecksumOf(migration, room)};
      connection_->Queue(sql::kRecordMigration,
                         Params<std::string_view, int, std::string_view, Bytea>(
                             component.name, migration.number, migration.name, checksum)
                             .list(),
                         context_);
      status = Ask(kCommit).status();
    }
    if (!status.ok() && connection_->InTransaction()) {
      Ask(kRollback).IgnoreError();
    }
    return status;
  }

  std::unique_ptr<Connection> connection_;
  const Context context_;
};

}  // namespace

absl::Status Migrate(const PostgresSettings& settings, std::span<const Component> components,
                     const Context& context) {
  for (const Component& component : components) {
    for (std::size_t i = 0; i < component.migrations.size(); ++i) {
      GUILDHALL_CHECK(component.migrations[i].number == static_cast<int>(i) + 1);
    }
  }
  internal::Meters unmeasured(nullptr, "");
  GUILDHALL_ASSIGN(auto connection,
                   Connection::Open(settings, Purpose::kMigrate, unmeasured, context));
  Migrator migrator(std::move(connection), context);
  GUILDHALL_ASSIGN(const bool due, migrator.IsDue(components));
  if (!due) return absl::OkStatus();
  // The lock ends with the connection.
  return migrator.Apply(components);
}

}  // namespace guildhall::postgres
