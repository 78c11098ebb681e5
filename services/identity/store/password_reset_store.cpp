#include "services/identity/store/password_reset_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {

void InsertPasswordReset(postgres::Work& work, std::string_view secret_hash, MemberId account,
                         MemberId issuer, absl::Time now) {
  work.Defer(sql::kInsertPasswordReset, postgres::Bytea{secret_hash}, account, issuer, now);
}

void NotePasswordResetUse(postgres::Work& work, std::string_view secret_hash, MemberId account,
                          absl::Time issue_time, absl::Time now) {
  work.Defer(sql::kNotePasswordResetUse, postgres::Bytea{secret_hash}, account, issue_time, now);
}

absl::StatusOr<std::vector<PasswordReset>> ListOwnPasswordResets(postgres::Database& database,
                                                                 const postgres::Context& context,
                                                                 const access::Grant& grant,
                                                                 absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListPasswordResets, grant.member(),
                                 now - kPasswordResetsKept, kMaxPasswordResets));
  std::vector<PasswordReset> resets;
  for (const postgres::Row row : rows) {
    resets.push_back({.issuer = row.Get<std::optional<MemberId>>(0),
                      .issue_time = row.Get<absl::Time>(1),
                      .use_time = row.Get<std::optional<absl::Time>>(2)});
  }
  return resets;
}

}  // namespace guildhall::identity
