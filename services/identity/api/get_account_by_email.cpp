#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/email.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::Account> GetAccountByEmail(Identity& identity, const rpc::Call& call,
                                              const v1::GetAccountByEmailRequest& request) {
  GUILDHALL_ASSIGN(const std::string email, NormalizeEmail("email", request.email()));
  GUILDHALL_ASSIGN(const std::optional<Account> account,
                   FindAccountOfEmail(identity.database, call.context(), call.grant(), email));
  if (!account) return access::NotFound();
  return ToAdministrators(*account);
}

}  // namespace guildhall::identity
