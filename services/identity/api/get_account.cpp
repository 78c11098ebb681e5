#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::Account> GetAccount(Identity& identity, const rpc::Call& call,
                                       const v1::GetAccountRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  GUILDHALL_ASSIGN(const std::optional<Account> account,
                   FindAccount(identity.database, call.context(), call.grant(), id));
  if (!account) return access::NotFound();
  return ToAdministrators(*account);
}

}  // namespace guildhall::identity
