#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/email_change_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::ListEmailChangesResponse> ListEmailChanges(Identity& identity,
                                                              const rpc::Call& call,
                                                              const v1::ListEmailChangesRequest&) {
  GUILDHALL_ASSIGN(
      const std::vector<EmailChange> changes,
      ListOwnEmailChanges(identity.database, call.context(), call.grant(), call.now()));
  v1::ListEmailChangesResponse response;
  for (const EmailChange& change : changes) *response.add_email_changes() = ToProto(change);
  return response;
}

}  // namespace guildhall::identity
