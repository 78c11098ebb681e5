#include "guildhall/change/v1/change.pb.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/flag_store.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Removal> RemovePost(Discussions& discussions, const rpc::Call& call,
                                       const v1::RemovePostRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("name", request.name()));
  GUILDHALL_ASSIGN(const std::string reason, RemovalReasonFrom("reason", request.reason()));
  return WriteOnce<v1::Removal>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Removal> {
        GUILDHALL_ASSIGN(HeldPost held, HoldToDelete(work, permit, ref));
        Post& post = held.post;
        GUILDHALL_TRY(resources::CheckEtag(request.etag(), post.version));
        Removal removal = NewRemoval(discussions, call, reason, held);
        removal.markdown = post.markdown;
        GUILDHALL_TRY(RemovePost(post, removal.time));
        GUILDHALL_TRY(TellDeleted(work, held));
        EndReviews(work, post.topic, post.id, DecisionOf(removal));
        GUILDHALL_TRY(RemovePost(work, post, removal));
        AppendChange(work, change::v1::KIND_POST_DELETED, post);
        GUILDHALL_TRY(TellEnd(work, held));
        return ToProto(removal);
      });
}

}  // namespace guildhall::discussions
