#include "services/identity/workers/session_use_writer.h"

#include "libs/base/status_macros.h"
#include "services/identity/store/access_token_store.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {

absl::StatusOr<int> SessionUseWriter::RunOnce(absl::Time) {
  const SessionUses::Uses uses = uses_.Take();
  if (uses.sessions.empty()) return 0;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_TRY(NoteSessionUses(database_, context, uses.sessions, uses.times));
  GUILDHALL_TRY(NoteAccessTokenUses(database_, context, uses.sessions, uses.times));
  return static_cast<int>(uses.sessions.size());
}

}  // namespace guildhall::identity
