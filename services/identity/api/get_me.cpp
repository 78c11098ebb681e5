#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::Account> GetMe(Identity& identity, const rpc::Call& call,
                                  const v1::GetMeRequest&) {
  GUILDHALL_ASSIGN(const std::optional<Account> account,
                   GetOwnAccount(identity.database, call.context(), call.grant()));
  if (!account) return access::NotFound();
  return ToProto(*account);
}

}  // namespace guildhall::identity
