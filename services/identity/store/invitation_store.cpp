#include "services/identity/store/invitation_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {

absl::StatusOr<InvitingFacts> GetInvitingFacts(postgres::Work& work, std::string_view email,
                                               absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetInvitingFacts, email, now));
  return InvitingFacts{static_cast<int>(rows[0].Get<std::int64_t>(0)), rows[0].Get<bool>(1)};
}

void PutInvitation(postgres::Work& work, const Invitation& invitation, std::string_view secret_hash,
                   InvitationWay way) {
  std::optional<absl::Time> due;
  if (way == InvitationWay::kLetter) due = invitation.create_time;
  work.Defer(sql::kPutInvitation, invitation.id, postgres::Bytea{secret_hash}, invitation.email,
             invitation.creator, invitation.create_time, invitation.expire_time, due);
}

absl::StatusOr<std::optional<Invitation>> ClaimInvitationLetter(postgres::Database& database,
                                                                const postgres::Context& context,
                                                                absl::Time now, absl::Time until) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kClaimInvitationLetter, now, until));
  if (rows.empty()) return std::nullopt;
  Invitation invitation;
  invitation.id = rows[0].Get<InvitationId>(0);
  invitation.email = rows[0].Get<std::string>(1);
  invitation.expire_time = rows[0].Get<absl::Time>(2);
  return invitation;
}

absl::Status FinishInvitationLetter(postgres::Database& database, const postgres::Context& context,
                                    InvitationId id) {
  return database.Write(context, sql::kFinishInvitationLetter, id).status();
}

absl::StatusOr<std::vector<Invitation>> FindInvitations(postgres::Database& database,
                                                        const postgres::Context& context,
                                                        const access::Grant&, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListInvitations, now, kMaxInvitations));
  std::vector<Invitation> invitations;
  for (const postgres::Row row : rows) {
    invitations.push_back({.id = row.Get<InvitationId>(0),
                           .email = row.Get<std::string>(1),
                           .creator = row.Get<MemberId>(2),
                           .create_time = row.Get<absl::Time>(3),
                           .expire_time = row.Get<absl::Time>(4)});
  }
  return invitations;
}

absl::StatusOr<bool> DeleteInvitation(postgres::Work& work, InvitationId id, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kDeleteInvitation, id, now));
  return !rows.empty();
}

absl::StatusOr<std::optional<std::string>> GetInvitedEmail(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           std::string_view secret_hash,
                                                           absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetInvitedEmail,
                                                            postgres::Bytea{secret_hash}, now));
  if (rows.empty()) return std::nullopt;
  return rows[0].Get<std::string>(0);
}

absl::StatusOr<std::optional<InvitationId>> AcceptInvitation(postgres::Work& work,
                                                             std::string_view secret_hash,
                                                             std::string_view email,
                                                             absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kAcceptInvitation, postgres::Bytea{secret_hash}, email, now));
  if (rows.empty()) return std::nullopt;
  return rows[0].Get<InvitationId>(0);
}

}  // namespace guildhall::identity
