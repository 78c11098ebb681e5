#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {

absl::StatusOr<v1::Community> GetCommunity(Directory& directory, const rpc::Call& call,
                                           const v1::GetCommunityRequest&) {
  GUILDHALL_ASSIGN(const std::optional<Community> community,
                   directory.communities.Get(call.context(), call.grant()));
  if (!community) return access::NotFound();
  return ToProto(*community);
}

}  // namespace guildhall::directory
