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
  // By a name that it had: what changes it there makes replies about that topic void, not these.
  if (post->topic != ref.topic) call.DoNotKeep();
  return ToProto(*post);
}

std::optional<cache::Subject> SubjectOf(const v1::GetPostRequest& request) {
  const auto ref = resources::ParsePost("name", request.name());
  if (!ref.ok()) return std::nullopt;
  return cache::Subject{.key = {.id = ref->topic.uuid(),
                                .part = ref->post.value_or(PostId()).uuid(),
                                .parameters = static_cast<std::uint64_t>(ref->number.value_or(0))},
                        .tags = {ref->topic.uuid()}};
}

}  // namespace guildhall::discussions
