#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Post> CreatePost(Discussions& discussions, const rpc::Call& call,
                                    const v1::CreatePostRequest& request) {
  const std::string& markdown = request.post().markdown();
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("parent", request.parent()));
  GUILDHALL_ASSIGN(const std::string html, RenderNew("post.markdown", markdown));
  return WriteOnce<v1::Post>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Post> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockPermitted(work, permit, id));
        GUILDHALL_ASSIGN(const Post post,
                         AddPost(locked.topic, ContributionOf(discussions, call, markdown)));
        InsertPost(work, locked, post);
        AppendChange(work, change::v1::KIND_POST_CREATED, post);
        return ToProto(post, html);
      });
}

}  // namespace guildhall::discussions
