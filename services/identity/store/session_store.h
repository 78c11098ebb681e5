#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/base/standing.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/session.h"

namespace guildhall::identity {

// All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED; those that lock also with BUSY.

// A moment under the limits by which sessions live.
struct Moment {
  absl::Time now;
  absl::Time live_since;

  Moment(const SessionLimits& limits, absl::Time at) : now(at), live_since(LiveSince(limits, at)) {}
};

// A session and whose it is.
struct OwnedSession {
  Session session;
  std::string display_name;
  Affiliation affiliation = Affiliation::kNone;
};

// What is true of a session now; as default-constructed when there is none.
struct SessionStanding {
  bool live = false;
  MemberId account;
  Affiliation affiliation = Affiliation::kNone;
  bool administrator = false;
  absl::Duration remaining;   // until it runs out if it is not used
  std::int64_t revision = 0;  // of the access facts
};

// The session of a secret, ended ones too; nothing for a secret that was never given out.
absl::StatusOr<std::optional<OwnedSession>> GetSessionBySecret(postgres::Database& database,
                                                               const postgres::Context& context,
                                                               std::string_view secret_hash);

// Of sessions or the access tokens in their place, in the order of the question. One statement for
// all.
absl::StatusOr<std::vector<SessionStanding>> GetSessionFacts(postgres::Database& database,
                                                             const postgres::Context& context,
                                                             std::span<const SessionId> sessions,
                                                             const Moment& moment);

// The live sessions of the caller, newest first, at most kMaxSessions.
absl::StatusOr<std::vector<Session>> ListOwnSessions(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant,
                                                     const Moment& moment);

// Begins a session for a locked account.
void InsertSession(postgres::Work& work, const Session& session, std::string_view secret_hash);

// Ends those of a locked account's live sessions that were used least, so that `stay` are left;
// says which. Call it before the new one is there.
absl::StatusOr<std::vector<SessionId>> RevokeSurplusSessions(postgres::Work& work, MemberId account,
                                                             int stay, const Moment& moment);

// Ends a live session of the caller and says whether it did; nothing when the caller has no such
// session, live or not.
absl::StatusOr<std::optional<bool>> RevokeOwnSession(postgres::Work& work,
                                                     const access::Grant& grant, SessionId session,
                                                     const Moment& moment);

// Ends the live sessions of an account but `spared` and says which.
absl::StatusOr<std::vector<SessionId>> RevokeOtherSessions(postgres::Work& work, MemberId account,
                                                           SessionId spared, const Moment& moment);

// Ends the live sessions of an account and says which.
absl::StatusOr<std::vector<SessionId>> RevokeAllSessions(postgres::Work& work, MemberId account,
                                                         const Moment& moment);

// When a session of the caller began; nothing when it was revoked. Of the statement's own time, not
// of the call's: it tells what has ended since the call was let in.
absl::StatusOr<std::optional<absl::Time>> GetOwnSessionStart(postgres::Work& work,
                                                             const access::Grant& grant,
                                                             SessionId session);

// Those of a locked account's sessions that live, or may yet.
absl::StatusOr<std::vector<SessionId>> ListSessionIds(postgres::Work& work, MemberId account,
                                                      const Moment& moment);

// Notes when sessions were last used; times never go back. uses[i] belongs to sessions[i].
absl::Status NoteSessionUses(postgres::Database& database, const postgres::Context& context,
                             std::span<const SessionId> sessions, std::span<const absl::Time> uses);

}  // namespace guildhall::identity
