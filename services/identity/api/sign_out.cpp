#include "libs/base/status_macros.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::SignOutResponse> SignOut(Identity& identity, const rpc::Call& call,
                                            const v1::SignOutRequest&) {
  const access::Caller& caller = call.caller();
  identity.access.SettleBefore(call);
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_TRY(
      identity.database.Transact(call.context(), [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_ASSIGN(const Ended ended,
                         EndOwn(work, call.grant(), EndingsOf(Cause::kSessionRevoked), moment,
                                {.session = caller.session}));
        AppendRevocations(work, caller.member, ended);
        return absl::OkStatus();
      }));
  call.AddReplyMetadata("guildhall-clear-session", "1");
  return v1::SignOutResponse();
}

}  // namespace guildhall::identity
