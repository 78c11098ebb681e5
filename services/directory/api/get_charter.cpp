#include "libs/base/status_macros.h"
#include "services/directory/api/charters.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/charter_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::Charter> GetCharter(Directory& directory, const rpc::Call& call,
                                       const v1::GetCharterRequest&) {
  GUILDHALL_ASSIGN(const Charter charter,
                   GetCharter(directory.database, call.context(), call.grant()));
  GUILDHALL_ASSIGN(const std::vector<MemberId> leads,
                   ListLeads(directory.database, call.context(), call.grant(), kMaxLeads));
  return ToProto(*call.grant().community(), charter, leads, call.now());
}

}  // namespace guildhall::directory
