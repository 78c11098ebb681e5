#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/invitation_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::ListInvitationsResponse> ListInvitations(Identity& identity,
                                                            const rpc::Call& call,
                                                            const v1::ListInvitationsRequest&) {
  GUILDHALL_ASSIGN(const std::vector<Invitation> invitations,
                   FindInvitations(identity.database, call.context(), call.grant(), call.now()));
  v1::ListInvitationsResponse response;
  for (const Invitation& invitation : invitations) {
    *response.add_invitations() = ToProto(invitation);
  }
  return response;
}

}  // namespace guildhall::identity
