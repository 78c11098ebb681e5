#include "services/identity/store/email_change_store.h"

#include "guildhall/identity/v1/reasons.h"
#include "identity/statements.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {

void PutEmailRequest(postgres::Work& work, const EmailRequest& request,
                     std::string_view secret_hash) {
  work.Defer(sql::kPutEmailRequest, request.account, request.id, postgres::Bytea{secret_hash},
             request.email, request.expire_time);
}

absl::StatusOr<std::optional<std::string>> TakeEmailRequest(postgres::Work& work, MemberId account,
                                                            std::string_view secret_hash,
                                                            absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kTakeEmailRequest, account, postgres::Bytea{secret_hash}, now));
  if (rows.empty()) return std::nullopt;
  return rows[0].Get<std::string>(0);
}

void DeleteEmailRequest(postgres::Work& work, MemberId account) {
  work.Defer(sql::kDeleteEmailRequest, account);
}

absl::Status UpdateEmail(postgres::Work& work, MemberId account, std::string_view email) {
  const absl::Status status = work.Run(sql::kUpdateEmail, account, email).status();
  if (postgres::ViolatedConstraint(status) == "one_account_per_email") {
    return Refusal(reasons::kEmailTaken, "An account with this e-mail address exists.");
  }
  return status;
}

void InsertEmailChange(postgres::Work& work, const Uuid& id, MemberId account,
                       const EmailChange& change) {
  work.Defer(sql::kInsertEmailChange, id, account, change.changer, change.change_time);
}

absl::StatusOr<std::vector<EmailChange>> ListOwnEmailChanges(postgres::Database& database,
                                                             const postgres::Context& context,
                                                             const access::Grant& grant,
                                                             absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListEmailChanges, grant.member(),
                                 now - kEmailChangesKept, kMaxEmailChanges));
  std::vector<EmailChange> changes;
  for (const postgres::Row row : rows) {
    changes.push_back(
        {.changer = row.Get<std::optional<MemberId>>(0), .change_time = row.Get<absl::Time>(1)});
  }
  return changes;
}

void InsertEmailLetter(postgres::Work& work, const EmailLetter& letter, absl::Time now) {
  work.Defer(sql::kInsertEmailLetter, letter.id, static_cast<std::int32_t>(letter.kind),
             letter.email, now);
}

absl::StatusOr<std::optional<EmailLetter>> ClaimEmailLetter(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            absl::Time now, absl::Time until) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kClaimEmailLetter, now, until));
  if (rows.empty()) return std::nullopt;
  return EmailLetter{.id = rows[0].Get<Uuid>(0),
                     .kind = static_cast<EmailLetterKind>(rows[0].Get<std::int32_t>(1)),
                     .email = rows[0].Get<std::string>(2)};
}

absl::StatusOr<EmailRequestFacts> GetEmailRequestFacts(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const EmailLetter& letter, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetEmailRequestFacts,
                                                            letter.id, letter.email, now));
  return EmailRequestFacts{.holds = rows[0].Get<bool>(0), .taken = rows[0].Get<bool>(1)};
}

absl::Status DeleteEmailLetter(postgres::Database& database, const postgres::Context& context,
                               const Uuid& id) {
  return database.Write(context, sql::kDeleteEmailLetter, id).status();
}

}  // namespace guildhall::identity
