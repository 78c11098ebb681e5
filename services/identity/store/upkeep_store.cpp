#include "services/identity/store/upkeep_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::identity {

absl::StatusOr<int> PurgeSessions(postgres::Database& database, const postgres::Context& context,
                                  absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgeSessions, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

absl::StatusOr<int> PurgeAccessTokens(postgres::Database& database,
                                      const postgres::Context& context, absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgeAccessTokens, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

absl::StatusOr<int> PurgeOneTimeSecrets(postgres::Database& database,
                                        const postgres::Context& context, absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgeOneTimeSecrets, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

absl::StatusOr<int> PurgeInvitations(postgres::Database& database, const postgres::Context& context,
                                     absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgeInvitations, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

absl::StatusOr<int> PurgeEmailRequests(postgres::Database& database,
                                       const postgres::Context& context, absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgeEmailRequests, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

absl::StatusOr<int> PurgeEmailChanges(postgres::Database& database,
                                      const postgres::Context& context, absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgeEmailChanges, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

absl::StatusOr<int> PurgePasswordResets(postgres::Database& database,
                                        const postgres::Context& context, absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgePasswordResets, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

absl::StatusOr<int> PurgeBuckets(postgres::Database& database, const postgres::Context& context,
                                 absl::Time before) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kPurgeThrottleBuckets, before, kPurgeChunk));
  return static_cast<int>(rows.affected());
}

}  // namespace guildhall::identity
