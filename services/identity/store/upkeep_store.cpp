#include "services/identity/store/upkeep_store.h"

#include "identity/statements.h"
#include "libs/base/check.h"

namespace guildhall::identity {
namespace {

const postgres::Statement& PurgeOf(Outdated kind) {
  switch (kind) {
    case Outdated::kSessions:
      return sql::kPurgeSessions;
    case Outdated::kAccessTokens:
      return sql::kPurgeAccessTokens;
    case Outdated::kOneTimeSecrets:
      return sql::kPurgeOneTimeSecrets;
    case Outdated::kInvitations:
      return sql::kPurgeInvitations;
    case Outdated::kEmailRequests:
      return sql::kPurgeEmailRequests;
    case Outdated::kEmailChanges:
      return sql::kPurgeEmailChanges;
    case Outdated::kEmailLetters:
      return sql::kPurgeEmailLetters;
    case Outdated::kPasswordResets:
      return sql::kPurgePasswordResets;
    case Outdated::kResetRequests:
      return sql::kPurgeResetRequests;
    case Outdated::kBuckets:
      return sql::kPurgeThrottleBuckets;
  }
  GUILDHALL_CHECK(false);
}

}  // namespace

absl::Status Purge(postgres::Database& database, const postgres::Context& context, Outdated kind,
                   absl::Time before) {
  return database.Write(context, PurgeOf(kind), before, kPurgeChunk).status();
}

}  // namespace guildhall::identity
