#include "guildhall/change/v1/change.pb.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/post_writes.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeletePostResponse> DeletePost(Discussions& discussions, const rpc::Call& call,
                                                  const v1::DeletePostRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("name", request.name()));
  return WriteOnce<v1::DeletePostResponse>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::DeletePostResponse> {
        GUILDHALL_ASSIGN(HeldPost held, HoldToDelete(work, permit, ref));
        Post& post = held.post;
        GUILDHALL_TRY(resources::CheckEtag(request.etag(), post.version));
        GUILDHALL_TRY(DeletePost(post, call.now()));
        GUILDHALL_TRY(TellDeleted(work, held));
        DeletePost(work, post);
        AppendChange(work, change::v1::KIND_POST_DELETED, post);
        GUILDHALL_TRY(TellEnd(work, held));
        return v1::DeletePostResponse();
      });
}

}  // namespace guildhall::discussions
