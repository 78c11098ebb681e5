#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/ignore_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteIgnoreResponse> DeleteIgnore(Discussions& discussions,
                                                      const rpc::Call& call,
                                                      const v1::DeleteIgnoreRequest& request) {
  GUILDHALL_ASSIGN(const MemberId member, resources::ParseMember("member", request.member()));
  GUILDHALL_TRY(DeleteIgnore(discussions.database, call.context(), call.grant(), member));
  return v1::DeleteIgnoreResponse();
}

}  // namespace guildhall::discussions
