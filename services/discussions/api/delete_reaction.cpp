#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/reaction_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteReactionResponse> DeleteReaction(
    Discussions& discussions, const rpc::Call& call, const v1::DeleteReactionRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("parent", request.parent()));
  GUILDHALL_ASSIGN(const ReactionKind kind, ReactionKindFrom("kind", request.kind()));
  return WriteOnce<v1::DeleteReactionResponse>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::DeleteReactionResponse> {
        GUILDHALL_ASSIGN(Post post, HoldPermitted(work, permit, ref));
        GUILDHALL_ASSIGN(const bool was_there,
                         DeleteReaction(work, post.id, call.grant().member(), kind));
        if (was_there) {
          post.reactions.Remove(kind);
          SetReactionCounts(work, post);
          AppendChange(work, change::v1::KIND_POST_COUNTED, post);
        }
        return v1::DeleteReactionResponse();
      });
}

}  // namespace guildhall::discussions
