#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::ListAdministratorsResponse> ListAdministrators(
    Identity& identity, const rpc::Call& call, const v1::ListAdministratorsRequest&) {
  GUILDHALL_ASSIGN(const std::vector<Account> administrators,
                   FindAdministrators(identity.database, call.context(), call.grant()));
  v1::ListAdministratorsResponse response;
  for (const Account& account : administrators) *response.add_accounts() = ToProto(account);
  return response;
}

}  // namespace guildhall::identity
