#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/identity/api/session_uses.h"

namespace guildhall::identity {

// Stores when sessions and access tokens were used. What cannot be stored is forgotten: it is idle
// time that is lost, and memory stays bounded while the database is away.
class SessionUseWriter {
 public:
  static constexpr absl::Duration kEvery = absl::Seconds(10);

  SessionUseWriter(postgres::Database& database, SessionUses& uses)
      : database_(database), uses_(uses) {}

  // Two statements for all uses since the last call; says how many sessions it was about. Also at
  // the end of the process. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, BUSY.
  absl::StatusOr<int> RunOnce(absl::Time now);

 private:
  postgres::Database& database_;
  SessionUses& uses_;
};

}  // namespace guildhall::identity
