#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::ListSessionsResponse> ListSessions(Identity& identity, const rpc::Call& call,
                                                      const v1::ListSessionsRequest&) {
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_ASSIGN(const std::vector<Session> sessions,
                   ListOwnSessions(identity.database, call.context(), call.grant(), moment));
  v1::ListSessionsResponse response;
  for (const Session& session : sessions) {
    *response.add_sessions() = ToProto(session, call.caller().session);
  }
  return response;
}

}  // namespace guildhall::identity
