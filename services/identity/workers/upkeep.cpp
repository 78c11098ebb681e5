#include "services/identity/workers/upkeep.h"

#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/idempotency/purge.h"
#include "services/identity/domain/limits.h"
#include "services/identity/domain/throttle.h"
#include "services/identity/store/upkeep_store.h"

namespace guildhall::identity {

absl::Status Upkeep::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_TRY(PurgeSessions(database_, context, now - kSessionsKept).status());
  GUILDHALL_TRY(PurgeAccessTokens(database_, context, now - kSessionsKept).status());
  GUILDHALL_TRY(PurgeOneTimeSecrets(database_, context, now).status());
  GUILDHALL_TRY(PurgeInvitations(database_, context, now).status());
  GUILDHALL_TRY(PurgePasswordResets(database_, context, now - kPasswordResetsKept).status());
  GUILDHALL_TRY(PurgeEmailRequests(database_, context, now).status());
  GUILDHALL_TRY(PurgeEmailChanges(database_, context, now - kEmailChangesKept).status());
  GUILDHALL_TRY(PurgeBuckets(database_, context, now - kForgetAttemptsAfter).status());
  GUILDHALL_TRY(idempotency::PurgeClaims(database_, now).status());
  return changelog::KeepPartitions(database_, now);
}

}  // namespace guildhall::identity
