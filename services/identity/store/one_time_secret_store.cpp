#include "services/identity/store/one_time_secret_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::identity {
namespace {

std::int32_t NumberOf(SecretKind kind) { return static_cast<std::int32_t>(kind); }

}  // namespace

void InsertOneTimeSecret(postgres::Work& work, const OneTimeSecret& secret,
                         std::string_view secret_hash) {
  work.Defer(sql::kInsertOneTimeSecret, postgres::Bytea{secret_hash}, NumberOf(secret.kind),
             secret.account, secret.create_time, secret.expire_time);
}

void DeleteOneTimeSecrets(postgres::Work& work, SecretKind kind, MemberId account) {
  work.Defer(sql::kDeleteOneTimeSecrets, account, NumberOf(kind));
}

absl::StatusOr<std::optional<HeldSecret>> PeekOneTimeSecret(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            SecretKind kind,
                                                            std::string_view secret_hash,
                                                            absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kPeekOneTimeSecret, postgres::Bytea{secret_hash},
                                 NumberOf(kind), now));
  if (rows.empty()) return std::nullopt;
  return HeldSecret{rows[0].Get<std::optional<MemberId>>(0)};
}

absl::StatusOr<bool> NeedsFirstAdministrator(postgres::Database& database,
                                             const postgres::Context& context, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kNeedsFirstAdministrator,
                                 static_cast<std::int32_t>(SecretKind::kAdministrator), now));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<bool> LockIfFirstAdministratorNeeded(postgres::Work& work, absl::Time now) {
  work.Defer(sql::kLockOneTimeSecrets);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kNeedsFirstAdministrator,
                            static_cast<std::int32_t>(SecretKind::kAdministrator), now));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<std::optional<absl::Time>> SpendOneTimeSecret(postgres::Work& work, SecretKind kind,
                                                             std::string_view secret_hash,
                                                             absl::Time now) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      work.Run(sql::kSpendOneTimeSecret, postgres::Bytea{secret_hash}, NumberOf(kind), now));
  if (rows.empty()) return std::nullopt;
  return rows[0].Get<absl::Time>(0);
}

}  // namespace guildhall::identity
