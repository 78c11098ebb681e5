#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {
namespace {

absl::StatusOr<Cause> CauseFrom(v1::RevocationScope scope) {
  if (scope == v1::REVOCATION_SCOPE_ALL) return Cause::kAllSessionsRevoked;
  if (scope == v1::REVOCATION_SCOPE_OTHERS) return Cause::kOtherSessionsRevoked;
  return WrongField("scope", "takes REVOCATION_SCOPE_OTHERS or REVOCATION_SCOPE_ALL");
}

}  // namespace

absl::StatusOr<v1::RevokeSessionsResponse> RevokeSessions(
    Identity& identity, const rpc::Call& call, const v1::RevokeSessionsRequest& request) {
  GUILDHALL_ASSIGN(const Cause cause, CauseFrom(request.scope()));
  identity.access.SettleBefore(call);
  const Moment moment(identity.settings.session_limits(), call.now());
  v1::RevokeSessionsResponse response;
  GUILDHALL_TRY(
      identity.database.Transact(call.context(), [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_ASSIGN(const Ended ended, EndOwn(work, call.grant(), EndingsOf(cause), moment,
                                                   {.session = call.caller().session}));
        AppendRevocations(work, call.grant().member(), ended);
        response.set_revoked_count(static_cast<std::int32_t>(ended.sessions.size()));
        return absl::OkStatus();
      }));
  return response;
}

}  // namespace guildhall::identity
