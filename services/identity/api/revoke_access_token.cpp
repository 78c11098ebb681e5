#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/access_token_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::RevokeAccessTokenResponse> RevokeAccessToken(
    Identity& identity, const rpc::Call& call, const v1::RevokeAccessTokenRequest& request) {
  GUILDHALL_ASSIGN(const AccessTokenId id, AccessTokenFrom("name", request.name()));
  identity.access.SettleBefore(call);
  GUILDHALL_TRY(
      identity.database.Transact(call.context(), [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_ASSIGN(const std::optional<bool> ended,
                         RevokeOwnAccessToken(work, call.grant(), id, call.now()));
        if (!ended) return access::NotFound();
        if (*ended)
          AppendRevocations(work, call.grant().member(), {.sessions = {}, .tokens = {id}});
        return absl::OkStatus();
      }));
  return v1::RevokeAccessTokenResponse();
}

}  // namespace guildhall::identity
