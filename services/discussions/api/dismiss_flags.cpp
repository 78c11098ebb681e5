#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/judging.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DismissFlagsResponse> DismissFlags(Discussions& discussions,
                                                      const rpc::Call& call,
                                                      const v1::DismissFlagsRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("name", request.name()));
  FlagDecision decision{.time = call.now(), .decider = call.grant().member()};
  GUILDHALL_ASSIGN(decision.note, FlagNoteFrom("note", request.note()));
  return WriteOnce<v1::DismissFlagsResponse>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::DismissFlagsResponse> {
        GUILDHALL_ASSIGN(const HeldPost held, HoldToJudge(work, permit, ref));
        const Post& post = held.post;
        GUILDHALL_TRY(CheckDismissing(post, *decision.decider));
        GUILDHALL_TRY(resources::CheckEtag(request.etag(), post.version));
        decision.outcome = OutcomeOfDismissing(post);
        GUILDHALL_ASSIGN(const int dismissed, DecideFlags(work, ref.topic, post.id, decision));
        if (dismissed == 0) return Refusal(reasons::kNoFlags, "Nothing is under review there.");
        return v1::DismissFlagsResponse();
      });
}

}  // namespace guildhall::discussions
