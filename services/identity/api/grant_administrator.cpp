#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/administrators.h"

namespace guildhall::identity {

absl::StatusOr<v1::Account> GrantAdministrator(Identity& identity, const rpc::Call& call,
                                               const v1::GrantAdministratorRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  identity.access.SettleBefore(call);
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Account> {
        GUILDHALL_ASSIGN(const std::vector<MemberId> administrators,
                         LockAdministratorsAs(call, work));
        GUILDHALL_ASSIGN(Account account, LockNamedAccount(work, id));
        GUILDHALL_TRY(CheckMayAdminister(account, administrators.size()));
        GUILDHALL_TRY(MakeAdministrator(identity, call, work, account));
        return ToProto(account);
      });
}

}  // namespace guildhall::identity
