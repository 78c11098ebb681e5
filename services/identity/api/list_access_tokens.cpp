#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/access_token_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::ListAccessTokensResponse> ListAccessTokens(Identity& identity,
                                                              const rpc::Call& call,
                                                              const v1::ListAccessTokensRequest&) {
  GUILDHALL_ASSIGN(
      const std::vector<AccessToken> tokens,
      ListOwnAccessTokens(identity.database, call.context(), call.grant(), call.now()));
  v1::ListAccessTokensResponse response;
  for (const AccessToken& token : tokens) *response.add_access_tokens() = ToProto(token);
  return response;
}

}  // namespace guildhall::identity
