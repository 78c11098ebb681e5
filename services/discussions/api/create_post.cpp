#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/mentioning.h"
#include "services/discussions/api/quoting.h"
#include "services/discussions/api/writing.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Post> CreatePost(Discussions& discussions, const rpc::Call& call,
                                    const v1::CreatePostRequest& request) {
  const v1::Post& asked = request.post();
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("parent", request.parent()));
  GUILDHALL_ASSIGN(const std::string html, RenderNew("post.markdown", asked.markdown()));
  GUILDHALL_ASSIGN(const Mentioning mentioning,
                   Mentioning::Of(discussions, call, "post.markdown", html));
  GUILDHALL_ASSIGN(const Quoting quoting, Quoting::Of(discussions, call, id, asked));
  return WriteOnce<v1::Post>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Post> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockPermitted(work, permit, id));
        GUILDHALL_TRY(CheckPosting(locked.topic));
        Contribution contribution = ContributionOf(discussions, call, asked.markdown());
        GUILDHALL_ASSIGN(contribution.reply_to, ReplyToFrom("post.reply_to_number",
                                                            asked.reply_to_number(), locked.topic));
        GUILDHALL_ASSIGN(Post post, AddPost(locked.topic, std::move(contribution)));
        GUILDHALL_ASSIGN(const bool stands, CountAsReply(work, post, 1));
        if (!stands) return NoPostToAnswer("post.reply_to_number");
        InsertPost(work, locked, post);
        GUILDHALL_TRY(quoting.Store(work, post, locked.topic.community));
        AppendChange(work, change::v1::KIND_POST_CREATED, post);
        GUILDHALL_TRY(mentioning.Store(work, post, locked.topic.community));
        return ToProto(post, html);
      });
}

}  // namespace guildhall::discussions
