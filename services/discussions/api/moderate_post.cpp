#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/rewriting.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Post> ModeratePost(Discussions& discussions, const rpc::Call& call,
                                      const v1::ModeratePostRequest& request) {
  GUILDHALL_ASSIGN(const Rewriting rewriting, Rewriting::Of(request.post(), request.update_mask()));
  GUILDHALL_ASSIGN(const std::string reason, RemovalReasonFrom("reason", request.reason()));
  return WriteOnce<v1::Post>(
      discussions, call, rewriting.post().topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Post> {
        GUILDHALL_ASSIGN(HeldPost held, rewriting.Hold(work, permit));
        // Who is mentioned by its own post is known with the post.
        GUILDHALL_ASSIGN(const Mentioning mentioning,
                         Mentioning::InNameOf(held.post.author, call, held.community,
                                              Rewriting::kText, rewriting.html()));
        Removal removal = NewRemoval(discussions, call, reason, held);
        removal.forgotten = request.forget_revisions();
        GUILDHALL_ASSIGN(removal.edited, rewriting.Store(work, call, held, mentioning));
        if (removal.forgotten) {
          const MemberId forgetter = call.grant().member();
          GUILDHALL_TRY(removal.edited ? ForgetHistory(work, held, forgetter)
                                       : ForgetAlone(work, held, forgetter));
        }
        if (removal.edited || removal.forgotten) InsertRemoval(work, removal);
        return ToProto(held.post, rewriting.html());
      });
}

}  // namespace guildhall::discussions
