#include <algorithm>
#include <utility>
#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {
namespace {

// Of the request the topic alone: a claim is kept beside its caller, and the digest of a choice
// among twenty is as good as the choice to whoever has its key.
idempotency::OnceKey KeyWithoutChoice(const rpc::Call& call, TopicId topic,
                                      const std::string& request_id) {
  idempotency::OnceKey key = call.OnceKey(request_id);
  key.digest.fill(0);
  std::ranges::copy(topic.uuid().bytes, key.digest.begin());
  return key;
}

}  // namespace

absl::StatusOr<v1::Poll> CastVote(Discussions& discussions, const rpc::Call& call,
                                  const v1::CastVoteRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("topic", request.topic()));
  const std::vector<std::int32_t> numbers(request.options().begin(), request.options().end());
  return WriteOnce<v1::Poll>(
      discussions, call, id, KeyWithoutChoice(call, id, request.request_id()),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Poll> {
        GUILDHALL_ASSIGN(HeldPoll held, HoldPoll(work, permit, call, id));
        SeenPoll& seen = held.seen;
        GUILDHALL_ASSIGN(std::vector<std::int32_t> options,
                         OptionsFrom("options", seen.poll, numbers));
        const absl::Time now = call.now();
        GUILDHALL_TRY(CastVote(seen.poll, seen.own, std::move(options), now));
        StoreVote(work, seen, call.grant().member(), now);
        AppendChange(work, change::v1::KIND_POLL_COUNTED, held.topic);
        return ToProto(seen, now);
      });
}

}  // namespace guildhall::discussions
