#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/password_reset_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::ListPasswordResetsResponse> ListPasswordResets(
    Identity& identity, const rpc::Call& call, const v1::ListPasswordResetsRequest&) {
  GUILDHALL_ASSIGN(
      const std::vector<PasswordReset> resets,
      ListOwnPasswordResets(identity.database, call.context(), call.grant(), call.now()));
  v1::ListPasswordResetsResponse response;
  for (const PasswordReset& reset : resets) *response.add_password_resets() = ToProto(reset);
  return response;
}

}  // namespace guildhall::identity
