#include "guildhall/change/v1/change.pb.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/judging.h"
#include "services/discussions/store/flag_store.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {
namespace {

// Decides that a post was to be removed which its author deleted itself: both are told, and nothing
// of it is kept, or changes for anybody who reads.
absl::StatusOr<v1::Removal> Uphold(postgres::Work& work, Removal removal) {
  EndReviews(work, removal.topic, removal.post, DecisionOf(removal));
  GUILDHALL_TRY(InsertUpheldRemoval(work, removal));
  return ToProto(removal);
}

}  // namespace

absl::StatusOr<v1::Removal> RemovePost(Discussions& discussions, const rpc::Call& call,
                                       const v1::RemovePostRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("name", request.name()));
  GUILDHALL_ASSIGN(const std::string reason, RemovalReasonFrom("reason", request.reason()));
  return WriteOnce<v1::Removal>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Removal> {
        GUILDHALL_ASSIGN(HeldPost held, HoldToJudge(work, permit, ref));
        Post& post = held.post;
        GUILDHALL_TRY(resources::CheckEtag(request.etag(), post.version));
        GUILDHALL_TRY(CheckUpholding(post, call.grant().member()));
        Removal removal = NewRemoval(discussions, call, reason, held);
        if (post.delete_time) return Uphold(work, std::move(removal));
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
