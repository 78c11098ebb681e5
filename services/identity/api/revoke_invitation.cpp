#include "guildhall/change/v1/change.pb.h"
#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/invitation_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::RevokeInvitationResponse> RevokeInvitation(
    Identity& identity, const rpc::Call& call, const v1::RevokeInvitationRequest& request) {
  using Response = v1::RevokeInvitationResponse;
  GUILDHALL_ASSIGN(const InvitationId id, InvitationFrom("name", request.name()));
  return idempotency::Once<Response>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<Response> {
        GUILDHALL_TRY(LockAdministratorsAs(call, work).status());
        GUILDHALL_ASSIGN(const bool held, DeleteInvitation(work, id, call.now()));
        if (!held) return access::NotFound();
        AppendInvitationChange(work, change::v1::KIND_ACCOUNT_INVITATION_REVOKED, id);
        return Response();
      });
}

}  // namespace guildhall::identity
