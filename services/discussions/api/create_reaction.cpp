#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/reaction_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Reaction> CreateReaction(Discussions& discussions, const rpc::Call& call,
                                            const v1::CreateReactionRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("parent", request.parent()));
  Reaction reaction{.member = call.grant().member(), .create_time = call.now()};
  GUILDHALL_ASSIGN(reaction.kind, ReactionKindFrom("reaction.kind", request.reaction().kind()));
  return WriteOnce<v1::Reaction>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Reaction> {
        GUILDHALL_ASSIGN(Post post, HoldPermitted(work, permit, ref));
        GUILDHALL_ASSIGN(const StoredReaction stored, InsertReaction(work, post.id, reaction));
        reaction.create_time = stored.create_time;
        if (stored.is_new) {
          post.reactions.Add(reaction.kind);
          SetReactionCounts(work, post);
          AppendChange(work, change::v1::KIND_POST_COUNTED, post);
        }
        return ToProto(ref, reaction);
      });
}

}  // namespace guildhall::discussions
