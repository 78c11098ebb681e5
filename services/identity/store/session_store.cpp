#include "services/identity/store/session_store.h"

#include <algorithm>

#include "identity/statements.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

// Columns that statements about whole sessions return first.
constexpr int kSessionColumns = 8;

Session SessionFrom(const postgres::Row& row) {
  Session session;
  session.id = row.Get<SessionId>(0);
  session.account = row.Get<MemberId>(1);
  session.create_time = row.Get<absl::Time>(2);
  session.last_used_time = row.Get<absl::Time>(3);
  session.expire_time = row.Get<absl::Time>(4);
  session.revoke_time = row.Get<std::optional<absl::Time>>(5);
  session.user_agent = row.Get<std::string>(6);
  session.place = row.Get<std::string>(7);
  return session;
}

std::vector<SessionId> IdsOf(const postgres::Rows& rows) {
  std::vector<SessionId> ids;
  for (const postgres::Row row : rows) ids.push_back(row.Get<SessionId>(0));
  return ids;
}

// How long a session lives if it is not used.
absl::Duration RemainingOf(const postgres::Row& row, const Moment& moment) {
  const auto expire_time = row.Get<std::optional<absl::Time>>(3);
  const auto last_used_time = row.Get<std::optional<absl::Time>>(4);
  if (!expire_time || !last_used_time) return absl::ZeroDuration();
  return std::min(*expire_time - moment.now, *last_used_time - moment.live_since);
}

}  // namespace

absl::StatusOr<std::optional<OwnedSession>> GetSessionBySecret(postgres::Database& database,
                                                               const postgres::Context& context,
                                                               std::string_view secret_hash) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetSessionBySecret, postgres::Bytea{secret_hash}));
  if (rows.empty()) return std::nullopt;
  const postgres::Row row = rows[0];
  return OwnedSession{SessionFrom(row), row.Get<std::string>(kSessionColumns),
                      static_cast<Affiliation>(row.Get<std::int32_t>(kSessionColumns + 1))};
}

absl::StatusOr<std::vector<SessionStanding>> GetSessionFacts(postgres::Database& database,
                                                             const postgres::Context& context,
                                                             std::span<const SessionId> sessions,
                                                             const Moment& moment) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kGetSessionFacts, sessions, moment.now, moment.live_since));
  std::vector<SessionStanding> standings;
  for (const postgres::Row row : rows) {
    standings.push_back({.live = row.Get<bool>(0),
                         .account = row.Get<std::optional<MemberId>>(2).value_or(MemberId()),
                         .affiliation = static_cast<Affiliation>(row.Get<std::int32_t>(1)),
                         .administrator = row.Get<bool>(6),
                         .remaining = RemainingOf(row, moment),
                         .revision = row.Get<std::int64_t>(5)});
  }
  return standings;
}

absl::StatusOr<std::vector<Session>> ListOwnSessions(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant,
                                                     const Moment& moment) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListSessions, grant.member(), moment.now,
                                 moment.live_since, kMaxSessions));
  std::vector<Session> sessions;
  for (const postgres::Row row : rows) sessions.push_back(SessionFrom(row));
  return sessions;
}

void InsertSession(postgres::Work& work, const Session& session, std::string_view secret_hash) {
  work.Defer(sql::kInsertSession, session.id, session.account, postgres::Bytea{secret_hash},
             session.create_time, session.expire_time, session.user_agent, session.place);
}

absl::StatusOr<std::vector<SessionId>> RevokeSurplusSessions(postgres::Work& work, MemberId account,
                                                             int stay, const Moment& moment) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kRevokeSurplusSessions, account,
                                                       moment.now, moment.live_since, stay));
  return IdsOf(rows);
}

absl::StatusOr<std::optional<bool>> RevokeOwnSession(postgres::Work& work,
                                                     const access::Grant& grant, SessionId session,
                                                     const Moment& moment) {
  GUILDHALL_ASSIGN(
      const postgres::Rows revoked,
      work.Run(sql::kRevokeSession, session, grant.member(), moment.now, moment.live_since));
  if (!revoked.empty()) return true;
  GUILDHALL_ASSIGN(const postgres::Rows owned,
                   work.Run(sql::kOwnsSession, session, grant.member()));
  if (!owned[0].Get<bool>(0)) return std::nullopt;
  return false;
}

absl::StatusOr<std::vector<SessionId>> RevokeOtherSessions(postgres::Work& work, MemberId account,
                                                           SessionId spared, const Moment& moment) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kRevokeSessions, account, spared, moment.now, moment.live_since));
  return IdsOf(rows);
}

absl::StatusOr<std::vector<SessionId>> RevokeAllSessions(postgres::Work& work, MemberId account,
                                                         const Moment& moment) {
  return RevokeOtherSessions(work, account, SessionId(), moment);
}

absl::StatusOr<std::optional<absl::Time>> GetOwnSessionStart(postgres::Work& work,
                                                             const access::Grant& grant,
                                                             SessionId session) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kGetOwnSessionStart, session, grant.member()));
  if (rows.empty()) return std::nullopt;
  return rows[0].Get<absl::Time>(0);
}

absl::StatusOr<std::vector<SessionId>> ListSessionIds(postgres::Work& work, MemberId account,
                                                      const Moment& moment) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kListSessionIds, account, moment.now, moment.live_since));
  return IdsOf(rows);
}

absl::Status NoteSessionUses(postgres::Database& database, const postgres::Context& context,
                             std::span<const SessionId> sessions,
                             std::span<const absl::Time> uses) {
  return database.Write(context, sql::kNoteSessionUses, sessions, uses).status();
}

}  // namespace guildhall::identity
