#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/administrators.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {
namespace {

// Last in its transaction, because it changes facts.
absl::Status TakeRole(Identity& identity, const rpc::Call& call, postgres::Work& work,
                      Account& account) {
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_ASSIGN(const Ended ended,
                   End(work, account, EndingsOf(Cause::kAdministratorRevoked), moment));
  if (!ended.administrator) return absl::OkStatus();
  AppendAccountChange(work, change::v1::KIND_ADMINISTRATOR_REVOKED, account.id);
  return NoteRole(identity, call, work, account.id);
}

}  // namespace

absl::StatusOr<v1::Account> RevokeAdministrator(Identity& identity, const rpc::Call& call,
                                                const v1::RevokeAdministratorRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  identity.access.SettleBefore(call);
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Account> {
        GUILDHALL_ASSIGN(const std::vector<MemberId> administrators,
                         LockAdministratorsAs(call, work));
        GUILDHALL_ASSIGN(Account account, LockNamedAccount(work, id));
        GUILDHALL_TRY(CheckMayLeave(id, administrators));
        GUILDHALL_TRY(TakeRole(identity, call, work, account));
        return ToProto(account);
      });
}

}  // namespace guildhall::identity
