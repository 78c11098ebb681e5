#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Poll> WithdrawVote(Discussions& discussions, const rpc::Call& call,
                                      const v1::WithdrawVoteRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("topic", request.topic()));
  return WriteOnce<v1::Poll>(discussions, call, id, request.request_id(),
                             [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Poll> {
                               GUILDHALL_ASSIGN(HeldPoll held, HoldPoll(work, permit, call, id));
                               SeenPoll& seen = held.seen;
                               const bool had_voted = seen.own.voted;
                               const absl::Time now = call.now();
                               GUILDHALL_TRY(WithdrawVote(seen.poll, seen.own, now));
                               if (had_voted) {
                                 DeleteVote(work, seen.poll, call.grant().member());
                                 AppendChange(work, change::v1::KIND_POLL_COUNTED, held.topic);
                               }
                               return ToProto(seen, now);
                             });
}

}  // namespace guildhall::discussions
