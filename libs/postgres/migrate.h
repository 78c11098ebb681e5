#pragma once

#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "libs/postgres/context.h"
#include "libs/postgres/migration.h"
#include "libs/postgres/settings.h"

namespace guildhall::postgres {

// Whose migrations these are: a service or a library with tables of its own.
struct Component {
  std::string_view name;
  std::span<const Migration> migrations;
};

// Brings the database to the last migration of each component, in the order given. What has been
// applied is kept in the table schema_migrations; processes that start together take turns by an
// advisory lock. Each migration is one transaction, so a failure leaves whole steps. One that waits
// for a table's lock gives way to the traffic behind it and tries again until the deadline.
//
// A database that is ahead of this program is fine: versions run side by side, and migrations only
// expand. Fails with FAILED_PRECONDITION when one was edited after it was applied, or a later one
// was applied before it; else with the errors of errors.h. Safe to repeat; when there is nothing to
// do it costs one connection and one read.
absl::Status Migrate(const PostgresSettings& settings, std::span<const Component> components,
                     const Context& context);

}  // namespace guildhall::postgres
