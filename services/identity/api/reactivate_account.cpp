#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"

namespace guildhall::identity {

absl::StatusOr<v1::Account> ReactivateAccount(Identity& identity, const rpc::Call& call,
                                              const v1::ReactivateAccountRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Account> {
        GUILDHALL_TRY(LockAdministratorsAs(call, work).status());
        GUILDHALL_ASSIGN(Account account, LockNamedAccount(work, id));
        EndSuspension(work, account);
        return ToProto(account);
      });
}

}  // namespace guildhall::identity
