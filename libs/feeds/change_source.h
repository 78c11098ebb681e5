#pragma once

#include "libs/changelog/source.h"
#include "libs/postgres/database.h"
#include "libs/rpc/client.h"

namespace guildhall::rpc {
class Server;
}

namespace guildhall::feeds {

// Puts InternalChangeService.ReadChanges into the table of a server whose service has a log in
// `database`, which outlives the server.
void RegisterReadChanges(postgres::Database& database, rpc::Server& server);

// Reads the log of another service, at most `limit` changes a page; for a thread that may wait.
// Fails with DEPENDENCY_AWAY, DEADLINE_PASSED. `producer` outlives the source.
changelog::Source ReadChangesOf(rpc::Client& producer, int limit = 1000);

}  // namespace guildhall::feeds
