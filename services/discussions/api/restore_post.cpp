#include "guildhall/change/v1/change.pb.h"
#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {
namespace {

absl::Status NotRemoved() {
  return Refusal(reasons::kNotRemoved, "There is no removal that the caller may take back.");
}

// Where the removal of a post was decided, if the caller keeps order there: what it takes back
// there it knows. Nothing where there is no removal, or none of the caller's to see.
absl::StatusOr<std::optional<CommunityId>> JudgedPlace(Discussions& discussions,
                                                       const rpc::Call& call, PostId post) {
  GUILDHALL_ASSIGN(const auto removal, GetRemovalOf(discussions.database, call.context(), post));
  if (!removal) return std::nullopt;
  if (removal->community == *call.grant().community()) return removal->community;
  const access::Demand demand{.permission = call.grant().permission(),
                              .community = removal->community};
  const absl::Status allowed =
      discussions.authorizer.AuthorizeAndWait(demand, call.caller(), call.deadline()).status();
  if (Is(allowed, policy::reasons::kNotFound) || Is(allowed, policy::reasons::kNotPermitted)) {
    return std::nullopt;
  }
  GUILDHALL_TRY(allowed);
  return removal->community;
}

}  // namespace

absl::StatusOr<v1::Post> RestorePost(Discussions& discussions, const rpc::Call& call,
                                     const v1::RestorePostRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("name", request.name()));
  GUILDHALL_ASSIGN(const auto judged, JudgedPlace(discussions, call, *ref.post));
  return WriteOnce<v1::Post>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Post> {
        GUILDHALL_ASSIGN(std::optional<HeldPost> held, HoldPost(work, ref.topic, *ref.post));
        if (!held) return access::NotFound();
        Post& post = held->post;
        GUILDHALL_TRY(permit.Check({held->community, post.author}));
        if (!post.removed) return NotRemoved();
        GUILDHALL_ASSIGN(std::optional<StandingRemoval> removal, GetRemovalOf(work, post.id));
        if (!removal || removal->community != judged) return NotRemoved();
        RestorePost(post, std::move(removal->markdown));
        GUILDHALL_TRY(CountAsReply(work, post, 1).status());
        RestorePost(work, post, removal->id, {call.grant().member(), call.now()});
        AppendChange(work, change::v1::KIND_POST_RESTORED, post);
        GUILDHALL_TRY(TellEnd(work, *held));
        return ToProto(post);
      });
}

}  // namespace guildhall::discussions
