#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {
namespace {

// Ids travel as 16 bytes here.
absl::StatusOr<std::vector<SessionId>> IdsFrom(const v1::BatchGetSessionFactsRequest& request) {
  if (request.session_ids_size() > kMaxSessionFacts) {
    return WrongField("session_ids", absl::StrCat("takes at most ", kMaxSessionFacts));
  }
  std::vector<SessionId> ids;
  for (const std::string& bytes : request.session_ids()) {
    Uuid id;
    if (bytes.size() != id.bytes.size()) return WrongField("session_ids", "are of 16 bytes each");
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    ids.push_back(SessionId(id));
  }
  return ids;
}

}  // namespace

absl::StatusOr<v1::BatchGetSessionFactsResponse> BatchGetSessionFacts(
    Identity& identity, const rpc::Call& call, const v1::BatchGetSessionFactsRequest& request) {
  GUILDHALL_ASSIGN(const std::vector<SessionId> ids, IdsFrom(request));
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_ASSIGN(const std::vector<SessionStanding> standings,
                   GetSessionFacts(identity.database, call.context(), ids, moment));
  v1::BatchGetSessionFactsResponse response;
  for (const SessionStanding& standing : standings) {
    v1::SessionFacts& facts = *response.add_sessions();
    facts.set_live(standing.live);
    if (standing.live) facts.set_remaining_ms(absl::ToInt64Milliseconds(standing.remaining));
    facts.set_administrator(standing.live && standing.administrator);
    response.set_access_revision(standing.revision);
  }
  return response;
}

}  // namespace guildhall::identity
