#include "services/identity/workers/upkeep.h"

#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/idempotency/purge.h"
#include "services/identity/domain/limits.h"
#include "services/identity/domain/throttle.h"
#include "services/identity/store/upkeep_store.h"

namespace guildhall::identity {

namespace {

// How long each is kept when it has ended.
struct Kept {
  Outdated kind;
  absl::Duration kept;
};
constexpr Kept kAllKept[] = {
    {Outdated::kSessions, Upkeep::kSessionsKept},
    {Outdated::kAccessTokens, Upkeep::kSessionsKept},
    {Outdated::kOneTimeSecrets, absl::ZeroDuration()},
    {Outdated::kInvitations, absl::ZeroDuration()},
    {Outdated::kEmailRequests, absl::ZeroDuration()},
    {Outdated::kEmailChanges, kEmailChangesKept},
    {Outdated::kEmailLetters, kEmailLettersKept},
    {Outdated::kPasswordResets, kPasswordResetsKept},
    {Outdated::kResetRequests, kPasswordResetLife},
    {Outdated::kBuckets, kForgetAttemptsAfter},
};

}  // namespace

absl::Status Upkeep::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  for (const Kept& each : kAllKept) {
    GUILDHALL_TRY(Purge(database_, context, each.kind, now - each.kept));
  }
  GUILDHALL_TRY(idempotency::PurgeClaims(database_, now).status());
  return changelog::KeepPartitions(database_, now);
}

}  // namespace guildhall::identity
