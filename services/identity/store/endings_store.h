#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/work.h"
#include "services/identity/domain/access_token.h"
#include "services/identity/domain/account.h"
#include "services/identity/domain/endings.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {

// Carries out what ends with what (EndingsOf). Sessions and tokens are held before the log's key is
// taken: whoever revokes one of them takes them in this order. All fail with DEPENDENCY_AWAY,
// DEADLINE_PASSED, CANCELLED or BUSY.

// What has ended and is to be told (AppendRevocations).
struct Ended {
  std::vector<SessionId> sessions;
  std::vector<AccessTokenId> tokens = {};
  bool administrator = false;  // the account had the role, which is told by itself
  bool unknown = false;        // the caller has no such session or token as was named
};

// Ends what a locked account has. `calling` is its session that stays where the others end. A round
// trip for the sessions and one for the tokens, where any end.
absl::StatusOr<Ended> End(postgres::Work& work, Account& account, const Endings& endings,
                          const Moment& moment, SessionId calling = {});

// The session or token that is revoked, or the calling session.
struct Named {
  SessionId session;
  AccessTokenId token = {};
};

// Ends sessions or one token of the caller, whose account need not be locked. What has ended before
// is not unknown. One round trip, another where a named one did not live.
absl::StatusOr<Ended> EndOwn(postgres::Work& work, const access::Grant& grant,
                             const Endings& endings, const Moment& moment, const Named& named);

}  // namespace guildhall::identity
