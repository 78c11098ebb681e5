#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::RevokeAccessTokenResponse> RevokeAccessToken(
    Identity& identity, const rpc::Call& call, const v1::RevokeAccessTokenRequest& request) {
  GUILDHALL_ASSIGN(const AccessTokenId id, AccessTokenFrom("name", request.name()));
  identity.access.SettleBefore(call);
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_TRY(
      identity.database.Transact(call.context(), [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_ASSIGN(const Ended ended,
                         EndOwn(work, call.grant(), EndingsOf(Cause::kAccessTokenRevoked), moment,
                                {.session = {}, .token = id}));
        if (ended.unknown) return access::NotFound();
        AppendRevocations(work, call.grant().member(), ended);
        return absl::OkStatus();
      }));
  return v1::RevokeAccessTokenResponse();
}

}  // namespace guildhall::identity
