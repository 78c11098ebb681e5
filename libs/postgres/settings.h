#pragma once

#include <string>

#include "absl/time/time.h"
#include "libs/settings/schema.h"

namespace guildhall::postgres {

// How a process reaches its database.
struct PostgresSettings {
  // A libpq connection string, such as "host=/run/postgresql dbname=directory user=directory".
  // Give addresses or a Unix socket folder: libpq resolves names without a deadline. It is printed
  // at the start, so the password stands apart. `options` in it are overridden.
  std::string conninfo;
  settings::Secret password;

  // Seen in pg_stat_activity.
  std::string application_name = "guildhall";

  // Two to four connections saturate two cores, thirty-two cost a third of the throughput
  // (measured on loopback); all services together should stay below 16 per two cores.
  int read_connections = 4;
  int write_connections = 4;

  // A server that takes longer to greet counts as away.
  absl::Duration connect_timeout = absl::Seconds(2);

  // A row that stays locked for longer answers BUSY; a sooner deadline of the call comes first.
  absl::Duration lock_timeout = absl::Seconds(1);

  // The net below deadlines: the longest deadline that the engine grants.
  absl::Duration statement_timeout = absl::Seconds(60);

  // A transaction ends within 5 s; one that stays idle for twice that has lost its process.
  absl::Duration idle_in_transaction_timeout = absl::Seconds(10);
};

// Declares the settings that an operator may want to choose: postgres, postgres_password,
// postgres_read_connections, postgres_write_connections, postgres_connect_timeout. The other limits
// belong to the design.
void Declare(settings::Schema& schema, PostgresSettings& settings);

}  // namespace guildhall::postgres
