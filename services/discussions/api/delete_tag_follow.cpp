#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/tag.h"
#include "services/discussions/store/tag_follow_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteTagFollowResponse> DeleteTagFollow(
    Discussions& discussions, const rpc::Call& call, const v1::DeleteTagFollowRequest& request) {
  GUILDHALL_ASSIGN(const std::string tag, TagFrom("tag", request.tag()));
  GUILDHALL_TRY(ForgetTagFollow(discussions.database, call.context(), call.grant(), tag));
  return v1::DeleteTagFollowResponse();
}

}  // namespace guildhall::discussions
