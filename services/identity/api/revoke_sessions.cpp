#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {
namespace {

// The session that stays; nil when none does.
absl::StatusOr<SessionId> SparedBy(v1::RevocationScope scope, const access::Caller& caller) {
  if (scope == v1::REVOCATION_SCOPE_ALL) return SessionId();
  if (scope == v1::REVOCATION_SCOPE_OTHERS) return caller.session;
  return WrongField("scope", "takes REVOCATION_SCOPE_OTHERS or REVOCATION_SCOPE_ALL");
}

}  // namespace

absl::StatusOr<v1::RevokeSessionsResponse> RevokeSessions(
    Identity& identity, const rpc::Call& call, const v1::RevokeSessionsRequest& request) {
  GUILDHALL_ASSIGN(const SessionId spared, SparedBy(request.scope(), call.caller()));
  identity.access.SettleBefore(call);
  const Moment moment(identity.settings.session_limits(), call.now());
  v1::RevokeSessionsResponse response;
  GUILDHALL_TRY(
      identity.database.Transact(call.context(), [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_ASSIGN(const std::vector<SessionId> ended,
                         RevokeOwnSessions(work, call.grant(), spared, moment));
        AppendRevocations(work, call.grant().member(), {ended});
        response.set_revoked_count(static_cast<std::int32_t>(ended.size()));
        return absl::OkStatus();
      }));
  return response;
}

}  // namespace guildhall::identity
