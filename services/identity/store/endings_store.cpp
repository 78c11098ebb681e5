#include "services/identity/store/endings_store.h"

#include <optional>

#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/access_token_store.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/email_change_store.h"
#include "services/identity/store/one_time_secret_store.h"

namespace guildhall::identity {
namespace {

absl::StatusOr<std::vector<SessionId>> EndSessions(postgres::Work& work, MemberId account,
                                                   EndingSessions ending, const Moment& moment,
                                                   SessionId calling) {
  switch (ending) {
    case EndingSessions::kUsedLeast:
      // The new one is not there yet.
      return RevokeSurplusSessions(work, account, kMaxSessions - 1, moment);
    case EndingSessions::kOthers:
      return RevokeOtherSessions(work, account, calling, moment);
    case EndingSessions::kAll:
      return RevokeAllSessions(work, account, moment);
    case EndingSessions::kNone:
    case EndingSessions::kNamed:
      return std::vector<SessionId>();
  }
  GUILDHALL_CHECK(false);
}

}  // namespace

absl::StatusOr<Ended> End(postgres::Work& work, Account& account, const Endings& endings,
                          const Moment& moment, SessionId calling) {
  GUILDHALL_CHECK(endings.sessions != EndingSessions::kNamed &&
                  endings.access_tokens != EndingTokens::kNamed);
  Ended ended;
  GUILDHALL_ASSIGN(ended.sessions,
                   EndSessions(work, account.id, endings.sessions, moment, calling));
  if (endings.access_tokens == EndingTokens::kAll) {
    GUILDHALL_ASSIGN(ended.tokens, RevokeAllAccessTokens(work, account.id, moment.now));
  }
  if (endings.password_resets) DeleteOneTimeSecrets(work, SecretKind::kPasswordReset, account.id);
  if (endings.email_request) DeleteEmailRequest(work, account.id);
  if (endings.administrator && account.administrator) {
    ended.administrator = true;
    account.administrator = false;
    SetAdministrator(work, account.id, account.administrator);
  }
  return ended;
}

absl::StatusOr<Ended> EndOwn(postgres::Work& work, const access::Grant& grant,
                             const Endings& endings, const Moment& moment, const Named& named) {
  GUILDHALL_CHECK(endings.access_tokens != EndingTokens::kAll && !endings.password_resets &&
                  !endings.email_request && !endings.administrator);
  Ended ended;
  if (endings.sessions == EndingSessions::kNamed) {
    GUILDHALL_ASSIGN(const std::optional<bool> lived,
                     RevokeOwnSession(work, grant, named.session, moment));
    ended.unknown = !lived;
    if (lived.value_or(false)) ended.sessions = {named.session};
  } else {
    GUILDHALL_ASSIGN(ended.sessions,
                     EndSessions(work, grant.member(), endings.sessions, moment, named.session));
  }
  if (endings.access_tokens == EndingTokens::kNamed) {
    GUILDHALL_ASSIGN(const std::optional<bool> held,
                     RevokeOwnAccessToken(work, grant, named.token, moment.now));
    ended.unknown = !held;
    if (held.value_or(false)) ended.tokens = {named.token};
  }
  return ended;
}

}  // namespace guildhall::identity
