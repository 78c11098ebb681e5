#pragma once

#include <string>

#include "libs/postgres/connection.h"
#include "libs/postgres/settings.h"

namespace guildhall::postgres::internal {

// The server's parameters for a session, as the startup packet carries them: no round trip.
std::string SessionOptions(const PostgresSettings& settings, Purpose purpose);

}  // namespace guildhall::postgres::internal
