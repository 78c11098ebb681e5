#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/rewriting.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Post> UpdatePost(Discussions& discussions, const rpc::Call& call,
                                    const v1::UpdatePostRequest& request) {
  GUILDHALL_ASSIGN(const Rewriting rewriting, Rewriting::Of(request.post(), request.update_mask()));
  GUILDHALL_ASSIGN(const Mentioning mentioning,
                   Mentioning::Of(discussions, call, Rewriting::kText, rewriting.html()));
  return WriteOnce<v1::Post>(
      discussions, call, rewriting.post().topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Post> {
        GUILDHALL_ASSIGN(HeldPost held, rewriting.Hold(work, permit));
        GUILDHALL_TRY(rewriting.Store(work, call, held, mentioning).status());
        return ToProto(held.post, rewriting.html());
      });
}

}  // namespace guildhall::discussions
