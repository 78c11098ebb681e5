#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Post> GetPost(Discussions& discussions, const rpc::Call& call,
                                 const v1::GetPostRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, resources::ParsePost("name", request.name()));
  GUILDHALL_ASSIGN(const std::optional<Post> post,
                   discussions.posts.Get(call.context(), call.grant(), ref));
  if (!post) return access::NotFound();
  return ToProto(*post);
}

}  // namespace guildhall::discussions
